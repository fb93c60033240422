// SPDX-License-Identifier: MIT
#include "core/protocol/host_state_json.h"

#include "core/api/engine.h"
#include "core/protocol/json_writer.h"
#include "core/protocol/rfc3339.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

namespace drover {

namespace {

std::string timeText(std::int64_t milliseconds)
{
    return formatRfc3339Nanoseconds(std::max<std::int64_t>(milliseconds, 0) * 1'000'000);
}

void optionalField(JsonWriter& json, std::string_view name, std::string_view text)
{
    if (!text.empty())
        json.field(name, text);
}

void writeEmpty(JsonWriter& json, std::string_view name, std::string_view brackets)
{
    json.key(name);
    json.open(brackets[0]);
    json.close(brackets[1]);
}

std::size_t inState(const HostView& view, WorkerState state)
{
    return static_cast<std::size_t>(std::ranges::count(view.workers, state, &WorkerView::state));
}

void writeServer(JsonWriter& json, const HostView& view, const HostMoment& moment)
{
    json.field("now", timeText(moment.now));
    json.field("version", versionNumber());
    optionalField(json, "build_sha", revision());
    optionalField(json, "build_date", buildDate());
    json.field("uptime_s", moment.upTime.count() / 1000);
    json.field("jobs_inflight_total", view.running);
    json.field("jobs_completed_total", view.answered);
    json.field("jobs_failed_total", view.failed);
    json.field("scheduler_queue_len", view.waiting);
}

/// The models of connected workers and how many have each.
void writeModels(JsonWriter& json, const HostView& view)
{
    std::map<std::string_view, std::size_t> models;
    std::size_t names = 0;
    for (const WorkerView& worker : view.workers) {
        if (worker.state == WorkerState::Gone)
            continue;
        for (const std::string& model : worker.models) {
            if (++names <= stateWorkerModelsMax && (models.size() < stateModelsMax || models.contains(model)))
                ++models[model];
        }
    }
    json.key("models");
    json.open('[');
    for (const auto& [name, workers] : models) {
        json.open('{');
        json.field("name", name);
        json.field("workers", workers);
        json.close('}');
    }
    json.close(']');
}

double averageMilliseconds(const WorkerView& worker)
{
    return worker.processed == 0 ? 0 : static_cast<double>(worker.ran.count()) / static_cast<double>(worker.processed);
}

std::string_view seedStatus(WorkerState state)
{
    return state == WorkerState::NotReady || state == WorkerState::Draining ? std::string_view("connected")
                                                                            : name(state);
}

void writePerModel(JsonWriter& json, const HostMetrics::Models& models)
{
    json.key("per_model");
    json.open('{');
    for (const auto& [model, counts] : models) {
        json.textKey(model);
        json.open('{');
        json.field("success_total", counts.answered);
        json.field("error_total", counts.failed);
        json.field("tokens_in_total", counts.promptTokens);
        json.field("tokens_out_total", counts.outputTokens);
        json.close('}');
    }
    json.close('}');
}

/// `models` is what may still be listed of them.
void writeSeedWorker(JsonWriter& json, const WorkerView& worker, std::vector<std::string_view> models,
    const HostMetrics::Models& perModel)
{
    json.open('{');
    json.field("id", worker.id);
    json.field("status", seedStatus(worker.state));
    json.field("connected_at", timeText(worker.connectedAt));
    json.field("last_heartbeat", timeText(worker.lastHeartbeat));
    json.field("version", worker.version);
    json.key("models_supported");
    json.open('[');
    std::ranges::sort(models);
    for (const std::string_view model : models)
        json.value(model);
    json.close(']');
    json.field("processed_total", worker.processed);
    json.field("processing_ms_total", worker.ran.count());
    json.field("avg_processing_ms", averageMilliseconds(worker));
    json.field("inflight", worker.running);
    json.field("failures_total", worker.failed);
    json.field("queue_len", 0); // requests wait at the host, for all workers
    optionalField(json, "last_error", worker.lastError);
    json.field("tokens_in_total", worker.promptTokens);
    json.field("tokens_out_total", worker.outputTokens);
    json.field("name", worker.name); // this and the next are ours, for the page at /state
    json.field("max_concurrency", worker.slots);
    writePerModel(json, perModel);
    json.close('}');
}

void writeHostInfo(JsonWriter& json, const WorkerView& worker)
{
    json.key("host_info");
    json.open('{');
    json.field("hostname", worker.hostName);
    json.field("os_name", worker.osName);
    json.field("os_version", worker.osVersion);
    json.field("worker_version", worker.version);
    json.field("backend_version", worker.backendVersion);
    json.field("backend_family", worker.backendFamily);
    json.close('}');
}

void writePluginWorker(JsonWriter& json, const WorkerView& worker)
{
    json.open('{');
    json.field("id", worker.id);
    json.field("name", worker.name);
    json.field("version", worker.version);
    json.field("build_sha", worker.buildSha);
    json.field("build_date", worker.buildDate);
    writeHostInfo(json, worker);
    json.field("host_cpu_percent", worker.cpuPercent);
    json.field("host_ram_used_percent", worker.memoryPercent);
    json.field("input_tokens_total", worker.promptTokens);
    json.field("output_tokens_total", worker.outputTokens);
    json.field("status", name(worker.state));
    json.field("connected_at", timeText(worker.connectedAt));
    json.field("last_heartbeat", timeText(worker.lastHeartbeat));
    json.field("max_concurrency", worker.slots);
    json.field("embedding_batch_size", worker.embeddingBatchSize);
    json.field("processed_total", worker.processed);
    json.field("processing_ms_total", worker.ran.count());
    json.field("avg_processing_ms", averageMilliseconds(worker));
    json.field("inflight", worker.running);
    json.field("failures_total", worker.failed);
    json.field("queue_len", 0);
    json.field("last_error", worker.lastError);
    json.close('}');
}

void writePlugin(JsonWriter& json, const HostView& view, const HostMoment& moment)
{
    json.open('{');
    json.key("server");
    json.open('{');
    writeServer(json, view, moment);
    json.field("state", moment.draining ? "draining" : "");
    json.field("scheduler_queue_capacity", moment.queueCapacity);
    json.close('}');
    json.key("workers_summary");
    json.open('{');
    json.field("connected", inState(view, WorkerState::Draining));
    json.field("working", inState(view, WorkerState::Working));
    json.field("idle", inState(view, WorkerState::Idle));
    json.field("not_ready", inState(view, WorkerState::NotReady));
    json.field("gone", inState(view, WorkerState::Gone));
    json.close('}');
    writeModels(json, view);
    json.key("workers");
    json.open('[');
    for (const WorkerView& worker : view.workers) {
        if (worker.state != WorkerState::Gone)
            writePluginWorker(json, worker);
    }
    json.close(']');
    json.close('}');
}

} // namespace

std::string hostState(const HostView& view, const HostMetrics& metrics, const HostMoment& moment)
{
    JsonWriter json;
    json.open('{');
    json.key("server");
    json.open('{');
    writeServer(json, view, moment);
    json.close('}');
    json.key("workers_summary");
    json.open('{');
    json.field("connected", inState(view, WorkerState::NotReady) + inState(view, WorkerState::Draining));
    json.field("working", inState(view, WorkerState::Working));
    json.field("idle", inState(view, WorkerState::Idle));
    json.field("gone", inState(view, WorkerState::Gone));
    json.close('}');
    writeModels(json, view);
    json.key("workers");
    json.open('[');
    std::size_t room = stateWorkerModelsMax;
    for (const WorkerView& worker : view.workers) {
        std::vector<std::string_view> models;
        if (worker.state != WorkerState::Gone)
            models.assign(worker.models.begin(),
                worker.models.begin() + static_cast<std::ptrdiff_t>(std::min(room, worker.models.size())));
        room -= models.size();
        writeSeedWorker(json, worker, std::move(models), metrics.modelsOf(worker.number));
    }
    json.close(']');
    json.close('}');
    return json.take();
}

std::string hostPluginState(const HostView& view, const HostMoment& moment)
{
    JsonWriter json;
    json.open('{');
    json.key("plugins");
    json.open('{');
    json.key("llm");
    writePlugin(json, view, moment);
    for (const char* absent : {"asr", "docling"}) {
        json.key(absent);
        writePlugin(json, HostView{}, moment);
    }
    json.key("mcp");
    json.open('{');
    writeEmpty(json, "clients", "[]");
    writeEmpty(json, "sessions", "[]");
    json.close('}');
    json.key("jobs");
    json.open('{');
    writeEmpty(json, "summary", "{}");
    writeEmpty(json, "workers", "[]");
    writeEmpty(json, "jobs", "[]");
    json.close('}');
    json.key("server");
    json.open('{');
    json.field("drainable_inflight", view.running);
    json.close('}');
    json.close('}');
    json.close('}');
    return json.take();
}

} // namespace drover
