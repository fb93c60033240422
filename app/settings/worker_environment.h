// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"

#include <span>
#include <string_view>

namespace drover::app {

/// An option of `drover serve` that llamapool's and nfrx's workers have, and its environment variable.
struct WorkerOption {
    std::string_view flag; ///< "--server-url"
    std::string_view variable; ///< "SERVER_URL"
    std::string_view type; ///< "URL"; empty for one without a value
    std::string_view sentence;
};
std::span<const WorkerOption> workerOptions();

/// The environment with the options of those workers in place of its variables, since an option is stronger.
Environment withWorkerOptions(Environment environment, const FlagTexts& flags);

/// Whether a name is that of such a worker's file, which is YAML: CONFIG_FILE may mean one.
bool isWorkerFile(std::string_view name);

/// Adds what these variables say to settings that were made of everything else: a pool (SERVER_URL, only when it is ws
/// or wss, since many programs have a variable of that name; WORKER_KEY or CLIENT_KEY, WORKER_NAME, MAX_CONCURRENCY)
/// and the key of backends that have none (OLLAMA_API_KEY, beside OLLAMA_BASE_URL only). A pool of the settings with
/// that address stays as it is.
void takeWorkerEnvironment(Resolved& resolved, const Environment& environment);

} // namespace drover::app
