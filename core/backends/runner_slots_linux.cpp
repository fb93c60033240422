// SPDX-License-Identifier: MIT
#include "core/backends/runner_slots.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace drover {
namespace {

namespace fs = std::filesystem;

/// The zero-separated strings of a file in /proc; empty when it may not be read. At most 128 kB.
std::vector<std::string> strings(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text(128 * 1024, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\0', at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

std::optional<int> number(std::string_view text, int most = 1024)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 1 || value > most)
        return {};
    return value;
}

bool endsWithName(const std::vector<std::string>& command, std::string_view name)
{
    return !command.empty() && fs::path(command[0]).filename() == name;
}

/// The port of OLLAMA_HOST, which is 11434 unless told.
std::uint16_t portOf(std::string_view host)
{
    const auto colon = host.rfind(':');
    if (colon == std::string_view::npos)
        return 11434;
    return static_cast<std::uint16_t>(number(host.substr(colon + 1), 65535).value_or(11434));
}

} // namespace

std::optional<RunnerSlots> runnerSlots(std::uint16_t port)
{
    std::vector<std::string> servers; // ids of `ollama serve` on this port
    std::optional<int> told;
    struct Runner {
        std::string parent;
        int slots;
    };
    std::vector<Runner> runners;
    std::error_code error;
    for (fs::directory_iterator entry("/proc", error), end; !error && entry != end; entry.increment(error)) {
        const std::string id = entry->path().filename();
        if (id.find_first_not_of("0123456789") != std::string::npos)
            continue;
        const auto command = strings(entry->path() / "cmdline");
        if (endsWithName(command, "ollama") && command.size() > 1 && (command[1] == "serve" || command[1] == "start")) {
            std::uint16_t itsPort = 11434;
            std::optional<int> parallel;
            const auto environment = strings(entry->path() / "environ");
            for (const std::string_view variable : environment) {
                if (variable.starts_with("OLLAMA_HOST="))
                    itsPort = portOf(variable.substr(12));
                else if (variable.starts_with("OLLAMA_NUM_PARALLEL="))
                    parallel = number(variable.substr(20));
            }
            if (itsPort != port)
                continue;
            servers.push_back(id);
            if (!environment.empty())
                told = parallel.value_or(1);
        } else if (endsWithName(command, "llama-server")) {
            for (std::size_t i = 1; i + 1 < command.size(); ++i) {
                if (command[i] != "-np" && command[i] != "--parallel")
                    continue;
                std::ifstream stat(entry->path() / "stat");
                const std::string line((std::istreambuf_iterator<char>(stat)), {});
                std::string parent = line.substr(std::min(line.rfind(") ") + 4, line.size())); // after the state
                parent = parent.substr(0, parent.find(' '));
                if (const auto slots = number(command[i + 1]))
                    runners.push_back({parent, *slots});
            }
        }
    }
    std::optional<int> most;
    for (const Runner& runner : runners) {
        for (const std::string& server : servers) {
            if (runner.parent == server)
                most = std::max(most.value_or(0), runner.slots);
        }
    }
    if (most)
        return RunnerSlots{*most, "Ollama's runner was started with -np " + std::to_string(*most) + "."};
    if (told)
        return RunnerSlots{*told, "Ollama runs with OLLAMA_NUM_PARALLEL = " + std::to_string(*told) + "."};
    return {};
}

} // namespace drover
