// SPDX-License-Identifier: MIT
#include "app/command/print.h"
#include "app/command/service/stop_signals.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace drover::app {

namespace {

// A signal handler can only reach what is static: it writes the signal's number into a pipe that the event loop reads.
int pipeIn = -1;
int pipeOut = -1;

void tellEventLoop(int signal)
{
    const int before = errno;
    const char number = static_cast<char>(signal);
    [[maybe_unused]] const auto written = ::write(pipeIn, &number, 1);
    errno = before;
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
}

} // namespace

void ignoreBrokenPipes()
{
    handle(SIGPIPE, SIG_IGN);
}

StopSignals::StopSignals(QObject* parent)
    : QObject(parent)
{
    std::array<int, 2> ends = {-1, -1};
    if (::pipe(ends.data()) != 0)
        return; // the signals then end the program at once, which is their default
    for (const int end : ends) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    pipeOut = ends[0];
    pipeIn = ends[1];
    auto* notifier = new QSocketNotifier(pipeOut, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char number = 0;
        while (::read(pipeOut, &number, 1) == 1) {
            if (number == SIGHUP)
                Q_EMIT reloadRequested();
            else
                Q_EMIT stopRequested();
        }
    });
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        handle(signal, tellEventLoop);
    ignoreBrokenPipes();
}

StopSignals::~StopSignals()
{
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        handle(signal, SIG_DFL);
    ::close(pipeIn);
    ::close(pipeOut);
    pipeIn = -1;
    pipeOut = -1;
}

} // namespace drover::app
