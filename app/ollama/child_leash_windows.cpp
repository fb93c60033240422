// SPDX-License-Identifier: MIT
#include "app/ollama/child_leash.h"

#include <windows.h>

namespace drover::app {

struct ChildLeash::State {
    HANDLE job = nullptr; ///< ends all its programs when its last handle is closed, which is ours
};

ChildLeash::ChildLeash()
    : m_state(std::make_unique<State>())
{
}

ChildLeash::~ChildLeash()
{
    if (m_state->job)
        CloseHandle(m_state->job);
}

void ChildLeash::hold(QProcess& process)
{
    m_state->job = CreateJobObjectW(nullptr, nullptr);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    SetInformationJobObject(m_state->job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
    process.setCreateProcessArgumentsModifier([](QProcess::CreateProcessArguments* arguments) {
        arguments->flags |= CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP; // Ctrl+C is for Drover alone
    });
}

void ChildLeash::started(const QProcess& process)
{
    const HANDLE program =
        OpenProcess(PROCESS_SET_QUOTA | PROCESS_TERMINATE, FALSE, static_cast<DWORD>(process.processId()));
    if (!program)
        return;
    AssignProcessToJobObject(m_state->job, program);
    CloseHandle(program);
}

void ChildLeash::askToEnd()
{
    endAll(); // a program without a window and a console cannot be asked
}

void ChildLeash::endAll()
{
    if (m_state->job)
        TerminateJobObject(m_state->job, 0);
}

void ChildLeash::letGo()
{
    endAll();
}

bool ChildLeash::endedOnRequest(int exitCode, QProcess::ExitStatus status)
{
    constexpr auto endedByCtrlC = static_cast<int>(0xC000013AU); // STATUS_CONTROL_C_EXIT
    return (status == QProcess::NormalExit && exitCode == 0) || exitCode == endedByCtrlC;
}

} // namespace drover::app
