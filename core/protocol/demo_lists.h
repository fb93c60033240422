// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace drover {

/// What the demo answers about its one model, in Ollama's shapes. Times are seconds since 1970.
std::string demoTags(std::int64_t created); ///< GET /api/tags
std::string demoLoaded(std::int64_t expires); ///< GET /api/ps
std::string demoModels(std::int64_t created); ///< GET /v1/models
std::string demoOpenAiModel(std::int64_t created); ///< GET /v1/models/drover-demo
std::string demoShown(std::int64_t created); ///< POST /api/show

} // namespace drover
