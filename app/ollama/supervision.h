// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace drover::app {

enum class SupervisionState {
    Searching, ///< looking for what is there
    Starting, ///< our program runs and does not answer yet
    Running, ///< it answers
    Silent, ///< ours runs and has not answered for a while
    Restarting, ///< ours ended by itself; waiting before the next start
    Stopping, ///< ours was told to end
    Stopped, ///< ended on purpose, by us or by somebody else
    Absent, ///< nothing answers, and it is not ours to start it
    Missing, ///< nothing answers and no program is found
    Blocked, ///< another program holds the port
    GaveUp ///< ours ended too often
};

/// What is known about the local Ollama at one moment. A plain value.
struct Supervision {
    OllamaMode mode = OllamaMode::Adopt; ///< what holds at present: Supervise only for an Ollama that we start
    SupervisionState state = SupervisionState::Searching;
    std::int64_t pid = 0; ///< 0 when not known
    std::string version = {}; ///< of the server that answers
    int restarts = 0; ///< of ours, by itself
    std::string reasonCode = {}; ///< stable word, such as "running", "ollama_missing", "port_taken"
    std::string reasonText = {}; ///< one sentence for people
    std::string fixText = {}; ///< what to do about it, or empty
    bool operator==(const Supervision&) const = default;
};

/// "searching", "starting", "running", "silent", "restarting", "stopping", "stopped", "absent", "missing", "blocked",
/// "gave_up"
std::string_view name(SupervisionState state);

} // namespace drover::app
