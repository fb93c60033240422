// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/protocol/answer_shapes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// What the simulated model must know of a request.
struct DemoRequest {
    AnswerForm form = {};
    std::string model = {}; ///< as the client wrote it
    std::uint64_t seed = 0; ///< made from the prompt: the same prompt gets the same answer
    std::uint64_t promptTokens = 0; ///< an estimate
    std::size_t words = 0; ///< of the answer
    bool cut = false; ///< there would be more words, but the client set a limit
    bool wantsJson = false;
    bool wantsUsage = false; ///< OpenAI: `stream_options.include_usage`
    bool onlyLoads = false; ///< Ollama: an empty prompt loads the model, or unloads it
    bool unloads = false;
    bool base64 = false; ///< OpenAI embeddings
    std::vector<std::string> inputs = {}; ///< embeddings
    std::size_t dimensions = 0; ///< embeddings
};

inline constexpr std::size_t demoInputsMax = 2'048; ///< embeddings of one request
inline constexpr std::size_t demoWordsMax = 100'000; ///< of one answer, whatever the client asks for

/// Reads a request's body. Fails with BadRequest or NotFound; the detail is the sentence that Ollama would answer.
Result<DemoRequest> parseDemoRequest(Endpoint endpoint, std::string_view body);

/// The words of the answer, with the blanks between them: `words` of them, as one JSON object when that was asked for.
std::vector<std::string> demoSpeech(const DemoRequest& request);

/// Fails with NotFound unless `model` is the demo's own.
Result<> checkDemoModel(std::string_view model);

} // namespace drover
