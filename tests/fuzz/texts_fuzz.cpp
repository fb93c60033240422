// SPDX-License-Identifier: MIT
// The small readers and writers of text: names, origins, hosts, times, error bodies.
#include "core/protocol/answer_shapes.h"
#include "core/protocol/identity.h"
#include "core/protocol/json_text.h"
#include "core/protocol/model_name.h"
#include "core/protocol/origin_rules.h"
#include "core/protocol/percent.h"
#include "core/protocol/rfc3339.h"
#include "core/protocol/routes.h"
#include "split.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <array>

using namespace drover;
using fuzz::require;
namespace json = boost::json;

namespace {

constexpr std::array forms{AnswerForm{Endpoint::OllamaChat, true}, AnswerForm{Endpoint::OllamaGenerate, false},
    AnswerForm{Endpoint::OpenAiChat, true}, AnswerForm{Endpoint::OpenAiResponses, true},
    AnswerForm{Endpoint::AnthropicMessages, true}};

bool isJson(std::string_view text)
{
    json::error_code failed;
    (void)json::parse(text, failed);
    return !failed;
}

void checkNames(std::string_view text)
{
    const std::string name = cleanUserName(text);
    require(
        name.size() <= userNameBytesMax && validUtf8(name) == name && cleanUserName(name) == name, "names are clean");
    require(userAgentName(text).size() <= userNameBytesMax, "agents are short");
    require(normaliseModel(normaliseModel(text)) == normaliseModel(text), "one name per model");
    (void)isCloudModel(text);
    (void)findRoute("POST", text);
    (void)percentDecoded(text);
    HeaderFields fields;
    fields.add("X-Queue-Timeout", text);
    fields.add("HTTP-Referer", text);
    fields.add("Authorization", text);
    (void)statedIdentity(fields, {});
    (void)statedKey(fields);
    if (const auto timeout = queueTimeout(fields); timeout && *timeout)
        require(timeout->value().count() >= 1 && timeout->value() <= queueTimeoutMax, "time-outs have a range");
    if (const auto time = parseRfc3339(text))
        require(parseRfc3339(formatRfc3339(*time)) == time, "times are written as they are read");
}

void checkOrigins(std::string_view text)
{
    const std::size_t half = text.size() / 2;
    (void)originAllowed(text.substr(0, half), text.substr(half), {std::string(text.substr(half))});
    (void)hostAllowed(text, HostRules{true, "box"});
    for (const std::string& lines : {corsLines(text), preflightLines("http://localhost", text)}) {
        require(lines.empty() || lines.ends_with("\r\n"), "lines are ended");
        for (std::size_t at = lines.find_first_of(std::string_view("\r\n\0", 3)); at != std::string::npos;
             at = lines.find_first_of(std::string_view("\r\n\0", 3), at + 2))
            require(lines.compare(at, 2, "\r\n") == 0, "no stray line ends");
    }
}

void checkErrors(std::string_view text)
{
    require(isJson(jsonString(text)), "a JSON string");
    for (const Dialect dialect : {Dialect::Ollama, Dialect::OpenAi, Dialect::Anthropic})
        require(isJson(errorBody(dialect, 503, text, text)), "a JSON error");
    for (const AnswerForm form : forms) {
        const std::string piece = errorAsStreamPiece(form, 500, text, "req");
        require(!form.streamed || piece.ends_with("\n"), "a piece is ended");
        require(!form.streamed || piece.find("\n\n") + 2 >= piece.size() || piece.find("\n\n") == std::string::npos,
            "one piece only");
        require(isJson(errorBody(Dialect::Ollama, 500, errorMessageIn(text), "")), "a sentence");
        (void)keepAlivePiece(form, {text, 3, "now"});
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    checkNames(text);
    checkOrigins(text);
    checkErrors(text);
    return 0;
}
