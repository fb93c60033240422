// SPDX-License-Identifier: MIT
#include "core/net/process_mark.h"

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace drover {

std::optional<std::uint64_t> processMark(std::int64_t pid)
{
    if (pid <= 0)
        return {};
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::size_t name = text.rfind(')'); // proc(5): the name before it may hold anything
    if (name == text.npos)
        return {};
    std::istringstream fields(text.substr(name + 1));
    constexpr int betweenStateAndStart = 18; // fields 4 to 21; 22 is the start
    std::string state;
    std::string skipped;
    std::uint64_t start = 0;
    fields >> state;
    for (int field = 0; field < betweenStateAndStart; ++field)
        fields >> skipped;
    fields >> start;
    if (!fields || state == "Z" || state == "X")
        return {};
    return start;
}

} // namespace drover
