// SPDX-License-Identifier: MIT
#include "app/ollama/child_steps.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace drover::app {

namespace {

#ifdef SYS_close_range
constexpr long closeRange = SYS_close_range;
#else
constexpr long closeRange = 436; // the same on every architecture (Linux 5.9)
#endif
constexpr unsigned markOnly = 1U << 2; // CLOSE_RANGE_CLOEXEC (Linux 5.11)

/// For older kernels.
int filesMax()
{
    constexpr rlim_t most = 65'536;
    struct rlimit limit = {};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<int>(std::min(limit.rlim_cur, most)) : 1'024;
}

} // namespace

void endWithParent(int parent)
{
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) // gone before it could be asked for
        ::_exit(1);
}

void closeFrom(int first)
{
    if (::syscall(closeRange, static_cast<unsigned>(first), ~0U, 0U) == 0)
        return;
    for (int file = first; file < filesMax(); ++file)
        ::close(file);
}

void closeOnExecFrom(int first)
{
    if (::syscall(closeRange, static_cast<unsigned>(first), ~0U, markOnly) == 0)
        return;
    for (int file = first; file < filesMax(); ++file)
        ::fcntl(file, F_SETFD, FD_CLOEXEC);
}

void nameProcess(const char* name)
{
    ::prctl(PR_SET_NAME, name);
}

} // namespace drover::app
