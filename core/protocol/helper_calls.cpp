// SPDX-License-Identifier: MIT
#include "core/protocol/helper_calls.h"

#include <algorithm>
#include <array>
#include <string>

namespace drover {

bool isHelperPrompt(std::string_view beginning)
{
    const std::size_t start = beginning.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos)
        return false;
    beginning.remove_prefix(start);
    // Open WebUI: title, tags, follow-ups, search queries, autocompletion, emoji.
    if (beginning.starts_with("### Task:"))
        return true;
    // Open WebUI's former prompt, Zed, LibreChat, and the many that took theirs from them.
    constexpr std::array<std::string_view, 3> openings{"Generate a concise", "Create a concise", "Provide a concise"};
    const bool opens = std::any_of(
        openings.begin(), openings.end(), [&](std::string_view opening) { return beginning.starts_with(opening); });
    return opens
        && (beginning.find(" title") != std::string_view::npos
            || beginning.find("phrase as a header") != std::string_view::npos);
}

} // namespace drover
