// SPDX-License-Identifier: MIT
#include "core/protocol/routes.h"

#include <QtTest>

using namespace drover;

class RoutesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void queuesTheCallsThatTakeASlot_data()
    {
        QTest::addColumn<std::string>("path");
        QTest::addColumn<Endpoint>("endpoint");
        QTest::addColumn<Dialect>("dialect");
        QTest::newRow("generate") << std::string("/api/generate") << Endpoint::OllamaGenerate << Dialect::Ollama;
        QTest::newRow("chat") << std::string("/api/chat") << Endpoint::OllamaChat << Dialect::Ollama;
        QTest::newRow("embed") << std::string("/api/embed") << Endpoint::OllamaEmbed << Dialect::Ollama;
        QTest::newRow("embeddings") << std::string("/api/embeddings") << Endpoint::OllamaEmbeddings << Dialect::Ollama;
        QTest::newRow("openai chat") << std::string("/v1/chat/completions") << Endpoint::OpenAiChat << Dialect::OpenAi;
        QTest::newRow("openai completions")
            << std::string("/v1/completions") << Endpoint::OpenAiCompletions << Dialect::OpenAi;
        QTest::newRow("openai embeddings")
            << std::string("/v1/embeddings") << Endpoint::OpenAiEmbeddings << Dialect::OpenAi;
        QTest::newRow("responses") << std::string("/v1/responses") << Endpoint::OpenAiResponses << Dialect::OpenAi;
        QTest::newRow("messages") << std::string("/v1/messages") << Endpoint::AnthropicMessages << Dialect::Anthropic;
    }

    void queuesTheCallsThatTakeASlot()
    {
        QFETCH(std::string, path);
        QFETCH(Endpoint, endpoint);
        QFETCH(Dialect, dialect);

        const Route route = findRoute("POST", path);
        const Route wrong = findRoute("GET", path);

        QCOMPARE(route.kind, RouteKind::Queued);
        QCOMPARE(route.endpoint, endpoint);
        QCOMPARE(route.dialect, dialect);
        QCOMPARE(dialectOf(endpoint), dialect);
        QVERIFY(pathOf(endpoint) == path);
        QCOMPARE(wrong.kind, RouteKind::WrongMethod);
        QVERIFY(wrong.allow == "POST");
    }

    void sortsEveryOtherPath_data()
    {
        QTest::addColumn<std::string>("method");
        QTest::addColumn<std::string>("path");
        QTest::addColumn<RouteKind>("kind");
        const auto row = [](const char* method, const char* path, RouteKind kind) {
            QTest::newRow((std::string(method) + " " + path).c_str())
                << std::string(method) << std::string(path) << kind;
        };
        row("GET", "/", RouteKind::Root);
        row("HEAD", "/", RouteKind::Root);
        row("POST", "/", RouteKind::WrongMethod);
        row("GET", "/api/tags", RouteKind::Forwarded);
        row("HEAD", "/api/tags", RouteKind::Forwarded);
        row("GET", "/api/ps", RouteKind::Forwarded);
        row("HEAD", "/api/version", RouteKind::Forwarded);
        row("GET", "/api/status", RouteKind::Forwarded);
        row("POST", "/api/show", RouteKind::Forwarded);
        row("GET", "/v1/models", RouteKind::Forwarded);
        row("GET", "/v1/models/me%2Ftiny", RouteKind::Forwarded);
        row("GET", "/v1/models/", RouteKind::Unknown);
        row("POST", "/v1/models/x", RouteKind::WrongMethod);
        row("POST", "/api/pull", RouteKind::Managed);
        row("POST", "/api/push", RouteKind::Managed);
        row("POST", "/api/create", RouteKind::Managed);
        row("POST", "/api/copy", RouteKind::Managed);
        row("DELETE", "/api/delete", RouteKind::Managed);
        row("POST", "/api/delete", RouteKind::WrongMethod);
        row("HEAD", "/api/blobs/sha256:1", RouteKind::Managed);
        row("POST", "/api/blobs/sha256:1", RouteKind::Managed);
        row("GET", "/api/blobs/sha256:1", RouteKind::WrongMethod);
        row("POST", "/api/me", RouteKind::Managed);
        row("POST", "/api/signout", RouteKind::Managed);
        row("GET", "/health", RouteKind::Health);
        row("HEAD", "/healthz", RouteKind::Health);
        row("GET", "/queue", RouteKind::QueueList);
        row("GET", "/queue/17", RouteKind::QueueItem);
        row("DELETE", "/queue/17", RouteKind::QueueItem);
        row("GET", "/queue/", RouteKind::Unknown);
        row("GET", "/queue/1/2", RouteKind::Unknown);
        row("POST", "/queue", RouteKind::WrongMethod);
        row("GET", "", RouteKind::Unknown);
        row("GET", "/api", RouteKind::Unknown);
        row("POST", "/api/chatter", RouteKind::Unknown);
        row("POST", "/api/chat/", RouteKind::Unknown);
        row("POST", "/API/chat", RouteKind::Unknown);
        row("post", "/api/chat", RouteKind::WrongMethod);
        row("", "/api/chat", RouteKind::WrongMethod);
        row("PATCH", "/api/chat", RouteKind::WrongMethod);
    }

    void sortsEveryOtherPath()
    {
        QFETCH(std::string, method);
        QFETCH(std::string, path);
        QFETCH(RouteKind, kind);

        QCOMPARE(findRoute(method, path).kind, kind);
    }

    void tellsErrorsOfUnknownPathsInTheNearestDialect()
    {
        QCOMPARE(findRoute("POST", "/v1/messages/count_tokens").dialect, Dialect::Anthropic);
        QCOMPARE(findRoute("POST", "/v1/nothing").dialect, Dialect::OpenAi);
        QCOMPARE(findRoute("POST", "/nothing").dialect, Dialect::Ollama);
        QCOMPARE(findRoute("POST", "/v1ish").dialect, Dialect::Ollama);
    }

    void namesTheQueueItemOfAPath()
    {
        QVERIFY(queueItemOf("/queue/abc-1") == "abc-1");
        QVERIFY(queueItemOf("/queue/").empty());
        QVERIFY(queueItemOf("/queue/a/b").empty());
        QVERIFY(queueItemOf("/other/a").empty());
    }
};

QTEST_GUILESS_MAIN(RoutesTest)
#include "routes_test.moc"
