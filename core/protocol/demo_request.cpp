// SPDX-License-Identifier: MIT
#include "core/protocol/demo_request.h"

#include "core/protocol/demo_text.h"
#include "core/protocol/model_name.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <optional>

namespace json = boost::json;

namespace drover {

namespace {

constexpr std::uint64_t bytesPerToken = 4; ///< a common estimate for English

std::string_view view(const json::string& text)
{
    return {text.data(), text.size()};
}

const json::value* find(const json::object& object, std::string_view key)
{
    return object.if_contains(json::string_view(key.data(), key.size()));
}

std::string_view text(const json::object& object, std::string_view key)
{
    const json::value* value = find(object, key);
    return value && value->is_string() ? view(value->get_string()) : std::string_view();
}

std::optional<std::int64_t> number(const json::object& object, std::string_view key)
{
    const json::value* value = find(object, key);
    if (!value || !value->is_number())
        return {};
    json::error_code error;
    const auto whole = value->to_number<std::int64_t>(error);
    return error ? std::nullopt : std::optional(whole);
}

/// Gathers the texts of a prompt, wherever they are in it.
struct Prompt {
    std::uint64_t seed = demoSeed({});
    std::uint64_t bytes = 0;

    void add(const json::value& value)
    {
        if (value.is_string()) {
            seed = demoSeed(view(value.get_string()), seed);
            bytes += value.get_string().size();
        } else if (value.is_array()) {
            for (const json::value& each : value.get_array())
                add(each);
        } else if (value.is_object()) {
            for (const auto& [key, each] : value.get_object()) {
                if (key == "content" || key == "text" || key == "input" || key == "output")
                    add(each);
            }
        }
    }
};

bool isEmpty(const json::value* value)
{
    return !value || value->is_null() || (value->is_string() && value->get_string().empty())
        || (value->is_array() && value->get_array().empty());
}

/// The client's own limit on the answer, in whichever word its dialect has; none when negative, as in Ollama.
std::optional<std::size_t> wordLimit(const json::object& body)
{
    std::optional<std::int64_t> limit;
    const json::value* options = find(body, "options");
    if (options && options->is_object())
        limit = number(options->get_object(), "num_predict");
    for (const std::string_view key : {"max_tokens", "max_completion_tokens", "max_output_tokens"}) {
        if (!limit)
            limit = number(body, key);
    }
    if (!limit || *limit < 0)
        return {};
    return static_cast<std::size_t>(std::min<std::int64_t>(*limit, demoWordsMax));
}

bool asksForJson(const json::object& body)
{
    if (const json::value* format = find(body, "format"); !isEmpty(format))
        return true;
    for (const std::string_view key : {"response_format", "text"}) {
        const json::value* value = find(body, key);
        if (!value || !value->is_object())
            continue;
        const json::value* inner = find(value->get_object(), "format");
        const json::object& format = inner && inner->is_object() ? inner->get_object() : value->get_object();
        if (text(format, "type").starts_with("json"))
            return true;
    }
    return false;
}

Result<> readInputs(const json::object& body, DemoRequest& request)
{
    const json::value* input = find(body, request.form.endpoint == Endpoint::OllamaEmbeddings ? "prompt" : "input");
    if (input && input->is_string())
        request.inputs.emplace_back(view(input->get_string()));
    if (input && input->is_array()) {
        if (input->get_array().size() > demoInputsMax)
            return fail(Errc::BadRequest, "too many inputs");
        for (const json::value& each : input->get_array()) {
            if (!each.is_string())
                return fail(Errc::BadRequest, "invalid input type");
            request.inputs.emplace_back(view(each.get_string()));
        }
    }
    request.base64 = text(body, "encoding_format") == "base64";
    const std::int64_t wanted = number(body, "dimensions").value_or(0);
    request.dimensions =
        wanted <= 0 ? demoDimensions : std::min<std::size_t>(static_cast<std::size_t>(wanted), demoDimensionsMax);
    return {};
}

void readPrompt(const json::object& body, DemoRequest& request)
{
    Prompt prompt;
    for (const std::string_view key : {"system", "instructions", "prompt", "suffix", "messages", "input"}) {
        if (const json::value* value = find(body, key))
            prompt.add(*value);
    }
    request.seed = prompt.seed;
    request.promptTokens = prompt.bytes / bytesPerToken + 1;
    const std::size_t length = demoLength(prompt.seed);
    const auto limit = wordLimit(body);
    request.words = limit ? std::min(*limit, length) : length;
    request.cut = limit && *limit < length;

    const bool native = dialectOf(request.form.endpoint) == Dialect::Ollama;
    const json::value* asked = find(body, request.form.endpoint == Endpoint::OllamaChat ? "messages" : "prompt");
    request.onlyLoads = native && isEmpty(asked);
    request.unloads = request.onlyLoads && number(body, "keep_alive") == 0;
    request.wantsJson = asksForJson(body);
    if (const json::value* options = find(body, "stream_options"); options && options->is_object()) {
        const json::value* usage = find(options->get_object(), "include_usage");
        request.wantsUsage = usage && usage->is_bool() && usage->get_bool();
    }
}

} // namespace

std::vector<std::string> demoSpeech(const DemoRequest& request)
{
    std::vector<std::string> words = demoWords(request.seed, request.words);
    if (request.wantsJson && !words.empty()) {
        words.front().insert(0, "{\"simulated\": true, \"text\": \"");
        words.back() += request.cut ? "" : "\"}";
    }
    return words;
}

Result<> checkDemoModel(std::string_view model)
{
    if (normaliseModel(model) == demoModel)
        return {};
    return fail(Errc::NotFound, "model '" + std::string(model) + "' not found");
}

Result<DemoRequest> parseDemoRequest(Endpoint endpoint, std::string_view body)
{
    if (body.empty())
        return fail(Errc::BadRequest, "missing request body");
    json::error_code error;
    const json::value parsed = json::parse(json::string_view(body.data(), body.size()), error);
    if (error || !parsed.is_object())
        return fail(Errc::BadRequest, error ? "invalid JSON: " + error.message() : "the body must be a JSON object");
    const json::object& object = parsed.get_object();

    std::optional<bool> stream;
    if (const json::value* value = find(object, "stream"); value && value->is_bool())
        stream = value->get_bool();
    DemoRequest request{.form = answerForm(endpoint, stream), .model = std::string(text(object, "model"))};
    if (request.model.empty())
        return fail(Errc::BadRequest, "model is required");
    if (const auto known = checkDemoModel(request.model); !known)
        return known.error();
    if (endpoint == Endpoint::AnthropicMessages && number(object, "max_tokens").value_or(0) <= 0)
        return fail(Errc::BadRequest, "max_tokens is required and must be positive");

    readPrompt(object, request);
    if (isEmbedding(endpoint)) {
        request.onlyLoads = false;
        if (const auto read = readInputs(object, request); !read)
            return read.error();
    }
    return request;
}

} // namespace drover
