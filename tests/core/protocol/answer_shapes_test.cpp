// SPDX-License-Identifier: MIT
#include "core/protocol/answer_shapes.h"

#include <QtTest>

using namespace drover;

namespace {

constexpr AnswerForm chatStream{Endpoint::OllamaChat, true};
constexpr AnswerForm openAiStream{Endpoint::OpenAiChat, true};
constexpr AnswerForm responsesStream{Endpoint::OpenAiResponses, true};
constexpr AnswerForm messagesStream{Endpoint::AnthropicMessages, true};

/// Compared as QByteArray, so that a failure shows both.
QByteArray bytes(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

class AnswerShapesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatStreamsWithoutBeingAsked()
    {
        QVERIFY(answerForm(Endpoint::OllamaChat, {}).streamed);
        QVERIFY(answerForm(Endpoint::OllamaGenerate, {}).streamed);
        QVERIFY(!answerForm(Endpoint::OllamaChat, false).streamed);
        QVERIFY(!answerForm(Endpoint::OpenAiChat, {}).streamed);
        QVERIFY(answerForm(Endpoint::OpenAiChat, true).streamed);
        QVERIFY(answerForm(Endpoint::AnthropicMessages, true).streamed);
        QVERIFY(!answerForm(Endpoint::OllamaEmbed, true).streamed);
        QVERIFY(!answerForm(Endpoint::OpenAiEmbeddings, true).streamed);
    }

    void givesOllamasContentTypes()
    {
        QVERIFY(answerContentType(chatStream) == "application/x-ndjson");
        QVERIFY(answerContentType({Endpoint::OllamaChat, false}) == "application/json; charset=utf-8");
        QVERIFY(answerContentType(openAiStream) == "text/event-stream");
        QVERIFY(answerContentType({Endpoint::OpenAiEmbeddings, false}) == "application/json");
    }

    void hasAStatusForEveryError()
    {
        for (int code = 1; code <= static_cast<int>(Errc::Io); ++code) {
            for (const Dialect dialect : {Dialect::Ollama, Dialect::OpenAi, Dialect::Anthropic}) {
                const int status = statusFor(static_cast<Errc>(code), dialect);
                QVERIFY(status >= 400 && status < 600);
            }
        }
        QCOMPARE(statusFor(Errc::UserQueueFull, Dialect::Ollama), 503);
        QCOMPARE(statusFor(Errc::UserQueueFull, Dialect::OpenAi), 429);
        QCOMPARE(statusFor(Errc::UserQueueFull, Dialect::Anthropic), 429);
        QCOMPARE(statusFor(Errc::QueueFull, Dialect::OpenAi), 503);
        QCOMPARE(statusFor(Errc::BackendTimeout, Dialect::OpenAi), 504);
    }

    void writesErrorsAsEachDialectDoes()
    {
        QCOMPARE(bytes(errorBody(Dialect::Ollama, 404, "model 'nope' not found", "1")),
            QByteArray(R"({"error":"model 'nope' not found"})"));
        QCOMPARE(bytes(errorBody(Dialect::OpenAi, 404, "model 'nope' not found", "1")),
            QByteArray(
                R"({"error":{"message":"model 'nope' not found","type":"not_found_error","param":null,"code":null}})"));
        QCOMPARE(bytes(errorBody(Dialect::Anthropic, 503, "busy", "req_1")),
            QByteArray(
                R"({"type":"error","error":{"type":"overloaded_error","message":"busy"},"request_id":"req_1"})"));
        QCOMPARE(bytes(errorBody(Dialect::Ollama, 400, "a\"b\n\xFF", "")),
            QByteArray("{\"error\":\"a\\\"b\\n\xEF\xBF\xBD\"}"));
    }

    void namesTheTypeOfAnError_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("openAi");
        QTest::addColumn<QByteArray>("anthropic");
        const auto row = [](int status, const char* openAi, const char* anthropic) {
            QTest::addRow("%d", status) << status << QByteArray(openAi) << QByteArray(anthropic);
        };
        row(400, "invalid_request_error", "invalid_request_error");
        row(401, "authentication_error", "authentication_error");
        row(403, "permission_error", "permission_error");
        row(404, "not_found_error", "not_found_error");
        row(405, "invalid_request_error", "invalid_request_error");
        row(413, "invalid_request_error", "request_too_large");
        row(429, "rate_limit_error", "rate_limit_error");
        row(500, "api_error", "api_error");
        row(502, "api_error", "api_error");
        row(503, "api_error", "overloaded_error");
        row(504, "api_error", "timeout_error");
    }

    void namesTheTypeOfAnError()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, openAi);
        QFETCH(QByteArray, anthropic);

        QVERIFY(bytes(errorBody(Dialect::OpenAi, status, "x", "")).contains("\"type\":\"" + openAi + "\""));
        QVERIFY(bytes(errorBody(Dialect::Anthropic, status, "x", "")).contains("\"type\":\"" + anthropic + "\""));
    }

    void keepsWaitingClientsAlive()
    {
        const WaitingNote note{"ti\"ny", 3, "2026-11-21T08:19:17Z"};

        QCOMPARE(bytes(keepAlivePiece(chatStream, note)),
            QByteArray(
                "{\"model\":\"ti\\\"ny\",\"created_at\":\"2026-11-21T08:19:17Z\",\"message\":{\"role\":\"assistant\","
                "\"content\":\"\"},\"done\":false}\n"));
        QCOMPARE(bytes(keepAlivePiece({Endpoint::OllamaGenerate, true}, note)),
            QByteArray(
                "{\"model\":\"ti\\\"ny\",\"created_at\":\"2026-11-21T08:19:17Z\",\"response\":\"\",\"done\":false}\n"));
        QCOMPARE(bytes(keepAlivePiece(openAiStream, note)), QByteArray(": waiting, 3rd in line\n\n"));
        QCOMPARE(bytes(keepAlivePiece(responsesStream, note)), QByteArray(": waiting, 3rd in line\n\n"));
        QCOMPARE(bytes(keepAlivePiece(openAiStream, {"m", 0, ""})), QByteArray(": the model is at work\n\n"));
        QCOMPARE(
            bytes(keepAlivePiece(messagesStream, note)), QByteArray("event: ping\ndata: {\"type\": \"ping\"}\n\n"));
        QCOMPARE(bytes(keepAlivePiece({Endpoint::OllamaChat, false}, note)), QByteArray(" "));
        QCOMPARE(bytes(keepAlivePiece({Endpoint::OllamaEmbed, false}, note)), QByteArray(" "));
    }

    void endsABrokenStreamWithAnError_data()
    {
        QTest::addColumn<int>("endpoint");
        QTest::addColumn<char>("lastByte");
        QTest::addColumn<QByteArray>("piece");
        const auto row = [](const char* name, Endpoint endpoint, char lastByte, const char* piece) {
            QTest::newRow(name) << static_cast<int>(endpoint) << lastByte << QByteArray(piece);
        };
        row("line ended", Endpoint::OllamaChat, '\n', "{\"error\":\"gone\"}\n");
        row("half a line", Endpoint::OllamaChat, 'x', "\n{\"error\":\"gone\"}\n");
        row("nothing sent", Endpoint::OllamaGenerate, '\0', "{\"error\":\"gone\"}\n");
        row("event ended", Endpoint::OpenAiChat, '\n',
            "\ndata: {\"error\":{\"message\":\"gone\",\"type\":\"api_error\",\"param\":null,\"code\":null}}\n\n");
        row("half an event", Endpoint::OpenAiCompletions, '}',
            "\n\ndata: {\"error\":{\"message\":\"gone\",\"type\":\"api_error\",\"param\":null,\"code\":null}}\n\n");
        row("no event sent", Endpoint::OpenAiChat, '\0',
            "data: {\"error\":{\"message\":\"gone\",\"type\":\"api_error\",\"param\":null,\"code\":null}}\n\n");
        row("anthropic", Endpoint::AnthropicMessages, '\n',
            "\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"gone\"},"
            "\"request_id\":\"req_7\"}\n\n");
        row("responses", Endpoint::OpenAiResponses, '\n',
            "\nevent: error\ndata: {\"type\":\"error\",\"code\":\"api_error\",\"message\":\"gone\",\"param\":null,"
            "\"error\":{\"message\":\"gone\",\"type\":\"api_error\",\"param\":null,\"code\":null}}\n\n");
    }

    void endsABrokenStreamWithAnError()
    {
        QFETCH(int, endpoint);
        QFETCH(char, lastByte);
        QFETCH(QByteArray, piece);

        const std::string made =
            streamErrorPiece({static_cast<Endpoint>(endpoint), true}, {"gone", "req_7", 502, lastByte});

        QCOMPARE(bytes(made), piece);
    }

    void canOnlyAppendAnErrorToAnUnstreamedAnswerThatHasNoByteYet()
    {
        const AnswerForm whole{Endpoint::OllamaChat, false};

        QCOMPARE(bytes(streamErrorPiece(whole, {"gone", "", 502, ' '})), QByteArray("{\"error\":\"gone\"}"));
        QCOMPARE(bytes(streamErrorPiece(whole, {"gone", "", 502, 0})), QByteArray("{\"error\":\"gone\"}"));
        QCOMPARE(bytes(streamErrorPiece(whole, {"gone", "", 502, 'x'})), QByteArray());
    }

    void wrapsABackendsErrorForABegunStream()
    {
        QCOMPARE(bytes(errorAsStreamPiece(chatStream, 404, "{\"error\":\n \"model 'x' not found\"}\n", "")),
            QByteArray("{\"error\": \"model 'x' not found\"}\n"));
        const std::string openAi = R"({"error":{"message":"m","type":"t","param":null,"code":null}})";
        QCOMPARE(bytes(errorAsStreamPiece(openAiStream, 404, openAi, "")), bytes("data: " + openAi + "\n\n"));
        const std::string anthropic = R"({"type":"error","error":{"type":"t","message":"m"},"request_id":"r"})";
        QCOMPARE(bytes(errorAsStreamPiece(messagesStream, 404, anthropic, "r")),
            bytes("event: error\ndata: " + anthropic + "\n\n"));
        QVERIFY(bytes(errorAsStreamPiece(responsesStream, 404, openAi, ""))
                    .startsWith("event: error\ndata: {\"type\":\"error\""));
        QVERIFY(bytes(errorAsStreamPiece(responsesStream, 404, openAi, "")).contains("\"message\":\"m\""));
    }

    void wrapsErrorsOfAnotherShapeAsText()
    {
        QCOMPARE(bytes(errorAsStreamPiece(chatStream, 502, "<html>bad</html>\n", "")),
            QByteArray("{\"error\":\"<html>bad</html>\"}\n"));
        QCOMPARE(bytes(errorAsStreamPiece(chatStream, 500, R"({"error":{"message":"deep"}})", "")),
            QByteArray("{\"error\":\"deep\"}\n"));
        QCOMPARE(bytes(errorAsStreamPiece(chatStream, 500, "", "")),
            QByteArray("{\"error\":\"the backend gave no reason\"}\n"));
        QVERIFY(bytes(errorAsStreamPiece(messagesStream, 500, R"({"error":"plain"})", "r"))
                    .startsWith("event: error\ndata: {\"type\":\"error\""));
    }

    void findsTheSentenceInAnyError_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("ollama") << QByteArray(R"({"error":"no"})") << QByteArray("no");
        QTest::newRow("openai") << QByteArray(R"({"error":{"message":"no","type":"x"}})") << QByteArray("no");
        QTest::newRow("anthropic") << QByteArray(R"({"type":"error","error":{"type":"x","message":"no"}})")
                                   << QByteArray("no");
        QTest::newRow("json in a string")
            << QByteArray("{\"error\":\"{\\\"error\\\":{\\\"code\\\":400,\\\"message\\\":\\\"too long\\\"}}\"}")
            << QByteArray("too long");
        QTest::newRow("fastapi") << QByteArray(R"({"detail":"no"})") << QByteArray("no");
        QTest::newRow("message only") << QByteArray(R"({"message":"no"})") << QByteArray("no");
        QTest::newRow("text") << QByteArray("404 page not found\r\n") << QByteArray("404 page not found");
        QTest::newRow("broken json") << QByteArray(R"({"error":)") << QByteArray(R"({"error":)");
        QTest::newRow("nothing") << QByteArray() << QByteArray("the backend gave no reason");
        QTest::newRow("no sentence") << QByteArray("{\"error\":{}}") << QByteArray("{\"error\":{}}");
        QTest::newRow("not utf-8") << QByteArray("\xFF") << QByteArray("\xEF\xBF\xBD");
    }

    void findsTheSentenceInAnyError()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, sentence);

        QCOMPARE(bytes(errorMessageIn(body.toStdString())), sentence);
    }

    void saysPositionsInWords()
    {
        QCOMPARE(positionInWords(1), std::string("next in line"));
        QCOMPARE(positionInWords(2), std::string("2nd in line"));
        QCOMPARE(positionInWords(3), std::string("3rd in line"));
        QCOMPARE(positionInWords(4), std::string("4th in line"));
        QCOMPARE(positionInWords(11), std::string("11th in line"));
        QCOMPARE(positionInWords(12), std::string("12th in line"));
        QCOMPARE(positionInWords(21), std::string("21st in line"));
        QCOMPARE(positionInWords(113), std::string("113th in line"));
        QCOMPARE(positionInWords(1002), std::string("1002nd in line"));
    }
};

QTEST_GUILESS_MAIN(AnswerShapesTest)
#include "answer_shapes_test.moc"
