// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>

namespace drover::app {

/// How long the jobs that run on an Ollama have heard nothing of it, while they waited for it.
struct JobSilence {
    std::chrono::milliseconds ofAny{0}; ///< of the job that has waited longest; 0 when none runs
    std::chrono::milliseconds inAnswer{0}; ///< of those whose answer has begun: only a broken runner pauses there
    bool operator==(const JobSilence&) const = default;
};

/// What there is to judge by whether an Ollama hangs.
struct HangSigns {
    std::chrono::milliseconds noAnswer{0}; ///< since it last answered to GET /api/version
    JobSilence jobs = {};
    std::chrono::milliseconds awake{0}; ///< since the machine woke up or the Ollama started: before, silence is no sign
};

enum class Hang {
    No,
    Server, ///< it answers nobody
    Answer ///< it answers questions, and has stopped in the middle of an answer
};

/// Silence alone proves nothing while a model is loaded or an answer comes in one piece: then the server must be silent
/// too, for `looksMax`, two looks in a row. Pure.
constexpr Hang hangOf(const HangSigns& signs, std::chrono::milliseconds hangMax, std::chrono::milliseconds looksMax)
{
    const auto within = [&](std::chrono::milliseconds silence) { return std::min(silence, signs.awake); };
    if (within(signs.noAnswer) > hangMax)
        return Hang::Server;
    if (within(signs.jobs.inAnswer) > hangMax)
        return Hang::Answer;
    if (within(signs.jobs.ofAny) > hangMax && within(signs.noAnswer) > looksMax)
        return Hang::Server;
    return Hang::No;
}

} // namespace drover::app
