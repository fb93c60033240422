// SPDX-License-Identifier: MIT
#pragma once

#include "app/doctor/facts.h"

#include <string>

namespace drover::app {

/// Looks at a folder, or at the place where it would be made.
FileFacts lookAtFolder(const std::string& path);

/// Looks at a file, or at the folder where it would be made. `firstBytes` is what it should begin with.
FileFacts lookAtFile(const std::string& path, const std::string& firstBytes = {});

/// Where an Ollama that this user starts keeps its models, by OLLAMA_MODELS or its own default.
std::string ollamaModelsFolder(const std::string& ollamaModels);

} // namespace drover::app
