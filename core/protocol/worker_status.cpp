// SPDX-License-Identifier: MIT
#include "core/protocol/worker_status.h"

#include "core/api/error.h"
#include "core/protocol/rfc3339.h"

#include <algorithm>
#include <set>
#include <utility>

namespace drover {

namespace {

std::string_view workerState(const Snapshot& snapshot, bool connected, bool backendReady)
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
    const auto linked = [&](PoolState state) {
        return std::ranges::any_of(snapshot.pools, [&](const PoolView& pool) { return pool.state == state; });
    };
    if (!snapshot.pools.empty() && !connected)
        return linked(PoolState::Connecting) ? "connecting" : "disconnected";
    if (snapshot.running > 0)
        return "connected_busy";
    return backendReady ? "connected_idle" : "disconnected";
}

/// A worker of llamapool's has one server; of several pools, the first that has us speaks.
void addPools(WorkerStatus& worker, const Snapshot& snapshot)
{
    std::int64_t heartbeat = 0;
    for (const PoolView& pool : snapshot.pools) {
        const bool connected = !pool.workerId.empty() && pool.state != PoolState::Connecting;
        if (connected && !std::exchange(worker.connectedToServer, true))
            worker.workerId = pool.workerId;
        if (worker.workerName.empty())
            worker.workerName = pool.workerName;
        if (!connected && worker.lastError.empty())
            worker.lastError = pool.reason;
        heartbeat = std::max(heartbeat, pool.lastHeartbeat);
    }
    if (heartbeat > 0)
        worker.lastHeartbeat = formatRfc3339(heartbeat);
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
    addPools(worker, snapshot);
    worker.state = workerState(snapshot, worker.connectedToServer, worker.connectedToBackend);
    worker.currentJobs = snapshot.running;
    worker.maxConcurrency = snapshot.slots;
    return worker;
}

} // namespace drover
