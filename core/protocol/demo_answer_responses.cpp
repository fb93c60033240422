// SPDX-License-Identifier: MIT
#include "core/protocol/demo_answer.h"
#include "core/protocol/json_text.h"

namespace drover {

namespace {

constexpr std::int64_t nanosecondsOfSecond = 1'000'000'000;

/// OpenAI's /v1/responses: one message of one text part. As in Ollama it counts as completed also when the client's
/// limit cut it.
class ResponsesDemoAnswer : public DemoAnswer {
public:
    ResponsesDemoAnswer(const DemoRequest& request, std::uint64_t number, DemoMoment begun)
        : m_request(request)
        , m_number(std::to_string(number))
        , m_created(std::to_string(begun.wallNanoseconds / nanosecondsOfSecond))
        , m_place(",\"item_id\":\"msg_" + m_number + "\",\"output_index\":0,\"content_index\":0")
    {
    }

    std::string first() override
    {
        const std::string begun = ",\"response\":" + response("in_progress", "[]", "null");
        return event("response.created", begun) + event("response.in_progress", begun)
            + event("response.output_item.added", ",\"output_index\":0,\"item\":" + item("in_progress", ""))
            + event("response.content_part.added", m_place + ",\"part\":" + part({}));
    }

    std::string word(std::string_view word, DemoMoment) override
    {
        ++m_words;
        m_text += word;
        return event("response.output_text.delta", m_place + ",\"delta\":" + jsonString(word) + ",\"logprobs\":[]");
    }

    std::string last(DemoMoment) override
    {
        const std::string done = item("completed", part(m_text));
        return event("response.output_text.done", m_place + ",\"text\":" + jsonString(m_text) + ",\"logprobs\":[]")
            + event("response.content_part.done", m_place + ",\"part\":" + part(m_text))
            + event("response.output_item.done", ",\"output_index\":0,\"item\":" + done)
            + event("response.completed", ",\"response\":" + response("completed", "[" + done + "]", usage()));
    }

    std::string whole(std::string_view text, DemoMoment) override
    {
        m_words = m_request.words;
        return response("completed", "[" + item("completed", part(text)) + "]", usage());
    }

private:
    std::string event(std::string_view type, std::string_view members)
    {
        std::string text = "event: ";
        text.append(type).append("\ndata: {\"type\":\"").append(type).append("\",\"sequence_number\":");
        text += std::to_string(m_sequence++);
        return text.append(members).append("}\n\n");
    }

    std::string part(std::string_view text) const
    {
        return "{\"type\":\"output_text\",\"text\":" + jsonString(text) + ",\"annotations\":[],\"logprobs\":[]}";
    }

    std::string item(std::string_view itemStatus, std::string_view content) const
    {
        std::string text = "{\"id\":\"msg_" + m_number + "\",\"type\":\"message\",\"status\":\"";
        return text.append(itemStatus).append("\",\"role\":\"assistant\",\"content\":[").append(content).append("]}");
    }

    std::string usage() const
    {
        return "{\"input_tokens\":" + std::to_string(m_request.promptTokens)
            + ",\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":" + std::to_string(m_words)
            + ",\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":"
            + std::to_string(m_request.promptTokens + m_words) + "}";
    }

    std::string response(std::string_view itsStatus, std::string_view output, std::string_view itsUsage) const
    {
        std::string text = "{\"id\":\"resp_" + m_number + "\",\"object\":\"response\",\"created_at\":" + m_created;
        text.append(",\"status\":\"").append(itsStatus).append("\",\"error\":null,\"incomplete_details\":null");
        text += ",\"instructions\":null,\"max_output_tokens\":null,\"model\":" + jsonString(m_request.model);
        text.append(",\"output\":").append(output);
        text +=
            ",\"parallel_tool_calls\":true,\"previous_response_id\":null,\"reasoning\":{\"effort\":null,\"summary\":"
            "null},\"store\":false,\"temperature\":1.0,\"text\":{\"format\":{\"type\":\"text\"}},\"tool_choice\":"
            "\"auto\",\"tools\":[],\"top_p\":1.0,\"truncation\":\"disabled\"";
        return text.append(",\"usage\":").append(itsUsage).append(",\"user\":null,\"metadata\":{}}");
    }

    const DemoRequest& m_request;
    std::string m_number;
    std::string m_created;
    std::string m_place; ///< members that name the text part
    std::string m_text;
    std::size_t m_words = 0;
    std::uint64_t m_sequence = 0;
};

} // namespace

std::unique_ptr<DemoAnswer> makeResponsesDemoAnswer(const DemoRequest& request, std::uint64_t number, DemoMoment begun)
{
    return std::make_unique<ResponsesDemoAnswer>(request, number, begun);
}

} // namespace drover
