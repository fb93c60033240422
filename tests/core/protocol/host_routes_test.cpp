// SPDX-License-Identifier: MIT
#include "core/protocol/host_routes.h"

#include <QtTest>

using namespace drover;

class HostRoutesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsInferenceUnderEveryPrefix()
    {
        const Endpoint openAi[] = {Endpoint::OpenAiChat, Endpoint::OpenAiCompletions, Endpoint::OpenAiEmbeddings,
            Endpoint::OpenAiResponses, Endpoint::AnthropicMessages};
        for (const Endpoint endpoint : openAi) {
            for (const char* prefix : {"", "/api", "/api/llm", "/api/llm/id/w1"}) {
                const std::string path = prefix + std::string(pathOf(endpoint));
                const HostRoute route = findHostRoute("POST", path, {});
                QVERIFY2(route.kind == HostRouteKind::Inference, path.c_str());
                QVERIFY(route.endpoint == endpoint);
                QVERIFY(route.dialect == dialectOf(endpoint));
                QVERIFY(route.keyNeeded);
                QVERIFY(route.worker == (path.find("/id/") == path.npos ? "" : "w1"));
                const HostRoute wrong = findHostRoute("GET", path, {});
                QVERIFY(wrong.kind == HostRouteKind::WrongMethod && wrong.allow == "POST" && wrong.keyNeeded);
            }
        }
        for (const Endpoint endpoint :
            {Endpoint::OllamaGenerate, Endpoint::OllamaChat, Endpoint::OllamaEmbed, Endpoint::OllamaEmbeddings}) {
            const HostRoute route = findHostRoute("POST", pathOf(endpoint), {});
            QVERIFY(route.kind == HostRouteKind::Inference && route.endpoint == endpoint);
            QVERIFY(route.dialect == Dialect::Ollama && route.keyNeeded);
        }
    }

    void sortsEveryOtherPath_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("keyNeeded");
        const auto row = [](const char* method, const char* path, HostRouteKind kind, bool keyNeeded) {
            QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path) << int(kind) << keyNeeded;
        };
        using Kind = HostRouteKind;
        for (const char* path : {"/workers/connect", "/api/workers/connect", "/api/llm/connect", "/my/own"}) {
            row("GET", path, Kind::Workers, false);
            row("POST", path, Kind::WrongMethod, false);
        }
        row("GET", "/my/own/more", Kind::Unknown, false);
        row("GET", "/v1/models", Kind::Models, true);
        row("HEAD", "/v1/models", Kind::Models, true);
        row("GET", "/api/v1/models", Kind::Models, true);
        row("GET", "/api/llm/v1/models", Kind::Models, true);
        row("DELETE", "/v1/models/x", Kind::WrongMethod, true);
        row("GET", "/api/tags", Kind::Tags, true);
        row("GET", "/api/ps", Kind::Loaded, true);
        row("POST", "/api/show", Kind::Show, true);
        row("GET", "/api/show", Kind::WrongMethod, true);
        row("GET", "/api/version", Kind::Version, true);
        row("GET", "/api/v1/state", Kind::State, true);
        row("GET", "/api/v1/state/stream", Kind::StateStream, true);
        row("GET", "/api/state", Kind::PluginState, true);
        row("GET", "/api/state/stream", Kind::PluginStateStream, true);
        row("POST", "/api/state", Kind::WrongMethod, true);
        row("GET", "/state", Kind::Page, false);
        row("GET", "/metrics", Kind::Metrics, false);
        row("GET", "/healthz", Kind::Health, false);
        row("DELETE", "/healthz", Kind::WrongMethod, false);
        row("GET", "/", Kind::Root, false);
        row("GET", "/j", Kind::Join, false);
        row("POST", "/j", Kind::Join, false);
        row("PUT", "/j", Kind::WrongMethod, false);
        // What only the local proxy has, or nobody.
        for (const char* path :
            {"/api/pull", "/api/delete", "/api/blobs/x", "/queue/1", "/status", "", "v1/models", "/v1/models/",
                "/v1/state", "/api/llm/v1/state", "/api/v1/api/tags", "/api/llm/api/chat", "/api/llm/id/w",
                "/api/llm/id/w/", "/api/llm/id//v1/models", "/api/llm/id/w/api/chat", "/api/llm/id/w/api/v1/state",
                "/api/api/v1/models", "/v1", "/v11/models", "/API/tags", "/healthz/", "/../api/tags"})
            row("GET", path, Kind::Unknown,
                QByteArray(path).startsWith("/api/") || path == std::string_view("/v1")
                    || QByteArray(path).startsWith("/v1/"));
        row("GE", "/healthz", Kind::WrongMethod, false);
        row("", "/healthz", Kind::WrongMethod, false);
        row("GET, HEAD", "/healthz", Kind::WrongMethod, false);
    }
    void sortsEveryOtherPath()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(int, kind);
        QFETCH(bool, keyNeeded);

        const HostRoute route = findHostRoute(method.toStdString(), path.toStdString(), "/my/own");

        QCOMPARE(int(route.kind), kind);
        QCOMPARE(route.keyNeeded, keyNeeded);
        QCOMPARE(route.allow.empty(), route.kind == HostRouteKind::Unknown);
    }

    void findsModelsWhoseIdsHaveSlashes()
    {
        for (const char* prefix : {"", "/api", "/api/llm"}) {
            for (const char* id : {"m:1b", "hf.co/org/M-GGUF:Q4_K_M", "hf.co%2Forg%2Fm", "a//b", "x/"}) {
                const std::string path = std::string(prefix) + "/v1/models/" + id;
                const HostRoute route = findHostRoute("GET", path, {});
                QVERIFY2(route.kind == HostRouteKind::Model, path.c_str());
                QVERIFY(route.model == id);
                QVERIFY(route.dialect == Dialect::OpenAi);
            }
        }
        const std::string path = "/api/llm/id/w%201/v1/models/a/b";
        const HostRoute route = findHostRoute("GET", path, {});
        QVERIFY(route.kind == HostRouteKind::Model && route.model == "a/b" && route.worker == "w%201");
    }

    void tellsErrorsInTheDialectOfThePath()
    {
        QVERIFY(findHostRoute("GET", "/v1/unknown", {}).dialect == Dialect::OpenAi);
        QVERIFY(findHostRoute("GET", "/api/llm/v1/unknown", {}).dialect == Dialect::OpenAi);
        QVERIFY(findHostRoute("POST", "/v1/messages/count_tokens", {}).dialect == Dialect::Anthropic);
        QVERIFY(findHostRoute("POST", "/api/unknown", {}).dialect == Dialect::Ollama);
    }
};

QTEST_GUILESS_MAIN(HostRoutesTest)
#include "host_routes_test.moc"
