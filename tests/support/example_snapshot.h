// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <cmath>

namespace drover::test {

/// A busy afternoon, made up: every part of a snapshot has something in it, and each call gives the same.
inline Snapshot exampleSnapshot()
{
    using namespace std::chrono_literals;

    Snapshot snapshot;
    snapshot.sequence = 4711;
    snapshot.version = "0.1.0";
    snapshot.state = EngineState::Busy;
    snapshot.reasonCode = "busy";
    snapshot.reasonText = "2 running, 6 waiting (Zed, Open WebUI and 2 more).";
    snapshot.address = "127.0.0.1:11435";
    snapshot.statusAddress = "127.0.0.1:4555";
    snapshot.upTime = 3h + 12min;
    snapshot.slots = 2;
    snapshot.running = 2;
    snapshot.waiting = 6;

    const auto running = [&](JobId id, const char* user, const char* model, std::chrono::milliseconds ran,
                             std::uint64_t prompt, std::uint64_t output, double rate) {
        JobView job;
        job.id = id;
        job.requestId = "req_" + std::to_string(id);
        job.user = user;
        job.model = model;
        job.path = "/api/chat";
        job.backend = "ollama";
        job.state = JobState::Running;
        job.streamed = true;
        job.waited = 800ms;
        job.ran = ran;
        job.promptTokens = prompt;
        job.outputTokens = output;
        job.tokensPerSecond = rate;
        snapshot.jobs.push_back(job);
    };
    const auto waiting = [&](JobId id, const char* user, const char* model, std::chrono::milliseconds waited,
                             std::uint64_t prompt, Lane lane) {
        JobView job;
        job.id = id;
        job.requestId = "req_" + std::to_string(id);
        job.user = user;
        job.model = model;
        job.path = "/v1/chat/completions";
        job.dialect = Dialect::OpenAi;
        job.lane = lane;
        job.waited = waited;
        job.promptTokens = prompt;
        job.position = static_cast<std::uint32_t>(snapshot.jobs.size()) - 1;
        snapshot.jobs.push_back(job);
    };
    running(101, "Zed", "qwen2.5-coder:7b", 9s, 2140, 312, 36.4);
    running(104, "Open WebUI", "llama3.2:3b", 3s, 486, 131, 44.8);
    waiting(107, "python train.py", "llama3.2:3b", 12s, 950, Lane::Normal);
    waiting(105, "Zed", "qwen2.5-coder:7b", 8s, 3120, Lane::Interactive);
    waiting(108, "Obsidian", "llama3.2:3b", 7s, 640, Lane::Normal);
    waiting(109, "python train.py", "llama3.2:3b", 11s, 948, Lane::Normal);
    waiting(110, "python train.py", "nomic-embed-text", 11s, 120, Lane::Batch);
    waiting(111, "Open WebUI", "llama3.2:3b", 2s, 60, Lane::Batch);

    const auto user = [&](const char* name, std::uint32_t itsWaiting, std::uint32_t itsRunning, double share) {
        UserView view;
        view.name = name;
        view.source = IdentitySource::Process;
        view.waiting = itsWaiting;
        view.running = itsRunning;
        view.share = share;
        view.requests = 40;
        snapshot.users.push_back(view);
    };
    user("Zed", 1, 1, 0.38);
    user("Open WebUI", 1, 1, 0.29);
    user("python train.py", 3, 0, 0.24);
    user("Obsidian", 1, 0, 0.09);

    BackendView backend;
    backend.name = "Ollama";
    backend.url = "http://127.0.0.1:11434";
    backend.state = BackendState::Ready;
    backend.version = "0.12.6";
    backend.slots = 2;
    backend.slotsReason = "Ollama runs with OLLAMA_NUM_PARALLEL = 2.";
    backend.running = 2;
    const auto model = [](const char* name, std::uint64_t bytes, const char* parameters, const char* quantization,
                           std::uint32_t context) {
        return ModelView{.name = name,
            .bytes = bytes,
            .family = "llama",
            .parameterSize = parameters,
            .quantization = quantization,
            .contextTokens = context};
    };
    backend.models = {model("qwen2.5-coder:7b", 4'700'000'000, "7.6B", "Q4_K_M", 8'192),
        model("llama3.2:3b", 2'000'000'000, "3.2B", "Q4_K_M", 4'096),
        model("nomic-embed-text", 274'000'000, "137M", "F16", 2'048),
        model("gemma3:12b", 8'100'000'000, "12.2B", "Q4_K_M", 131'072)};
    for (std::size_t loaded : {0u, 1u}) {
        ModelView& view = backend.models[loaded];
        view.loaded = true;
        view.memoryBytes = loaded == 0 ? 6'300'000'000 : 3'400'000'000;
        view.gpuBytes = view.memoryBytes;
        view.expiresAt = loaded == 0 ? ModelView::expiresNever : 0;
    }
    snapshot.backends = {backend};

    for (int second = 0; second < 600; ++second) {
        const double load = second < 90 ? 0 : second < 240 ? 38 : second < 300 ? 4 : second < 430 ? 74 : 62;
        const double sway = std::sin(second * 0.07) * 9 + std::sin(second * 0.31) * 5 + std::sin(second * 1.7) * 2;
        snapshot.tokensHistory.push_back(load == 0 ? 0.0f : static_cast<float>(std::max(0.0, load + sway)));
    }
    snapshot.tokensHistory.back() = 81.2f;
    snapshot.tokensPerSecond = 81.2;
    snapshot.requestsPerSecond = 1.4;
    snapshot.today.all = {.requests = 428, .promptTokens = 612'340, .outputTokens = 184'913, .ran = 2h};
    snapshot.today.users = {{"Zed", {.requests = 201, .promptTokens = 402'118, .outputTokens = 90'113, .ran = 1h}},
        {"Open WebUI", {.requests = 227, .promptTokens = 210'222, .outputTokens = 94'800, .ran = 1h}}};
    snapshot.history = {.kept = true, .lastRow = 428};
    snapshot.totals = {.requests = 428,
        .done = 419,
        .failed = 1,
        .refused = 0,
        .cancelled = 6,
        .promptTokens = 318'204,
        .outputTokens = 184'913};
    return snapshot;
}

/// The same afternoon on a machine that hosts a pool: three machines joined, one has left, two clients ask.
inline Snapshot hostingSnapshot()
{
    Snapshot snapshot = exampleSnapshot();
    HostView& host = snapshot.hosting;
    host = {.enabled = true,
        .listening = true,
        .name = "lab",
        .address = "0.0.0.0:8080",
        .keysNeeded = true,
        .connected = 3,
        .running = 2,
        .waiting = 1,
        .accepted = 1312,
        .answered = 1297,
        .refused = 4,
        .failed = 5,
        .cancelled = 3};
    const std::int64_t now = 1'795'262'400'000;
    const auto worker = [&](WorkerNumber number, const char* name, const char* address, WorkerState state, int slots,
                            int running, double rate) {
        WorkerView view;
        view.number = number;
        view.id = "3bf0a435-1af6-49f2-94a2-19f7da3c36a" + std::to_string(number);
        view.name = name;
        view.key = name;
        view.address = address;
        view.version = "v0.9.6";
        view.dialect = "nfrx";
        view.state = state;
        view.models = {"llama3.2:3b", "qwen2.5-coder:7b"};
        view.slots = slots;
        view.running = running;
        view.tokensPerSecond = rate;
        view.processed = 400 + number * 37;
        view.failed = number == 2 ? 3 : 0;
        view.connectedAt = now - 3'600'000;
        view.lastHeartbeat = now - number * 1000;
        view.backendFamily = "ollama";
        host.workers.push_back(view);
    };
    worker(1, "attic", "192.168.1.7", WorkerState::Working, 4, 2, 61.5);
    worker(2, "office", "192.168.1.12", WorkerState::Idle, 2, 0, 38.2);
    worker(5, "laptop of Ann", "192.168.1.31", WorkerState::Draining, 1, 0, 0);
    host.workers[2].drainedByHost = true;
    worker(4, "cellar", "192.168.1.9", WorkerState::Gone, 2, 0, 0);
    host.workers[3].lastError = "The connection ended: nothing was heard for 15 seconds.";
    for (JobView& job : snapshot.jobs) {
        job.hosted = job.id == 101 || job.id == 104 || job.id == 109;
        if (job.hosted && job.state == JobState::Running)
            job.backend = "attic";
    }
    return snapshot;
}

} // namespace drover::test
