// SPDX-License-Identifier: MIT
#include "core/protocol/host_metrics.h"

#include "core/api/engine.h"

#include <algorithm>

namespace drover {

using namespace std::chrono_literals;
using Kind = MetricsText::Kind;

namespace {

/// The default buckets of Prometheus' clients, which llamapool's servers have.
std::vector<std::chrono::nanoseconds> durationBounds()
{
    return {5ms, 10ms, 25ms, 50ms, 100ms, 250ms, 500ms, 1s, 2500ms, 5s, 10s};
}

void add(HostMetrics::ModelCounts& counts, const HostJobEnd& end)
{
    switch (end.outcome) {
    case Outcome::Done:
        ++counts.answered;
        break;
    case Outcome::Failed:
    case Outcome::Incomplete:
        ++counts.failed;
        break;
    case Outcome::Refused:
        ++counts.refused;
        break;
    case Outcome::Cancelled:
        ++counts.cancelled;
        break;
    }
    counts.promptTokens += end.promptTokens;
    counts.outputTokens += end.outputTokens;
}

void writeGauges(MetricsText& text, const HostView& view)
{
    std::array<std::uint64_t, 5> states{};
    std::uint64_t slots = 0;
    for (const WorkerView& worker : view.workers) {
        ++states[static_cast<std::size_t>(worker.state)];
        if (worker.state == WorkerState::Idle || worker.state == WorkerState::Working)
            slots += static_cast<std::uint64_t>(std::max(worker.slots, 0));
    }
    text.family("llamapool_build_info", Kind::Gauge, "Always 1; the labels tell what runs.");
    text.sample({{"component", "server"}, {"date", buildDate()}, {"sha", revision()}, {"version", versionNumber()}}, 1);
    const auto gauge = [&](std::string_view name, std::string_view help, std::uint64_t value) {
        text.family(name, Kind::Gauge, help);
        text.sample({}, value);
    };
    gauge("drover_pool_workers_connected", "Workers that are joined.", view.connected);
    text.family("drover_pool_workers", Kind::Gauge, "Workers by what they do; gone ones only while remembered.");
    for (std::size_t state = 0; state < states.size(); ++state)
        text.sample({{"state", name(static_cast<WorkerState>(state))}}, states[state]);
    gauge("drover_pool_slots", "Requests that the workers answer at once at most.", slots);
    gauge("drover_pool_running", "Requests of the pool's clients that run.", view.running);
    gauge("drover_pool_waiting", "Requests of the pool's clients that wait.", view.waiting);
    text.family("drover_pool_requests_total", Kind::Counter, "Requests of the pool's clients that ended, and how.");
    text.sample({{"outcome", "answered"}}, view.answered);
    text.sample({{"outcome", "refused"}}, view.refused);
    text.sample({{"outcome", "failed"}}, view.failed);
    text.sample({{"outcome", "cancelled"}}, view.cancelled);
}

} // namespace

HostMetrics::HostMetrics(const HostLimits& limits)
    : m_modelLabelsMax(limits.modelLabelsMax)
{
}

void HostMetrics::workerJoined(WorkerNumber worker, std::string_view id)
{
    m_workers[worker].id = id;
}

void HostMetrics::workerForgotten(WorkerNumber worker)
{
    const auto found = m_workers.find(worker);
    if (found == m_workers.end())
        return;
    const std::string id = std::move(found->second.id);
    m_workers.erase(found);
    if (std::ranges::none_of(m_workers, [&](const auto& each) { return each.second.id == id; }))
        std::erase_if(m_durations, [&](const auto& each) { return each.first.first == id; });
}

HostMetrics::ModelCounts& HostMetrics::counts(Models& models, std::string_view model) const
{
    if (const auto known = models.find(model); known != models.end())
        return known->second;
    const std::size_t labels = models.size() - models.count(other);
    return models[std::string(labels < m_modelLabelsMax ? model : other)];
}

Histogram& HostMetrics::duration(std::string_view id, std::string_view model)
{
    const auto at = [this](std::string_view first, std::string_view second) -> Histogram& {
        return m_durations.try_emplace(Pair(first, second), durationBounds()).first->second;
    };
    if (!m_models.contains(model))
        model = other;
    if (const auto known = m_durations.find(Pair(id, model)); known != m_durations.end())
        return known->second;
    return m_durations.size() < pairsMax ? at(id, model) : at(other, other);
}

void HostMetrics::jobEnded(const HostJobEnd& end)
{
    const auto worker = m_workers.find(end.worker);
    const bool had = worker != m_workers.end() && !end.model.empty();
    const bool labelled = had || m_models.contains(end.model);
    add(labelled ? counts(m_models, end.model) : m_models[std::string(other)], end);
    if (!had)
        return;
    add(counts(worker->second.models, end.model), end);
    duration(worker->second.id, end.model).observe(end.ran);
}

const HostMetrics::Models& HostMetrics::modelsOf(WorkerNumber worker) const
{
    static const Models none;
    const auto found = m_workers.find(worker);
    return found == m_workers.end() ? none : found->second.models;
}

std::string HostMetrics::text(const HostView& view) const
{
    MetricsText text;
    writeGauges(text, view);
    writeCounters(text);
    text.family("llamapool_request_duration_seconds", Kind::Histogram, "Time that requests ran at a worker.");
    for (const auto& [pair, histogram] : m_durations)
        text.histogram(histogram, {{"worker_id", pair.first}, {"model", pair.second}});
    return text.take();
}

void HostMetrics::writeCounters(MetricsText& text) const
{
    text.family("llamapool_model_requests_total", Kind::Counter, "Requests that ended, by model and how.");
    for (const auto& [model, counts] : m_models) {
        text.sample({{"model", model}, {"outcome", "success"}}, counts.answered);
        text.sample({{"model", model}, {"outcome", "error"}}, counts.failed);
        text.sample({{"model", model}, {"outcome", "refused"}}, counts.refused);
        text.sample({{"model", model}, {"outcome", "cancelled"}}, counts.cancelled);
    }
    text.family("llamapool_model_tokens_total", Kind::Counter, "Tokens of requests that ended, by model.");
    for (const auto& [model, counts] : m_models) {
        text.sample({{"kind", "in"}, {"model", model}}, counts.promptTokens);
        text.sample({{"kind", "out"}, {"model", model}}, counts.outputTokens);
    }
}

} // namespace drover
