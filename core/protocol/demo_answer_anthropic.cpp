// SPDX-License-Identifier: MIT
#include "core/protocol/demo_answer.h"
#include "core/protocol/json_text.h"

namespace drover {

namespace {

/// Anthropic's /v1/messages: one text block.
class AnthropicDemoAnswer : public DemoAnswer {
public:
    AnthropicDemoAnswer(const DemoRequest& request, std::uint64_t number)
        : m_request(request)
        , m_id("\"msg_" + std::to_string(number) + "\"")
    {
    }

    std::string first() override
    {
        return event("message_start",
                   ",\"message\":" + message("", "null") + ",\"usage\":{\"input_tokens\":" + promptTokens()
                       + ",\"output_tokens\":0}}")
            + event("content_block_start", ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    }

    std::string word(std::string_view word, DemoMoment) override
    {
        ++m_words;
        return event("content_block_delta",
            ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + jsonString(word) + "}");
    }

    std::string last(DemoMoment) override
    {
        return event("content_block_stop", ",\"index\":0")
            + event("message_delta", ",\"delta\":{\"stop_reason\":" + reason() + ",\"stop_sequence\":null}" + usage())
            + event("message_stop", "");
    }

    std::string whole(std::string_view text, DemoMoment) override
    {
        m_words = m_request.words;
        return message("{\"type\":\"text\",\"text\":" + jsonString(text) + "}", reason()) + usage() + "}";
    }

private:
    static std::string event(std::string_view type, std::string_view members)
    {
        std::string text = "event: ";
        text.append(type).append("\ndata: {\"type\":\"").append(type).append("\"");
        return text.append(members).append("}\n\n");
    }

    /// A message object up to its usage, which comes last.
    std::string message(std::string_view content, std::string_view stopReason) const
    {
        std::string text =
            "{\"id\":" + m_id + ",\"type\":\"message\",\"role\":\"assistant\",\"model\":" + jsonString(m_request.model);
        text.append(",\"content\":[").append(content).append("],\"stop_reason\":").append(stopReason);
        return text + ",\"stop_sequence\":null";
    }

    std::string promptTokens() const { return std::to_string(m_request.promptTokens); }
    std::string reason() const { return m_request.cut ? "\"max_tokens\"" : "\"end_turn\""; }
    std::string usage() const
    {
        return ",\"usage\":{\"input_tokens\":" + promptTokens() + ",\"output_tokens\":" + std::to_string(m_words) + "}";
    }

    const DemoRequest& m_request;
    std::string m_id; ///< as JSON
    std::size_t m_words = 0;
};

} // namespace

std::unique_ptr<DemoAnswer> makeAnthropicDemoAnswer(const DemoRequest& request, std::uint64_t number)
{
    return std::make_unique<AnthropicDemoAnswer>(request, number);
}

} // namespace drover
