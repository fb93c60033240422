// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// Which list of models a body is.
enum class ModelListKind {
    Tags, ///< GET /api/tags: what an Ollama has
    Loaded, ///< GET /api/ps: what it has in memory
    OpenAi ///< GET /v1/models
};

/// One model of a list.
struct ModelEntry {
    std::string name = {}; ///< as the backend wrote it
    std::uint64_t bytes = 0; ///< `size`; 0 when not told
    std::uint64_t gpuBytes = 0; ///< `size_vram`, Loaded only
    std::uint32_t contextTokens = 0; ///< `context_length`; 0 when not told
    std::int64_t created = 0; ///< seconds since 1970; 0 when not told
    std::int64_t expiresAt = 0; ///< as in ModelView, Loaded only
    std::string family = {}; ///< of `details`, as the next two; at most `detailBytesMax` of each
    std::string parameterSize = {};
    std::string quantization = {};
    std::string rawJson = {}; ///< the entry as the backend gave it
    bool operator==(const ModelEntry&) const = default;
};

/// What one backend listed.
struct ModelList {
    ModelListKind kind = ModelListKind::Tags;
    std::vector<ModelEntry> entries = {};
    bool operator==(const ModelList&) const = default;
};

/// Reads a list. Entries without a name are left out, more than `modelsMax` too. Fails with BackendFailed when it is
/// no such list.
Result<ModelList> parseModelList(ModelListKind kind, std::string_view body);

/// One body of kind `asked` from several lists. Entries stay as their backends gave them; those of Tags and OpenAi are
/// converted into each other; Loaded takes Loaded only. Of entries with the same normalised name the first wins.
std::string mergeModelLists(ModelListKind asked, const std::vector<ModelList>& lists);

/// The answer to GET /v1/models/{id} (percent-decoded): that entry as an OpenAI model; empty when none has this name.
std::string findOpenAiModel(std::string_view id, const std::vector<ModelList>& lists);

inline constexpr std::size_t modelsMax = 10'000;
inline constexpr std::size_t detailBytesMax = 64;

} // namespace drover
