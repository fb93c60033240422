// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>

#include <memory>

namespace drover::app {

/// Ties a program and everything that it starts to this process: when this one ends, in whatever way, so do they.
///
/// On POSIX the program leads a process group, and a keeper process, which waits for this one to be gone, ends that
/// group; on Linux the program also gets a signal from the system (prctl(2), PR_SET_PDEATHSIG). On Windows all are in a
/// job object that ends with its last handle. One leash for one run of one program. Not thread-safe.
class ChildLeash {
public:
    ChildLeash();
    ~ChildLeash();
    Q_DISABLE_COPY_MOVE(ChildLeash)

    /// Call before `process` is started.
    void hold(QProcess& process);

    /// Call when it has been started.
    void started(const QProcess& process);

    /// Tells the program to end in its own way.
    void askToEnd();

    /// Ends it and all that it started, at once.
    void endAll();

    /// Call when it has ended or could not start: ends what it left behind.
    void letGo();

    /// True when a program that ended like this was told to, by whomever; false for a crash.
    static bool endedOnRequest(int exitCode, QProcess::ExitStatus status);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace drover::app
