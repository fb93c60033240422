// SPDX-License-Identifier: MIT
#include "app/command/print.h"
#include "app/command/service/stop_signals.h"

#include <QMetaObject>

#include <atomic>

#include <windows.h>

namespace drover::app {

namespace {

// The system calls the handler on a thread of its own; it can only reach what is static.
std::atomic<StopSignals*> listener = nullptr;

BOOL WINAPI tellEventLoop(DWORD event)
{
    StopSignals* target = listener.load();
    if (!target)
        return FALSE;
    QMetaObject::invokeMethod(
        target, [target] { Q_EMIT target->stopRequested(); }, Qt::QueuedConnection);
    if (event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT)
        return TRUE;
    constexpr DWORD graceMs = 5'000; // the process ends when this returns, and soon after in any case
    Sleep(graceMs);
    return TRUE;
}

} // namespace

void ignoreBrokenPipes() { } // there are none

StopSignals::StopSignals(QObject* parent)
    : QObject(parent)
{
    listener = this;
    SetConsoleCtrlHandler(tellEventLoop, TRUE);
}

StopSignals::~StopSignals()
{
    SetConsoleCtrlHandler(tellEventLoop, FALSE);
    listener = nullptr;
}

} // namespace drover::app
