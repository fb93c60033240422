// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_service.h"

namespace drover::app {

OllamaService serviceOfProcess(std::int64_t)
{
    return {};
}

OllamaService installedOllamaService()
{
    return {};
}

} // namespace drover::app
