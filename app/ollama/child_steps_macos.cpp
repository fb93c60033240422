// SPDX-License-Identifier: MIT
#include "app/ollama/child_steps.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace drover::app {

namespace {

int filesMax()
{
    constexpr rlim_t most = 65'536;
    struct rlimit limit = {};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<int>(std::min(limit.rlim_cur, most)) : 1'024;
}

} // namespace

void endWithParent(int) { } // the keeper does it

void closeFrom(int first)
{
    const int end = filesMax();
    for (int file = first; file < end; ++file)
        ::close(file);
}

void closeOnExecFrom(int first)
{
    const int end = filesMax();
    for (int file = first; file < end; ++file)
        ::fcntl(file, F_SETFD, FD_CLOEXEC);
}

void nameProcess(const char*) { }

} // namespace drover::app
