// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// What a llamapool or nfrx worker tells of itself at `GET /status`, so that their companions understand Drover too.
///
/// All fields are always told; `models` is an empty list rather than null, which one of those companions cannot read.
struct WorkerStatus {
    std::string_view state = "disconnected";
    bool connectedToServer = false; ///< a pool has taken us
    bool connectedToOllama = false; ///< a backend of kind Ollama is ready
    bool connectedToBackend = false; ///< any backend is ready
    std::uint32_t currentJobs = 0;
    int maxConcurrency = 0;
    std::vector<std::string> models = {}; ///< of the ready backends, sorted, each once
    std::string lastError = {}; ///< empty while a backend is ready and nothing is wrong
    std::string lastHeartbeat = "0001-01-01T00:00:00Z"; ///< theirs for "none yet"
    std::string workerId = {}; ///< of the connection to a pool
    std::string workerName = {};
};

/// Derives it: the state is, first that is true, `error`, `connecting` (starting), `terminating` (draining, and the
/// reason is shutting_down), `draining`, `connected_busy` (a job runs), `disconnected` (no backend is ready),
/// `connected_idle`. Where pools are joined and none has us, it is `connecting` or `disconnected` whatever runs. A
/// paused queue counts as connected: its `paused` field tells.
WorkerStatus workerStatus(const Snapshot& snapshot);

} // namespace drover
