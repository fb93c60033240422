// SPDX-License-Identifier: MIT
#pragma once

#include "app/ollama/ollama_server.h"
#include "app/settings/setting.h"

#include <vector>

namespace drover::app {

/// The backends that are Ollamas, in the order of the settings, with their keys. Looks at this machine for where the
/// models of a local one are.
std::vector<OllamaServer> ollamaServers(const drover::Config& config, const OllamaSettings& ollama);

/// Where the Ollama at `url` keeps its models; empty for one on another machine.
QString modelsFolderOf(const QUrl& url, const OllamaSettings& ollama);

/// As the engine calls a backend: its name, else host and port.
std::string backendName(const drover::BackendConfig& backend);

} // namespace drover::app
