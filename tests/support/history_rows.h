// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"

#include <string>

namespace drover::test {

/// 2026-11-21 12:00:00 UTC.
inline constexpr std::int64_t noon = 1'795'262'400'000;

/// A job that ran 3 s and brought 40 tokens; `number` makes it differ from its neighbours.
inline FinishedJob finishedJob(int number, std::int64_t finishedAt = noon)
{
    FinishedJob finished;
    JobView& job = finished.job;
    job.requestId = "req_" + std::to_string(number);
    job.user = number % 3 == 0 ? "Zed" : number % 3 == 1 ? "Open WebUI" : "python train.py";
    job.model = number % 2 == 0 ? "llama3.2:3b" : "qwen2.5-coder:7b";
    job.backend = "ollama";
    job.path = number % 2 == 0 ? "/api/chat" : "/v1/chat/completions";
    job.dialect = number % 2 == 0 ? Dialect::Ollama : Dialect::OpenAi;
    job.state = JobState::Running;
    job.streamed = true;
    job.waited = std::chrono::milliseconds(number);
    job.ran = std::chrono::seconds(3);
    job.promptTokens = 100;
    job.outputTokens = 40;
    job.tokensPerSecond = 20 + number % 10;
    finished.outcome = Outcome::Done;
    finished.status = 200;
    finished.finishedAt = finishedAt;
    return finished;
}

/// One that was refused at the door.
inline FinishedJob refusedJob(int number, std::int64_t finishedAt = noon)
{
    FinishedJob finished = finishedJob(number, finishedAt);
    finished.job.state = JobState::Waiting;
    finished.job.backend.clear();
    finished.job.waited = finished.job.ran = {};
    finished.job.promptTokens = finished.job.outputTokens = 0;
    finished.job.tokensPerSecond = 0;
    finished.outcome = Outcome::Refused;
    finished.status = 503;
    finished.reasonCode = "queue_full";
    finished.reason = describeReasonCode("queue_full");
    return finished;
}

} // namespace drover::test
