// SPDX-License-Identifier: MIT
#pragma once

#include "app/ollama/pull_progress.h"
#include "core/api/snapshot.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace drover::app {

/// An Ollama and what it has, as `drover models` shows it.
struct ListedBackend {
    std::string name = {};
    std::string url = {};
    std::string trouble = {}; ///< a sentence when it could not be asked
    std::vector<drover::ModelView> models = {};
};

/// A table, the machine's name in it where there are several. `now` is in milliseconds since 1970.
std::string modelsText(const std::vector<ListedBackend>& backends, std::int64_t now);

/// {"backends":[{"name","url","trouble","models":[...]}]} with the fields of /status, and a line's end.
std::string modelsJson(const std::vector<ListedBackend>& backends);

/// One name a line, each once.
std::string modelNamesText(const std::vector<ListedBackend>& backends);

/// "12.4 GB", "820 MB".
std::string memoryText(std::uint64_t bytes);

/// A download at one moment.
struct PullView {
    std::string model = {};
    PullProgress progress = {};
    double bytesPerSecond = 0;
    std::optional<std::chrono::seconds> left = {};
    bool stalled = false;
};

std::string pullLine(const PullView& view); ///< one line for a terminal, with a bar
std::string pullStep(const PullView& view); ///< the same in coarse steps, so that it is rarely another
std::string pullJson(const PullView& view); ///< one JSON object without a line's end

} // namespace drover::app
