// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"
#include "core/api/snapshot.h"

#include <cstdint>
#include <string>
#include <vector>

namespace drover::app {

using SupervisionState = drover::RuntimeState;

/// What is known about the local Ollama at one moment. A plain value.
struct Supervision {
    OllamaMode mode = OllamaMode::Adopt; ///< what holds at present: Supervise only for an Ollama that we start
    SupervisionState state = SupervisionState::Searching;
    std::int64_t pid = 0; ///< 0 when not known
    std::string version = {}; ///< of the server that answers
    int restarts = 0; ///< of ours, by itself
    int slots = 0; ///< jobs at once that ours was started for; 0 when it is not ours or was not told
    std::string reasonCode = {}; ///< stable word, such as "ollama_running", "ollama_missing", "ollama_port_taken"
    std::string reasonText = {}; ///< one sentence for people
    std::vector<std::string> reasonArguments = {}; ///< the particulars in it
    std::string fixText = {}; ///< what to do about it, or empty
    drover::RuntimeFix fix = drover::RuntimeFix::None; ///< what `Supervisor::tryAgain` would do
    bool operator==(const Supervision&) const = default;
};

/// As the engine shows it, for the backend of that name.
drover::RuntimeView runtimeView(const Supervision& known, const std::string& backend);

} // namespace drover::app
