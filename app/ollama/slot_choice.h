// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace drover::app {

/// How many jobs at once an Ollama of ours is started for when nobody says: each takes memory for its context, so it
/// depends on the machine's memory in bytes (0 when not known). 1, 2 or 4. Pure.
int sensibleSlots(std::uint64_t memoryBytes);

/// OLLAMA_NUM_PARALLEL among "NAME=VALUE"; 0 when it is not there or no number of 1..1024.
int slotsInEnvironment(const std::vector<std::string>& environment);

/// Of the machine; 0 when the system does not tell. One file per operating system.
std::uint64_t physicalMemoryBytes();

} // namespace drover::app
