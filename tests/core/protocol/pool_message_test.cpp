// SPDX-License-Identifier: MIT
#include "core/protocol/pool_message.h"

#include "core/protocol/base64.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace drover;

namespace {

template <class Message> Message read(std::string_view frame)
{
    auto message = parsePoolMessage(frame);
    if (!message)
        qFatal("%s", message.error().detail.c_str());
    if (!std::holds_alternative<Message>(*message))
        qFatal("another type");
    return std::get<Message>(std::move(*message));
}

QByteArray written(const std::string& frame)
{
    return QByteArray::fromStdString(frame);
}

} // namespace

class PoolMessageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsASeedServersRequest()
    {
        const auto request = read<PoolProxyRequest>(
            "{\"type\":\"http_proxy_request\",\"request_id\":\"359fc8bd\",\"method\":\"POST\",\"path\":\"/v1/chat/"
            "completions\","
            "\"headers\":{\"Cache-Control\":\"no-store\",\"Content-Type\":\"application/json\",\"X-Request-Id\":\"\"},"
            "\"stream\":true,\"body\":\"eyJtb2RlbCI6ICJ0aW55In0=\"}");

        QCOMPARE(request.id, std::string("359fc8bd"));
        QCOMPARE(request.method, std::string("POST"));
        QCOMPARE(request.path, std::string("/v1/chat/completions"));
        QVERIFY(request.stream);
        QCOMPARE(request.body, std::string("{\"model\": \"tiny\"}"));
        QCOMPARE(request.headers.size(), 3u);
        QCOMPARE(request.headers[1].second, std::string("application/json"));
    }

    void readsAGenerateJobAndAlwaysSaysWhetherItStreams()
    {
        const auto asked = read<PoolJobRequest>("{\"type\":\"job_request\",\"job_id\":\"7\",\"endpoint\":\"generate\","
                                                "\"payload\":{\"model\":\"tiny\",\"prompt\":\"Hello\"}}");

        QCOMPARE(asked.endpoint, std::string("generate"));
        QVERIFY(!asked.stream);
        const auto payload = QJsonDocument::fromJson(written(asked.payload)).object();
        QCOMPARE(payload.value(QStringLiteral("prompt")).toString(), QStringLiteral("Hello"));
        QVERIFY(payload.value(QStringLiteral("stream")).isBool());
        QVERIFY(!payload.value(QStringLiteral("stream")).toBool());
    }

    void readsCancels()
    {
        QCOMPARE(read<PoolProxyCancel>("{\"type\":\"http_proxy_cancel\",\"request_id\":\"a\"}").id, std::string("a"));
        QCOMPARE(read<PoolJobCancel>("{\"type\":\"cancel_job\",\"job_id\":\"b\"}").id, std::string("b"));
    }

    void takesAnUnknownTypeForNothing()
    {
        read<PoolUnknown>("{\"type\":\"pool_party\",\"request_id\":7}");
        read<PoolUnknown>("{}");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<int>("code");
        const auto bad = static_cast<int>(Errc::BadRequest);
        const auto large = static_cast<int>(Errc::TooLarge);
        const QByteArray request = "{\"type\":\"http_proxy_request\",\"request_id\":";
        QTest::newRow("no JSON") << QByteArray("register") << bad;
        QTest::newRow("a list") << QByteArray("[]") << bad;
        QTest::newRow("more behind it") << QByteArray("{}{}") << bad;
        QTest::newRow("no id") << QByteArray("{\"type\":\"http_proxy_request\"}") << bad;
        QTest::newRow("an empty id") << request + "\"\"}" << bad;
        QTest::newRow("an id with a line break") << request + "\"a\\nb\"}" << bad;
        QTest::newRow("an id of 129 bytes") << request + '"' + QByteArray(129, 'a') + "\"}" << bad;
        QTest::newRow("a body that is not base64") << request + "\"a\",\"body\":\"e\"}" << bad;
        QTest::newRow("a header with a line break") << request + "\"a\",\"headers\":{\"A\":\"b\\r\\nC: d\"}}" << bad;
        QTest::newRow("a header's name with a blank") << request + "\"a\",\"headers\":{\"A b\":\"c\"}}" << bad;
        QTest::newRow("a header's number") << request + "\"a\",\"headers\":{\"A\":7}}" << bad;
        QTest::newRow("large headers") << request + "\"a\",\"headers\":{\"A\":\"" + QByteArray(40000, 'x') + "\"}}"
                                       << large;
        QTest::newRow("deep nesting") << QByteArray("{\"a\":") + QByteArray(100, '[') + QByteArray(100, ']') + "}"
                                      << bad;
        QByteArray brackets = "{\"a\":[";
        for (int i = 0; i < 200000; ++i)
            brackets += "[],";
        QTest::newRow("a gigabyte of empty lists") << brackets + "[]]}" << large;
        QTest::newRow("a job without a payload") << QByteArray("{\"type\":\"job_request\",\"job_id\":\"a\"}") << bad;
    }

    void refuses()
    {
        QFETCH(QByteArray, frame);
        QFETCH(int, code);

        const auto message = parsePoolMessage(frame.toStdString());

        QVERIFY(!message);
        QCOMPARE(static_cast<int>(message.error().code), code);
    }

    void readsABodyOfManyMegabytes()
    {
        const std::string body(6 << 20, '\xa7');
        std::string frame = "{\"type\":\"http_proxy_request\",\"request_id\":\"a\",\"body\":\"";
        appendBase64(frame, body);

        const auto request = read<PoolProxyRequest>(frame + "\"}");

        QVERIFY(request.body == body);
    }

    void registersWithTheKeyInBothFields()
    {
        const std::string frame = poolFrame(PoolRegister{.workerId = "id",
            .workerName = "Al \"pha\"",
            .key = "secret",
            .models = {"llama3:8b", "qwen"},
            .maxConcurrency = 2,
            .version = "0.1.0"});

        QCOMPARE(written(frame),
            QByteArray("{\"type\":\"register\",\"worker_id\":\"id\",\"worker_name\":\"Al "
                       "\\\"pha\\\"\",\"worker_key\":\"secret\","
                       "\"client_key\":\"secret\",\"models\":[\"llama3:8b\",\"qwen\"],\"max_concurrency\":2,"
                       "\"version\":\"0.1.0\",\"agent_config\":{\"backend_family\":\"drover\"}}"));
    }

    void registersWithoutKeyFieldsWhereThereIsNone()
    {
        const std::string frame = poolFrame(PoolRegister{.workerId = "id", .workerName = "a"});

        QVERIFY(frame.find("key") == frame.npos);
        QVERIFY(frame.find("\"models\":[]") != frame.npos);
    }

    void writesTheAnswerOfTheProxyExchange()
    {
        const std::vector<std::pair<std::string, std::string>> headers{{"Content-Type", "text/event-stream"}};

        QCOMPARE(written(poolFrame(PoolAnswerHead{"r", 200, headers})),
            QByteArray("{\"type\":\"http_proxy_response_headers\",\"request_id\":\"r\",\"status\":200,"
                       "\"headers\":{\"Content-Type\":\"text/event-stream\"}}"));
        QCOMPARE(written(poolFrame(PoolAnswerChunk{"r", "data: x"})),
            QByteArray("{\"type\":\"http_proxy_response_chunk\",\"request_id\":\"r\",\"data\":\"ZGF0YTogeA==\"}"));
        QCOMPARE(written(poolFrame(PoolAnswerEnd{"r", {}})),
            QByteArray("{\"type\":\"http_proxy_response_end\",\"request_id\":\"r\"}"));
        const std::optional<PoolFault> fault = PoolFault{"upstream_error", "it said \"no\""};
        QCOMPARE(written(poolFrame(PoolAnswerEnd{"r", fault})),
            QByteArray(
                "{\"type\":\"http_proxy_response_end\",\"request_id\":\"r\",\"error\":{\"code\":\"upstream_error\","
                "\"message\":\"it said \\\"no\\\"\"}}"));
    }

    void writesTheAnswerOfTheJobExchange()
    {
        QCOMPARE(written(poolFrame(PoolJobChunk{"j", "{\"response\":\"Hel\",\"done\":false}"})),
            QByteArray("{\"type\":\"job_chunk\",\"job_id\":\"j\",\"data\":{\"response\":\"Hel\",\"done\":false}}"));
        QCOMPARE(written(poolFrame(PoolJobResult{"j", "{\"done\":true}"})),
            QByteArray("{\"type\":\"job_result\",\"job_id\":\"j\",\"data\":{\"done\":true}}"));
        const PoolFault fault{"worker_draining", "worker is draining"};
        QCOMPARE(written(poolFrame(PoolJobError{"j", fault})),
            QByteArray("{\"type\":\"job_error\",\"job_id\":\"j\",\"code\":\"worker_draining\",\"message\":\"worker is "
                       "draining\"}"));
    }

    void keepsTheLargestChunkWithinTheLimitOfOldServers()
    {
        const std::string id(poolIdBytesMax, 'i');
        const std::string bytes(poolChunkBytesMax, 'x');

        QVERIFY(poolFrame(PoolAnswerChunk{id, bytes}).size() <= poolMessageBytesMax);
    }

    void keepsARegistrationWithinTheLimitHoweverManyModelsThereAre()
    {
        PoolRegister message{.workerId = "id", .workerName = "a"};
        for (int i = 0; i < 5000; ++i)
            message.models.push_back("model-" + std::to_string(i) + ":latest");

        QVERIFY(poolFrame(message).size() <= poolMessageBytesMax);
        QVERIFY(poolFrame(message).size() > 20000);
    }

    void leavesTheContextOutOfAResultThatIsTooLarge()
    {
        std::string json = "{\"response\":\"Hi\",\"context\":[1";
        for (int i = 0; i < 20000; ++i)
            json += ",2";
        json += "],\"done\":true}";

        QCOMPARE(
            written(poolJobValue(json, 30000).value_or("nothing")), QByteArray("{\"response\":\"Hi\",\"done\":true}"));
        QVERIFY(poolJobValue(json, 100000).value_or("").find("context") != std::string::npos);
        QVERIFY(!poolJobValue("{\"response\":\"" + std::string(40000, 'x') + "\"}", 30000));
        QVERIFY(!poolJobValue("half a li", 30000));
    }

    void readsBase64ThatItWrote()
    {
        std::string bytes;
        for (int i = 0; i < 300; ++i) {
            std::string text;
            appendBase64(text, bytes);
            QCOMPARE(fromBase64(text).value_or("nothing"), bytes);
            QCOMPARE(written(text), written(bytes).toBase64());
            bytes += static_cast<char>(i);
        }
    }

    void refusesWhatIsNotBase64()
    {
        for (const std::string_view text :
            {"a", "ab", "abc", "a===", "====", "ab=c", "ab==cd==", "a b=", "YR==", "YWJ=="})
            QVERIFY2(!fromBase64(text), text.data());
    }
};

QTEST_GUILESS_MAIN(PoolMessageTest)
#include "pool_message_test.moc"
