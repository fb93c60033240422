// SPDX-License-Identifier: MIT
#include "core/protocol/usage.h"

#include <QtTest>

#include <random>

using namespace drover;

namespace {

constexpr AnswerForm chat{Endpoint::OllamaChat, true};
constexpr AnswerForm generate{Endpoint::OllamaGenerate, true};
constexpr AnswerForm openAi{Endpoint::OpenAiChat, true};
constexpr AnswerForm messages{Endpoint::AnthropicMessages, true};
constexpr AnswerForm responses{Endpoint::OpenAiResponses, true};

const std::string chatEnd =
    std::string(R"({"model":"tiny","created_at":"2026","message":{"role":"assistant","content":""},"done":true,)")
    + R"("done_reason":"stop","total_duration":450469311,"load_duration":779829,)"
    + R"("prompt_eval_count":23,"prompt_eval_duration":177053000,"eval_count":7,"eval_duration":265575000})";
const std::string chatPiece =
    R"({"model":"tiny","created_at":"2026","message":{"role":"assistant","content":" one"},"done":false})";

constexpr Usage figures(std::uint64_t prompt, std::uint64_t output)
{
    return Usage{prompt, output, true, false};
}

} // namespace

class UsageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheLastLineOfAnOllamaStream()
    {
        QVERIFY(readUsage(chat, chatPiece + "\n" + chatEnd + "\n") == figures(23, 7));
        QVERIFY(readUsage(chat, chatPiece + "\r\n" + chatEnd) == figures(23, 7));
        QVERIFY(readUsage(chat, "ne\"},\"done\":false}\n" + chatEnd + "\n\n") == figures(23, 7));
    }

    void readsAGenerateThatEndsWithAContextLongerThanTheTail()
    {
        const std::string tail =
            "12,566,77],\"total_duration\":169563253,\"load_duration\":1022405,\"prompt_eval_count\":23,"
            "\"prompt_eval_duration\":159917000,\"eval_count\":4,\"eval_duration\":566000}\n";

        QVERIFY(readUsage(generate, tail) == figures(23, 4));
    }

    void noticesAnOllamaStreamWithoutItsEnd()
    {
        QVERIFY(readUsage(chat, chatPiece + "\n" + chatPiece + "\n") == Usage{});
        QVERIFY(readUsage(chat, chatPiece + "\n" + chatEnd.substr(0, 40)) == Usage{});
        QVERIFY(readUsage(chat, "") == Usage{});
        QVERIFY(readUsage(chat, "\n\n \n") == Usage{});
    }

    void noticesErrorsInAStream()
    {
        const Usage error{{}, {}, false, true};

        QVERIFY(readUsage(chat, chatPiece + "\n{\"error\":\"gone\"}\n") == error);
        QVERIFY(readUsage(openAi, "data: {\"choices\":[]}\n\ndata: {\"error\":{\"message\":\"gone\"}}\n\n") == error);
        QVERIFY(readUsage(openAi, "data: {\"error\":{\"message\":\"gone\"}}\n\ndata: [DONE]\n\n").error);
        QVERIFY(readUsage(messages, "event: error\ndata: {\"type\":\"error\",\"error\":{}}\n\n") == error);
        QVERIFY(readUsage(responses, "event: error\ndata: {\"type\":\"error\"}\n\n") == error);
    }

    void isNotFooledByTheModelsWords()
    {
        const std::string piece =
            "{\"message\":{\"content\":\"\\\"done\\\":true,\\\"eval_count\\\":999\"},\"done\":false}";
        const std::string call =
            R"({"message":{"tool_calls":[{"function":{"arguments":{"done":true,"eval_count":999}}}]},"done":false})";
        const std::string end =
            std::string(R"({"message":{"tool_calls":[{"function":{"arguments":{"done":false}}}]},"done":true,)")
            + R"("prompt_eval_count":1,"eval_count":2})";
        const std::string sse =
            "data: {\"choices\":[{\"delta\":{\"content\":\"data: [DONE]\\n\\n \\\"completion_tokens\\\":99\"}}]}";

        QVERIFY(readUsage(chat, piece) == Usage{});
        QVERIFY(readUsage(chat, call) == Usage{});
        QVERIFY(readUsage(chat, end) == figures(1, 2));
        QVERIFY(readUsage(openAi, sse + "\n\n") == Usage{});
    }

    void readsAnOpenAiStream()
    {
        const std::string pieces = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}\n\n";
        const std::string usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":23,\"completion_tokens\":7,"
                                  "\"total_tokens\":30,\"completion_tokens_details\":{\"reasoning_tokens\":3}}}\n\n";

        QVERIFY(readUsage(openAi, pieces + usage + "data: [DONE]\n\n") == figures(23, 7));
        QVERIFY(readUsage(openAi, pieces + usage + "data: [DONE]") == figures(23, 7));
        QVERIFY(readUsage(openAi, pieces + usage + "data:[DONE]\r\n\r\n") == figures(23, 7));
        QVERIFY(readUsage(openAi, pieces + "data: [DONE]\n\n") == (Usage{{}, {}, true, false}));
        QVERIFY(readUsage(openAi, pieces + usage) == (Usage{23, 7, false, false}));
        QVERIFY(readUsage(openAi, pieces + pieces) == Usage{});
        QVERIFY(readUsage(openAi, pieces + usage + "data: [DONE]\n\n: bye\n\n") == figures(23, 7));
    }

    void readsLlamaCppsTimings()
    {
        const std::string end =
            "data: {\"choices\":[{\"finish_reason\":\"stop\",\"delta\":{}}],\"timings\":{\"cache_n\":10,"
            "\"prompt_n\":5,\"prompt_ms\":3.1,\"predicted_n\":12,\"predicted_ms\":9}}\n\n";

        QVERIFY(readUsage(openAi, end + "data: [DONE]\n\n") == figures(15, 12));
    }

    void readsAnAnthropicStream()
    {
        const std::string end = "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                                "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
                                "\"end_turn\"},\"usage\":{\"input_tokens\":23,\"output_tokens\":7}}\n\n";

        QVERIFY(
            readUsage(messages, end + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n") == figures(23, 7));
        QVERIFY(readUsage(messages, end + "data: {\"type\": \"message_stop\"}\n\n") == figures(23, 7));
        QVERIFY(readUsage(messages, end) == (Usage{23, 7, false, false}));
    }

    void readsAResponsesStream()
    {
        const std::string usage =
            "\"usage\":{\"input_tokens\":23,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":7}}}\n\n";
        const std::string delta =
            "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\"}\n\n";

        for (const char* type : {"completed", "failed", "incomplete"}) {
            const std::string name = std::string("response.") + type;
            const std::string begin = "event: " + name + "\ndata: {\"type\":\"" + name + "\",\"response\":{";
            QVERIFY(readUsage(responses, delta + begin + usage) == figures(23, 7));
            QVERIFY(readUsage(responses, begin.substr(9) + usage) == figures(23, 7));
        }
        QVERIFY(readUsage(responses, "long text\"}]}]," + usage) == figures(23, 7)); // its beginning is lost
        QVERIFY(readUsage(responses, delta) == Usage{});
        QVERIFY(readUsage(responses, "long text\"}\n\n" + delta) == Usage{});
    }

    void readsAnswersThatAreNotStreamed()
    {
        QVERIFY(readUsage({Endpoint::OllamaChat, false}, chatEnd) == figures(23, 7));
        QVERIFY(readUsage({Endpoint::OllamaEmbed, false}, "0.1]],\"total_duration\":5,\"prompt_eval_count\":9}")
            == (Usage{9, {}, true, false}));
        QVERIFY(
            readUsage({Endpoint::OllamaEmbeddings, false}, "{\"embedding\":[0.1]}") == (Usage{{}, {}, true, false}));
        QVERIFY(
            readUsage({Endpoint::OpenAiChat, false}, "x\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\": 4}}")
            == figures(3, 4));
        QVERIFY(readUsage({Endpoint::AnthropicMessages, false}, "\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}")
            == figures(3, 4));
        QVERIFY(readUsage({Endpoint::OllamaChat, false}, "{\"error\":\"x\"}").error);
        QVERIFY(readUsage({Endpoint::AnthropicMessages, false}, "{\"type\":\"error\",\"error\":{}}").error);
        QVERIFY(!readUsage({Endpoint::OllamaGenerate, false}, "{\"response\":\"x\",\"done\":false}").complete);
    }

    void takesNoFiguresThatAreNone()
    {
        for (const char* value : {"null", "-1", "\"7\"", "{}", "", "99999999999999999999999999"}) {
            const std::string line = "{\"done\":true,\"eval_count\":" + std::string(value) + "}";
            QVERIFY2(!readUsage(chat, line).outputTokens, value);
        }
    }

    void endsWhenTheTailBeginsWithAKeyThatIsNone()
    {
        for (const char* tail : {"\"done\"", "\"eval_count\" ", "\"done\"}", "\"done\" \"eval_count\""})
            QVERIFY2(readUsage(chat, tail) == Usage{}, tail);
        QVERIFY(!readUsage({Endpoint::OpenAiChat, false}, "\"prompt_tokens\"").promptTokens);
    }

    void survivesAnything()
    {
        std::mt19937 random(7);
        const std::string bytes = "{}[]\":,\\\r\n \tdata:event done true eval_count \"done\" \"usage\" \xFF";
        for (int round = 0; round < 20'000; ++round) {
            std::string tail;
            const std::size_t size = random() % 80;
            for (std::size_t i = 0; i < size; ++i)
                tail += bytes[random() % bytes.size()];
            for (const AnswerForm form :
                {chat, generate, openAi, messages, responses, AnswerForm{Endpoint::OpenAiChat, false}})
                (void)readUsage(form, tail);
        }
    }
};

QTEST_GUILESS_MAIN(UsageTest)
#include "usage_test.moc"
