// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

namespace drover::app::testing {

/// Two jobs run and two wait, of three users, on one of two backends.
inline drover::Snapshot busyPicture()
{
    using namespace std::chrono_literals;
    const auto job = [](drover::JobId id, std::string user, std::string model) {
        return drover::JobView{.id = id,
            .requestId = "r-" + std::to_string(id),
            .user = std::move(user),
            .model = std::move(model),
            .path = "/api/chat"};
    };
    drover::Snapshot snapshot{.sequence = 1,
        .version = "0.1.0",
        .state = drover::EngineState::Busy,
        .reasonCode = "busy",
        .reasonText = "2 running, 2 waiting (Zed, Open WebUI)",
        .address = "127.0.0.1:11435",
        .statusAddress = "127.0.0.1:4555",
        .upTime = 3'723s,
        .slots = 2,
        .running = 2,
        .waiting = 2};
    snapshot.jobs = {job(7, "Zed", "llama3.2"), job(8, "Open WebUI", "qwen3:8b"), job(9, "Zed", "llama3.2"),
        job(10, "\u5F20\u4F1F", "llama3.2")};
    for (std::size_t i = 0; i < 2; ++i) {
        snapshot.jobs[i].state = drover::JobState::Running;
        snapshot.jobs[i].backend = "gpu";
        snapshot.jobs[i].ran = 65s;
        snapshot.jobs[i].outputTokens = 1'200;
        snapshot.jobs[i].tokensPerSecond = 20.5;
        snapshot.jobs[i + 2].position = static_cast<std::uint32_t>(i + 1);
        snapshot.jobs[i + 2].waited = 12s;
    }
    snapshot.users = {{.name = "Zed", .waiting = 1, .running = 1, .requests = 40, .outputTokens = 12'345, .share = 0.5},
        {.name = "Open WebUI", .running = 1, .requests = 3, .share = 0.25},
        {.name = "\u5F20\u4F1F", .waiting = 1, .requests = 1, .share = 0.25}};
    snapshot.backends = {{.name = "gpu",
                             .url = "http://127.0.0.1:11434",
                             .state = drover::BackendState::Ready,
                             .slots = 2,
                             .slotsReason = "OLLAMA_NUM_PARALLEL of the running Ollama is 2.",
                             .running = 2,
                             .models = {{"llama3.2", true, 0}, {"qwen3:8b", true, 0}}},
        {.name = "cellar", .state = drover::BackendState::Down, .reason = "Nobody answers.", .retryIn = 4s}};
    snapshot.tokensPerSecond = 41;
    snapshot.tokensHistory = {0, 10, 20, 41};
    snapshot.totals = {.requests = 44, .outputTokens = 12'345};
    return snapshot;
}

} // namespace drover::app::testing
