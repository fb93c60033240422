// SPDX-License-Identifier: MIT
#include "core/protocol/worker_status.h"

#include "core/api/error.h"

#include <algorithm>
#include <set>

namespace drover {

namespace {

std::string_view workerState(const Snapshot& snapshot, bool backendReady)
{
    switch (snapshot.state) {
    case EngineState::Error:
        return "error";
    case EngineState::Starting:
        return "connecting";
    case EngineState::Draining:
        return snapshot.reasonCode == codeName(Errc::ShuttingDown) ? "terminating" : "draining";
    case EngineState::Paused:
    case EngineState::Busy:
    case EngineState::Ready:
        break;
    }
    if (snapshot.running > 0)
        return "connected_busy";
    return backendReady ? "connected_idle" : "disconnected";
}

} // namespace

WorkerStatus workerStatus(const Snapshot& snapshot)
{
    WorkerStatus worker;
    std::set<std::string_view> models;
    for (const BackendView& backend : snapshot.backends) {
        if (backend.state != BackendState::Ready) {
            if (worker.lastError.empty())
                worker.lastError = backend.reason;
            continue;
        }
        worker.connectedToBackend = true;
        worker.connectedToOllama = worker.connectedToOllama || backend.kind == BackendKind::Ollama;
        for (const ModelView& model : backend.models)
            models.insert(model.name);
    }
    worker.models.assign(models.begin(), models.end());
    if (snapshot.state == EngineState::Error)
        worker.lastError = snapshot.reasonText;
    else if (worker.connectedToBackend)
        worker.lastError.clear();
    worker.state = workerState(snapshot, worker.connectedToBackend);
    worker.currentJobs = snapshot.running;
    worker.maxConcurrency = snapshot.slots;
    return worker;
}

} // namespace drover
