// SPDX-License-Identifier: MIT
#include "app/ollama/slot_choice.h"

#include <charconv>
#include <string_view>

namespace drover::app {

int sensibleSlots(std::uint64_t memoryBytes)
{
    constexpr std::uint64_t gibi = 1ull << 30;
    if (memoryBytes >= 60 * gibi) // a machine sold with 64
        return 4;
    return memoryBytes >= 15 * gibi ? 2 : 1;
}

int slotsInEnvironment(const std::vector<std::string>& environment)
{
    constexpr std::string_view name = "OLLAMA_NUM_PARALLEL=";
    constexpr int most = 1024;
    int slots = 0;
    for (const std::string& each : environment) {
        if (!each.starts_with(name))
            continue;
        int number = 0;
        const char* const end = each.data() + each.size();
        const auto [last, error] = std::from_chars(each.data() + name.size(), end, number);
        slots = error == std::errc{} && last == end && number >= 1 && number <= most ? number : 0;
    }
    return slots;
}

} // namespace drover::app
