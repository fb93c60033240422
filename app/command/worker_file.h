// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"
#include "core/api/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

/// What the settings file of a llamapool or nfrx worker says, as far as Drover has such a thing. Empty where it is
/// silent.
struct WorkerFile {
    std::string server = {}; ///< ws or wss
    std::string key = {}; ///< of the pool; a secret
    std::string workerName = {};
    std::string slots = {}; ///< max_concurrency
    std::string ollama = {}; ///< address of the backend, without /v1
    std::string ollamaKey = {}; ///< a secret
    std::string statusAddress = {};
    std::string metricsAddress = {};
    std::string drainTimeout = {};
    std::vector<std::string> unknown = {}; ///< keys that mean nothing here, sorted
    bool operator==(const WorkerFile&) const = default;
};

/// Reads a worker.yaml: one flat map. Its keys count however they are written: server_url, serverUrl, serverurl. Fails
/// with BadRequest when it is no YAML or no map, TooLarge over 64 KiB.
drover::Result<WorkerFile> readWorkerFile(std::string_view text);

/// Where such a file may be: CONFIG_FILE of the environment when that is YAML, then the usual places of those programs
/// on this system.
std::vector<std::string> workerFilePlaces(const Environment& environment);

} // namespace drover::app
