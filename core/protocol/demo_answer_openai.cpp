// SPDX-License-Identifier: MIT
#include "core/protocol/demo_answer.h"
#include "core/protocol/json_text.h"

namespace drover {

namespace {

constexpr std::int64_t nanosecondsOfSecond = 1'000'000'000;

std::string event(std::string_view json)
{
    return std::string("data: ").append(json).append("\n\n");
}

/// /v1/chat/completions and /v1/completions.
class OpenAiDemoAnswer : public DemoAnswer {
public:
    OpenAiDemoAnswer(const DemoRequest& request, std::uint64_t number, DemoMoment begun)
        : m_request(request)
        , m_isChat(request.form.endpoint == Endpoint::OpenAiChat)
    {
        m_id = jsonString((m_isChat ? "chatcmpl-" : "cmpl-") + std::to_string(number));
        m_created = std::to_string(begun.wallNanoseconds / nanosecondsOfSecond);
    }

    std::string first() override { return {}; }

    std::string word(std::string_view word, DemoMoment) override
    {
        const bool isFirst = m_words++ == 0;
        std::string choice = "{\"index\":0,";
        if (m_isChat) {
            choice += "\"delta\":{";
            choice += isFirst ? "\"role\":\"assistant\"," : "";
            choice += "\"content\":" + jsonString(word) + "}";
        } else {
            choice += "\"text\":" + jsonString(word);
        }
        return event(begin("chat.completion.chunk") + ",\"choices\":[" + choice + ",\"finish_reason\":null}]}");
    }

    std::string last(DemoMoment) override
    {
        const std::string head = begin("chat.completion.chunk");
        std::string text = event(head + ",\"choices\":[{\"index\":0," + (m_isChat ? "\"delta\":{}" : "\"text\":\"\"")
            + ",\"finish_reason\":" + reason() + "}]}");
        if (m_request.wantsUsage)
            text += event(head + ",\"choices\":[]" + usage() + "}");
        return text + event("[DONE]");
    }

    std::string whole(std::string_view text, DemoMoment) override
    {
        m_words = m_request.words;
        const std::string content = m_isChat
            ? "\"message\":{\"role\":\"assistant\",\"content\":" + jsonString(text) + "}"
            : "\"text\":" + jsonString(text);
        return begin("chat.completion") + ",\"choices\":[{\"index\":0," + content + ",\"finish_reason\":" + reason()
            + "}]" + usage() + "}";
    }

private:
    std::string begin(std::string_view chatObject) const
    {
        return "{\"id\":" + m_id + ",\"object\":" + jsonString(m_isChat ? chatObject : "text_completion")
            + ",\"created\":" + m_created + ",\"model\":" + jsonString(m_request.model)
            + ",\"system_fingerprint\":\"fp_drover_demo\"";
    }

    std::string reason() const { return m_request.cut ? "\"length\"" : "\"stop\""; }

    std::string usage() const
    {
        return ",\"usage\":{\"prompt_tokens\":" + std::to_string(m_request.promptTokens) + ",\"completion_tokens\":"
            + std::to_string(m_words) + ",\"total_tokens\":" + std::to_string(m_request.promptTokens + m_words) + "}";
    }

    const DemoRequest& m_request;
    bool m_isChat;
    std::string m_id; ///< as JSON
    std::string m_created;
    std::size_t m_words = 0;
};

} // namespace

std::unique_ptr<DemoAnswer> makeOpenAiDemoAnswer(const DemoRequest& request, std::uint64_t number, DemoMoment begun)
{
    return std::make_unique<OpenAiDemoAnswer>(request, number, begun);
}

} // namespace drover
