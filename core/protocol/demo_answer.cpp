// SPDX-License-Identifier: MIT
#include "core/protocol/demo_answer.h"

#include "core/protocol/demo_text.h"
#include "core/protocol/json_text.h"
#include "core/protocol/rfc3339.h"

#include <array>
#include <charconv>
#include <cstring>

namespace drover {

namespace {

std::string begin(const DemoRequest& request, DemoMoment now)
{
    return "{\"model\":" + jsonString(request.model)
        + ",\"created_at\":" + jsonString(formatRfc3339Nanoseconds(now.wallNanoseconds));
}

/// Ollama's native /api/generate and /api/chat.
class OllamaDemoAnswer : public DemoAnswer {
public:
    explicit OllamaDemoAnswer(const DemoRequest& request)
        : m_request(request)
    {
    }

    std::string first() override { return {}; }

    std::string word(std::string_view word, DemoMoment now) override
    {
        ++m_words;
        return begin(m_request, now) + content(word) + ",\"done\":false}\n";
    }

    std::string last(DemoMoment now) override { return begin(m_request, now) + content({}) + figures(now) + "\n"; }

    std::string whole(std::string_view text, DemoMoment now) override
    {
        m_words = m_request.words;
        return begin(m_request, now) + content(text) + figures(now);
    }

private:
    std::string content(std::string_view text) const
    {
        if (m_request.form.endpoint == Endpoint::OllamaGenerate)
            return ",\"response\":" + jsonString(text);
        return ",\"message\":{\"role\":\"assistant\",\"content\":" + jsonString(text) + "}";
    }

    std::string figures(DemoMoment now) const
    {
        std::string text = ",\"done\":true,\"done_reason\":";
        text += m_request.cut ? "\"length\"" : "\"stop\"";
        if (m_request.form.endpoint == Endpoint::OllamaGenerate)
            text += ",\"context\":[1,2,3]";
        text += ",\"total_duration\":" + std::to_string(now.total.count());
        text += ",\"load_duration\":1000000";
        text += ",\"prompt_eval_count\":" + std::to_string(m_request.promptTokens);
        text += ",\"prompt_eval_duration\":" + std::to_string(now.prompt.count());
        text += ",\"eval_count\":" + std::to_string(m_words);
        return text + ",\"eval_duration\":" + std::to_string((now.total - now.prompt).count()) + "}";
    }

    const DemoRequest& m_request;
    std::size_t m_words = 0;
};

std::string numberText(float number)
{
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

std::string vectorText(const std::vector<float>& vector)
{
    std::string text = "[";
    for (const float number : vector)
        text += (text.size() == 1 ? "" : ",") + numberText(number);
    return text + "]";
}

/// The numbers as 32-bit floats, lowest byte first, in Base64 (RFC 4648): what OpenAI's clients ask for.
std::string base64Text(const std::vector<float>& vector)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    for (const float number : vector) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, &number, sizeof(bits));
        for (int shift = 0; shift < 32; shift += 8)
            bytes += static_cast<char>(bits >> shift & 0xFF);
    }
    std::string text = "\"";
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t three = 0;
        for (std::size_t i = 0; i < 3; ++i)
            three = three << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
        for (std::size_t i = 0; i < 4; ++i)
            text += at + i <= bytes.size() ? letters[three >> (18 - 6 * i) & 0x3F] : '=';
    }
    return text + "\"";
}

std::string openAiEmbeddings(const DemoRequest& request)
{
    std::string text = "{\"object\":\"list\",\"data\":[";
    std::size_t index = 0;
    for (const std::string& input : request.inputs) {
        const std::vector<float> vector = demoEmbedding(input, request.dimensions);
        text += index > 0 ? "," : "";
        text += "{\"object\":\"embedding\",\"embedding\":" + (request.base64 ? base64Text(vector) : vectorText(vector));
        text += ",\"index\":" + std::to_string(index++) + "}";
    }
    const std::string tokens = std::to_string(request.promptTokens);
    return text + "],\"model\":" + jsonString(request.model) + ",\"usage\":{\"prompt_tokens\":" + tokens
        + ",\"total_tokens\":" + tokens + "}}";
}

} // namespace

std::unique_ptr<DemoAnswer> makeOllamaDemoAnswer(const DemoRequest& request)
{
    return std::make_unique<OllamaDemoAnswer>(request);
}

std::unique_ptr<DemoAnswer> makeDemoAnswer(const DemoRequest& request, std::uint64_t number, DemoMoment begun)
{
    if (request.form.endpoint == Endpoint::OpenAiResponses)
        return makeResponsesDemoAnswer(request, number, begun);
    switch (dialectOf(request.form.endpoint)) {
    case Dialect::Ollama:
        break;
    case Dialect::OpenAi:
        return makeOpenAiDemoAnswer(request, number, begun);
    case Dialect::Anthropic:
        return makeAnthropicDemoAnswer(request, number);
    }
    return makeOllamaDemoAnswer(request);
}

std::string demoLoadAnswer(const DemoRequest& request, DemoMoment now)
{
    const bool generates = request.form.endpoint == Endpoint::OllamaGenerate;
    return begin(request, now)
        + (generates ? ",\"response\":\"\"" : ",\"message\":{\"role\":\"assistant\",\"content\":\"\"}")
        + ",\"done\":true,\"done_reason\":" + (request.unloads ? "\"unload\"}" : "\"load\"}");
}

std::string demoEmbeddings(const DemoRequest& request, DemoMoment now)
{
    if (request.form.endpoint == Endpoint::OpenAiEmbeddings)
        return openAiEmbeddings(request);
    if (request.form.endpoint == Endpoint::OllamaEmbeddings) {
        const std::string_view prompt = request.inputs.empty() ? std::string_view() : request.inputs.front();
        return "{\"embedding\":" + (prompt.empty() ? "[]" : vectorText(demoEmbedding(prompt, request.dimensions)))
            + "}";
    }
    std::string text = "{\"model\":" + jsonString(request.model) + ",\"embeddings\":[";
    for (const std::string& input : request.inputs)
        text += (text.back() == '[' ? "" : ",") + vectorText(demoEmbedding(input, request.dimensions));
    return text + "],\"total_duration\":" + std::to_string(now.total.count())
        + ",\"load_duration\":1000000,\"prompt_eval_count\":" + std::to_string(request.promptTokens) + "}";
}

} // namespace drover
