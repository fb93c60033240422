// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/hosting.h"
#include "core/api/snapshot.h"
#include "core/protocol/metrics_text.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace drover {

/// How a request of one of the pool's clients ended.
struct HostJobEnd {
    WorkerNumber worker = 0; ///< that had it last; 0 when none did
    std::string_view model = {}; ///< as that worker has it
    Outcome outcome = Outcome::Done;
    std::uint64_t promptTokens = 0;
    std::uint64_t outputTokens = 0;
    std::chrono::milliseconds ran{0}; ///< at that worker
};

/// What a hosted pool counts: the series of llamapool's servers, here true of every call, and each worker's share.
///
/// A model becomes a label only when a worker had a request for it, and never more than `HostLimits::modelLabelsMax`
/// do, nor more than `pairsMax` histograms of a worker and a model; the rest counts as "other". Clients cannot make up
/// labels. A worker's label lasts as long as the worker is remembered. Core thread.
class HostMetrics {
public:
    struct ModelCounts {
        std::uint64_t answered = 0;
        std::uint64_t failed = 0;
        std::uint64_t refused = 0;
        std::uint64_t cancelled = 0;
        std::uint64_t promptTokens = 0;
        std::uint64_t outputTokens = 0;
    };
    using Models = std::map<std::string, ModelCounts, std::less<>>;

    explicit HostMetrics(const HostLimits& limits);

    void workerJoined(WorkerNumber worker, std::string_view id);
    /// It left, and is not told of any more either.
    void workerForgotten(WorkerNumber worker);
    /// Once for each request, however it ends.
    void jobEnded(const HostJobEnd& end);

    /// What that worker did, by model; empty when it is not known.
    const Models& modelsOf(WorkerNumber worker) const;

    /// What `GET /metrics` answers on the pool's port, of type `MetricsText::contentType`.
    std::string text(const HostView& view) const;

    static constexpr std::size_t pairsMax = 400;
    static constexpr std::string_view other = "other";

private:
    struct Worker {
        std::string id = {};
        Models models = {};
    };
    using Pair = std::pair<std::string, std::string>; ///< a worker's own id, a model

    ModelCounts& counts(Models& models, std::string_view model) const;
    Histogram& duration(std::string_view id, std::string_view model);
    void writeCounters(MetricsText& text) const;

    std::size_t m_modelLabelsMax;
    Models m_models;
    std::map<Pair, Histogram> m_durations;
    std::unordered_map<WorkerNumber, Worker> m_workers;
};

} // namespace drover
