// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/hosting.h"
#include "core/protocol/host_metrics.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace drover {

/// What the state documents tell beside the view.
struct HostMoment {
    std::int64_t now = 0; ///< milliseconds since 1970
    std::chrono::milliseconds upTime{0};
    std::size_t queueCapacity = 0;
    bool draining = false;
};

// The two documents of a pool's state. Lists are never null and always in the same order: workers as in the view, all
// else by name. Bounded by `HostView::workersShownMax`, `stateModelsMax` and `stateWorkerModelsMax`.

/// Of `GET /api/v1/state`, as llamapool's server had it: `status` is "idle", "working", "gone", or "connected" for one
/// that takes nothing. Models are those of connected workers.
std::string hostState(const HostView& view, const HostMetrics& metrics, const HostMoment& moment);

/// Of `GET /api/state`, as nfrx's server has it. Workers that left are not in it.
std::string hostPluginState(const HostView& view, const HostMoment& moment);

inline constexpr std::size_t stateModelsMax = 5000; ///< different ones in a document
inline constexpr std::size_t stateWorkerModelsMax = 20'000; ///< names in the lists of all workers together

} // namespace drover
