// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace drover::app {

/// A service of the system that has to do with Ollama.
struct OllamaService {
    std::string name = {}; ///< such as "ollama.service"; empty when there is none
    std::string startCommand = {}; ///< what a person types to start it
    bool operator==(const OllamaService&) const = default;
};

/// The service that the process belongs to. Nothing when it belongs to none, or the system does not tell. One file per
/// operating system. Any thread.
OllamaService serviceOfProcess(std::int64_t pid);

/// The service that is set up on this machine to run Ollama, whether it runs or not.
OllamaService installedOllamaService();

/// The unit in the text of /proc/PID/cgroup: "ollama.service" of "0::/system.slice/ollama.service"; with `user` where
/// it is one of the person's own. Empty for sessions, desktop apps and the services manager itself. Pure.
OllamaService serviceInCgroup(const std::string& text);

} // namespace drover::app
