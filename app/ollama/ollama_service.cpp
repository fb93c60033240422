// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_service.h"

#include <algorithm>
#include <string_view>

namespace drover::app {

namespace {

constexpr std::string_view suffix = ".service";

/// The last part of the path that is a unit, since a service may have groups of its own below.
std::string lastService(std::string_view path)
{
    while (!path.empty()) {
        const std::size_t slash = path.rfind('/');
        const std::string_view part = slash == path.npos ? path : path.substr(slash + 1);
        if (part.ends_with(suffix) && part.size() > suffix.size())
            return std::string(part);
        path = slash == path.npos ? std::string_view() : path.substr(0, slash);
    }
    return {};
}

} // namespace

OllamaService serviceInCgroup(const std::string& text)
{
    constexpr std::size_t lettersMax = 200;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const std::size_t path = line.find(":/");
        const std::string name = path == line.npos ? std::string() : lastService(line.substr(path + 1));
        // user@1000.service runs everything of a person; app-*.service is what a desktop makes of each program.
        if (name.empty() || name.size() > lettersMax || name.starts_with("user@") || name.starts_with("app-"))
            continue;
        const bool ofPerson = line.find("/user@") != line.npos;
        return {name, ofPerson ? "systemctl --user start " + name : "sudo systemctl start " + name};
    }
    return {};
}

} // namespace drover::app
