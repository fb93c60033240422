// SPDX-License-Identifier: MIT
#include "app/settings/text_lines.h"

#include <algorithm>

namespace drover::app {

std::size_t offsetOf(std::string_view text, const toml::source_position& position)
{
    std::size_t at = 0;
    for (toml::source_index line = 1; line < position.line && at < text.size(); ++line)
        at = std::min(text.size(), text.find('\n', at)) + 1;
    for (toml::source_index column = 1; column < position.column && at < text.size(); ++column) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
            ++at; // the rest of a character of several bytes
    }
    return std::min(at, text.size());
}

std::string_view withoutBlanks(std::string_view line)
{
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
        line.remove_prefix(1);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

std::vector<std::string> splitLines(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.size(), text.find('\n'));
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return lines;
}

std::string joinLines(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

drover::Error brokenFile(const toml::source_position& position, std::string_view what)
{
    return drover::fail(drover::Errc::BadConfig,
        "line " + std::to_string(position.line) + " of the file is not TOML: " + std::string(what));
}

} // namespace drover::app
