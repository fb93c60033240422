// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace drover {

/// How many requests a local Ollama runs at once, as far as this machine shows it.
struct RunnerSlots {
    int slots = 1;
    std::string reason = {}; ///< where the number comes from, as a sentence
    bool operator==(const RunnerSlots&) const = default;
};

/// Looks at the processes of this machine: the `-np` of a runner of the Ollama that listens on `port` is the
/// parallelism truly in force, else the OLLAMA_NUM_PARALLEL in its environment (protocols/ollama.md sections 1 and 13).
/// Nothing when neither can be seen. Blocks for milliseconds: never call it on the core thread. One file per operating
/// system.
std::optional<RunnerSlots> runnerSlots(std::uint16_t port);

} // namespace drover
