// SPDX-License-Identifier: MIT
#pragma once

#include "core/protocol/demo_request.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace drover {

/// Where a simulated answer stands in time.
struct DemoMoment {
    std::int64_t wallNanoseconds = 0; ///< since 1970
    std::chrono::nanoseconds prompt{0}; ///< from the start of the work to the first word
    std::chrono::nanoseconds total{0}; ///< from the start of the work
};

/// Shapes a simulated answer exactly as Ollama shapes a real one in one of its dialects.
///
/// Streamed: `first`, then `word` for each word, then `last`; each gives the bytes to send, perhaps none. Not streamed:
/// `whole`. Pure; time is an argument.
class DemoAnswer {
public:
    virtual ~DemoAnswer() = default;
    virtual std::string first() = 0;
    virtual std::string word(std::string_view word, DemoMoment now) = 0;
    virtual std::string last(DemoMoment now) = 0;
    virtual std::string whole(std::string_view text, DemoMoment now) = 0;
};

/// For every call but embeddings. `number` makes the answer's id; the request must outlive the answer.
std::unique_ptr<DemoAnswer> makeDemoAnswer(const DemoRequest& request, std::uint64_t number, DemoMoment begun);

std::unique_ptr<DemoAnswer> makeOllamaDemoAnswer(const DemoRequest& request);
std::unique_ptr<DemoAnswer> makeOpenAiDemoAnswer(const DemoRequest& request, std::uint64_t number, DemoMoment begun);
std::unique_ptr<DemoAnswer> makeResponsesDemoAnswer(const DemoRequest& request, std::uint64_t number, DemoMoment begun);
std::unique_ptr<DemoAnswer> makeAnthropicDemoAnswer(const DemoRequest& request, std::uint64_t number);

/// The answer to Ollama's request that only loads or unloads the model: one JSON object, also when it asks to stream.
std::string demoLoadAnswer(const DemoRequest& request, DemoMoment now);

/// The answer to a request for embeddings.
std::string demoEmbeddings(const DemoRequest& request, DemoMoment now);

} // namespace drover
