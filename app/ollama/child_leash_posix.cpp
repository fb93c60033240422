// SPDX-License-Identifier: MIT
#include "app/ollama/child_leash.h"

#include "app/ollama/child_steps.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace drover::app {

namespace {

constexpr char letGoByte = '.';
constexpr int keptFile = 3; ///< the keeper's only file besides the standard ones

/// Without our terminal, our files and our handlers of signals, which all came along with fork.
void becomeKeeper(int fromParent)
{
    ::setsid();
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGPIPE})
        ::signal(signal, SIG_IGN);
    if (fromParent != keptFile)
        ::dup2(fromParent, keptFile);
    closeFrom(keptFile + 1);
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int standard : {0, 1, 2})
        ::dup2(nothing, standard);
    if (nothing > keptFile)
        ::close(nothing);
    nameProcess("drover-keeper");
}

/// Waits until the parent lets go or is gone; then nothing of the group may be left. Never returns.
[[noreturn]] void keep(int fromParent, pid_t group)
{
    becomeKeeper(fromParent);
    char byte = 0;
    ssize_t got = 0;
    do
        got = ::read(keptFile, &byte, 1);
    while (got < 0 && errno == EINTR);
    if (got == 1)
        ::_exit(0);
    ::kill(-group, SIGTERM);
    constexpr int waitsMax = 60;
    constexpr int waitMs = 50;
    for (int i = 0; i < waitsMax && ::kill(-group, 0) == 0; ++i)
        ::poll(nullptr, 0, waitMs);
    ::kill(-group, SIGKILL);
    ::_exit(0);
}

/// Forks twice, so that the keeper is no child of the program that it watches.
void startKeeper(int fromParent, pid_t group)
{
    const pid_t between = ::fork();
    if (between == 0) {
        if (::fork() == 0)
            keep(fromParent, group);
        ::_exit(0);
    }
    while (between > 0 && ::waitpid(between, nullptr, 0) < 0 && errno == EINTR) { }
}

} // namespace

struct ChildLeash::State {
    int toKeeper = -1; ///< its closing tells the keeper that we are gone
    pid_t group = 0;
};

ChildLeash::ChildLeash()
    : m_state(std::make_unique<State>())
{
}

ChildLeash::~ChildLeash()
{
    if (m_state->toKeeper >= 0)
        ::close(m_state->toKeeper);
}

void ChildLeash::hold(QProcess& process)
{
    std::array<int, 2> ends = {-1, -1};
    if (::pipe(ends.data()) != 0)
        ends = {-1, -1}; // no files left; the program is started all the same, and not kept
    for (const int end : ends) {
        if (end >= 0)
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    m_state->toKeeper = ends[1];
    const pid_t parent = ::getpid();
    process.setChildProcessModifier([parent, fromParent = ends[0]] {
        ::setpgid(0, 0);
        if (fromParent >= 0)
            startKeeper(fromParent, ::getpid());
        closeOnExecFrom(3); // listening sockets of ours must not live on in it
        endWithParent(parent);
    });
    // Closed here when the child has its own: QProcess forks within start().
    QObject::connect(
        &process, &QProcess::stateChanged, &process, [file = ends[0]](QProcess::ProcessState state) mutable {
            if (state != QProcess::Starting && file >= 0)
                ::close(std::exchange(file, -1));
        });
}

void ChildLeash::started(const QProcess& process)
{
    m_state->group = static_cast<pid_t>(process.processId());
}

void ChildLeash::askToEnd()
{
    if (m_state->group > 0)
        ::kill(m_state->group, SIGTERM);
}

void ChildLeash::endAll()
{
    if (m_state->group > 0)
        ::kill(-m_state->group, SIGKILL);
}

void ChildLeash::letGo()
{
    endAll();
    m_state->group = 0;
    if (m_state->toKeeper < 0)
        return;
    [[maybe_unused]] const auto written = ::write(m_state->toKeeper, &letGoByte, 1);
    ::close(m_state->toKeeper);
    m_state->toKeeper = -1;
}

bool ChildLeash::endedOnRequest(int exitCode, QProcess::ExitStatus status)
{
    if (status == QProcess::NormalExit)
        return exitCode == 0;
    return exitCode == SIGTERM || exitCode == SIGINT || exitCode == SIGHUP; // QProcess gives the signal's number
}

} // namespace drover::app
