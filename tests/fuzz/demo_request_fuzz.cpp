// SPDX-License-Identifier: MIT
// The simulated model bounds what it is asked for, and what it answers is read as a whole answer of its dialect.
#include "core/protocol/demo_answer.h"
#include "core/protocol/piece_counter.h"
#include "core/protocol/usage.h"
#include "split.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <array>

using namespace drover;
using fuzz::require;
namespace json = boost::json;

namespace {

constexpr std::array endpoints{Endpoint::OllamaGenerate, Endpoint::OllamaChat, Endpoint::OllamaEmbed,
    Endpoint::OllamaEmbeddings, Endpoint::OpenAiChat, Endpoint::OpenAiCompletions, Endpoint::OpenAiEmbeddings,
    Endpoint::OpenAiResponses, Endpoint::AnthropicMessages};

bool isJson(std::string_view text)
{
    json::error_code failed;
    (void)json::parse(text, failed);
    return !failed;
}

void checkAnswer(const DemoRequest& request)
{
    const auto answer = makeDemoAnswer(request, 1, {});
    if (!request.form.streamed) {
        require(isJson(answer->whole("some words", {})), "a whole answer is JSON");
        return;
    }
    PieceCounter counter(pieceKind(request.form));
    counter.feed(answer->first());
    counter.feed(answer->word("some ", {}));
    counter.feed(answer->word("\"words\"\n\n", {}));
    require(!readUsage(request.form, counter.tail()).complete, "words are not the end");
    counter.feed(answer->last({}));
    const Usage usage = readUsage(request.form, counter.tail());
    require(usage.complete && !usage.error, "the end is seen");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view body(reinterpret_cast<const char*>(bytes), size);
    for (const Endpoint endpoint : endpoints) {
        const auto request = parseDemoRequest(endpoint, body);
        if (!request)
            continue;
        require(request->words <= demoWordsMax && request->inputs.size() <= demoInputsMax, "limits hold");
        require(request->form.endpoint == endpoint, "the same call");
        if (!isEmbedding(endpoint) && !request->onlyLoads)
            checkAnswer(*request);
    }
    return 0;
}
