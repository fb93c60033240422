// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <optional>
#include <vector>

namespace drover::app {

/// What tray and window ask for on behalf of the person at the machine. Answers show in the next snapshot.
class QueueControl {
public:
    virtual ~QueueControl() = default;

    /// Until that time, or until somebody resumes.
    virtual void pause(std::optional<drover::WallTime> until) = 0;
    virtual void resume() = 0;
    virtual void cancelJobs(const std::vector<drover::JobId>& jobs) = 0;
    virtual void startNext(drover::JobId job) = 0;

    /// Starts the local Ollama, or tries again, see drover::RuntimeFix.
    virtual void startRuntime() = 0;

    /// Tries again to start an engine that could not start; nothing happens when it runs.
    virtual void startAgain() = 0;
};

} // namespace drover::app
