// SPDX-License-Identifier: MIT
#include "core/backends/demo_backend.h"
#include "core/protocol/model_lists.h"
#include "core/protocol/usage.h"

#include <boost/asio/read.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <QtTest/QtTest>

#include <memory>
#include <vector>

using namespace drover;
using namespace std::chrono_literals;
namespace json = boost::json;

Q_DECLARE_METATYPE(drover::Endpoint)

namespace {

constexpr auto waitMax = 20s;
constexpr DemoPace fast{.wordEvery = 0ms, .slots = 2};

/// A connection that sends one request and gathers what comes back.
struct Call {
    explicit Call(asio::io_context& io)
        : socket(io.get_executor())
    {
    }
    Socket socket;
    std::string received;
    bool ended = false;

    std::string_view body() const
    {
        const std::size_t end = received.find("\r\n\r\n");
        return end == std::string::npos ? std::string_view() : std::string_view(received).substr(end + 4);
    }
    int status() const { return received.size() > 12 ? std::stoi(received.substr(9, 3)) : 0; }
    /// The body without its chunks' sizes.
    std::string content() const
    {
        if (received.find("chunked") == std::string::npos)
            return std::string(body());
        std::string text;
        for (std::string_view rest = body(); !rest.empty();) {
            const std::size_t size = std::stoul(std::string(rest.substr(0, rest.find("\r\n"))), nullptr, 16);
            rest.remove_prefix(rest.find("\r\n") + 2);
            text += rest.substr(0, size);
            rest.remove_prefix(std::min(rest.size(), size + 2));
            if (size == 0)
                break;
        }
        return text;
    }
};

Task<> run(std::shared_ptr<Call> call, Tcp::endpoint server, std::string request)
{
    auto [connectError] = co_await call->socket.async_connect(server, quiet);
    auto [writeError, written] = co_await asio::async_write(call->socket, asio::buffer(request), quiet);
    std::array<char, 4096> buffer;
    while (!connectError && !writeError) {
        auto [error, size] = co_await call->socket.async_read_some(asio::buffer(buffer), quiet);
        if (error)
            break;
        call->received.append(buffer.data(), size);
    }
    call->ended = true;
}

std::string post(std::string_view path, std::string_view body)
{
    std::string request = "POST ";
    request.append(path).append(" HTTP/1.1\r\nHost: demo\r\nConnection: close\r\nContent-Length: ");
    return request.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
}

std::string get(std::string_view path)
{
    return std::string("GET ").append(path).append(" HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n\r\n");
}

/// A simulated model and its clients in one event loop.
struct World {
    explicit World(DemoPace pace = fast)
        : demo(io, {}, pace)
    {
        const auto url = demo.start();
        if (url)
            server = {asio::ip::address_v4::loopback(),
                static_cast<std::uint16_t>(std::stoi(url->substr(url->rfind(':') + 1)))};
    }
    ~World()
    {
        demo.stop();
        io.run_for(waitMax); // until nothing is under way
    }

    std::shared_ptr<Call> begin(std::string request)
    {
        const auto call = std::make_shared<Call>(io);
        asio::co_spawn(io, run(call, server, std::move(request)), asio::detached);
        return call;
    }
    template <class Condition> bool until(Condition condition)
    {
        const auto end = std::chrono::steady_clock::now() + waitMax;
        while (!condition() && std::chrono::steady_clock::now() < end)
            io.run_one_until(end);
        return condition();
    }
    std::shared_ptr<Call> ask(std::string request)
    {
        const auto call = begin(std::move(request));
        until([&] { return call->ended; });
        return call;
    }

    asio::io_context io;
    Tcp::endpoint server;
    DemoBackend demo;
};

constexpr const char* prompt = R"("model":"drover-demo","max_tokens":500,"prompt":"Hello","input":"Hello",)"
                               R"("messages":[{"role":"user","content":"Hello"}])";

} // namespace

class DemoBackendTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersEveryCallInItsShape_data()
    {
        QTest::addColumn<Endpoint>("endpoint");
        QTest::addColumn<bool>("streamed");
        QTest::addColumn<QByteArray>("holds");
        const auto row = [](const char* name, Endpoint endpoint, const char* whole, const char* streamed) {
            QTest::addRow("%s", name) << endpoint << false << QByteArray(whole);
            QTest::addRow("%s streamed", name) << endpoint << true << QByteArray(streamed);
        };
        row("generate", Endpoint::OllamaGenerate, "\"response\":\"This is Drover's simulated",
            "\"response\":\" simulated\",\"done\":false}\n");
        row("chat", Endpoint::OllamaChat,
            "\"message\":{\"role\":\"assistant\",\"content\":\"This is Drover's simulated",
            "\"content\":\" simulated\"},\"done\":false}\n");
        row("OpenAI chat", Endpoint::OpenAiChat,
            "\"message\":{\"role\":\"assistant\",\"content\":\"This is Drover's sim",
            "\"delta\":{\"content\":\" simulated\"},\"finish_reason\":null}]}\n\n");
        row("OpenAI completion", Endpoint::OpenAiCompletions, "\"text\":\"This is Drover's simulated",
            "\"text\":\" simulated\",\"finish_reason\":null}]}\n\n");
        row("OpenAI responses", Endpoint::OpenAiResponses, "\"type\":\"output_text\",\"text\":\"This is Drover's sim",
            "event: response.output_text.delta\n");
        row("Anthropic", Endpoint::AnthropicMessages, "\"type\":\"text\",\"text\":\"This is Drover's simulated",
            "\"delta\":{\"type\":\"text_delta\",\"text\":\" simulated\"}}\n\n");
    }
    void answersEveryCallInItsShape()
    {
        QFETCH(Endpoint, endpoint);
        QFETCH(bool, streamed);
        QFETCH(QByteArray, holds);
        World world;

        const auto call = world.ask(post(pathOf(endpoint),
            std::string("{") + prompt
                + ",\"stream_options\":{\"include_usage\":true},\"stream\":" + (streamed ? "true}" : "false}")));

        QCOMPARE(call->status(), 200);
        const std::string content = call->content();
        QVERIFY2(content.find(holds.toStdString()) != std::string::npos, content.c_str());
        const Usage usage = readUsage({endpoint, streamed}, content);
        QVERIFY(usage.complete);
        QVERIFY(usage.outputTokens.value_or(0) >= 40);
        QVERIFY(usage.promptTokens.value_or(0) >= 1);
        json::error_code error;
        if (!streamed)
            json::parse(content, error);
        QVERIFY(!error);
    }

    void everyStreamedPieceIsJson_data() { answersEveryCallInItsShape_data(); }
    void everyStreamedPieceIsJson()
    {
        QFETCH(Endpoint, endpoint);
        World world;

        const auto call = world.ask(post(pathOf(endpoint), std::string("{") + prompt + ",\"stream\":true}"));

        int pieces = 0;
        for (QByteArray line : QByteArray::fromStdString(call->content()).split('\n')) {
            if (line.startsWith("data: "))
                line = line.mid(6);
            else if (!line.startsWith('{'))
                continue;
            if (line == "[DONE]")
                continue;
            json::error_code error;
            json::parse(line.toStdString(), error);
            QVERIFY2(!error, line.constData());
            ++pieces;
        }
        QVERIFY(pieces > 40);
    }

    void honoursTheLimitOnTheAnswersLength_data()
    {
        QTest::addColumn<Endpoint>("endpoint");
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("Ollama") << Endpoint::OllamaChat << QByteArray("\"options\":{\"num_predict\":3}")
                                << QByteArray("\"done_reason\":\"length\"");
        QTest::newRow("OpenAI") << Endpoint::OpenAiChat << QByteArray("\"max_tokens\":3")
                                << QByteArray("\"finish_reason\":\"length\"");
        QTest::newRow("Responses") << Endpoint::OpenAiResponses << QByteArray("\"max_output_tokens\":3")
                                   << QByteArray("\"status\":\"completed\"");
        QTest::newRow("Anthropic") << Endpoint::AnthropicMessages << QByteArray("\"max_tokens\":3")
                                   << QByteArray("\"stop_reason\":\"max_tokens\"");
    }
    void honoursTheLimitOnTheAnswersLength()
    {
        QFETCH(Endpoint, endpoint);
        QFETCH(QByteArray, limit);
        QFETCH(QByteArray, reason);
        World world;

        const auto call = world.ask(post(pathOf(endpoint),
            "{\"model\":\"drover-demo\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"input\":\"x\","
            "\"stream\":false,"
                + limit.toStdString() + "}"));

        QCOMPARE(readUsage({endpoint, false}, call->content()).outputTokens.value_or(0), 3u);
        QVERIFY(call->content().find(reason.toStdString()) != std::string::npos);
    }

    void refusesWhatOllamaRefuses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("holds");
        const auto row = [](const char* name, const std::string& request, int status, const char* holds) {
            QTest::newRow(name) << QByteArray::fromStdString(request) << status << QByteArray(holds);
        };
        row("no body", post("/api/chat", ""), 400, "{\"error\":\"missing request body\"}");
        row("bad JSON", post("/api/chat", "{nope"), 400, "{\"error\":\"invalid JSON");
        row("no model", post("/api/chat", "{}"), 400, "{\"error\":\"model is required\"}");
        row("unknown model", post("/api/chat", R"({"model":"nope"})"), 404, "{\"error\":\"model 'nope' not found\"}");
        row("OpenAI", post("/v1/chat/completions", R"({"model":"nope"})"), 404, "\"type\":\"not_found_error\"");
        row("Anthropic without a limit", post("/v1/messages", R"({"model":"drover-demo"})"), 400, "max_tokens");
        row("an unknown path", get("/nope"), 404, "404 page not found");
        row("a wrong method", get("/api/chat"), 405, "405");
        row("a pull", post("/api/pull", R"({"model":"x"})"), 400, "simulated");
        row("an unknown model shown", post("/api/show", R"({"model":"x"})"), 404, "not found");
        row("an unknown model's entry", get("/v1/models/x"), 404, "not found");
    }
    void refusesWhatOllamaRefuses()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        QFETCH(QByteArray, holds);
        World world;

        const auto call = world.ask(request.toStdString());

        QCOMPARE(call->status(), status);
        QVERIFY2(call->content().find(holds.toStdString()) != std::string::npos, call->content().c_str());
    }

    void listsItsModel()
    {
        World world;

        const auto tags = parseModelList(ModelListKind::Tags, world.ask(get("/api/tags"))->content());
        const auto loaded = parseModelList(ModelListKind::Loaded, world.ask(get("/api/ps"))->content());
        const auto models = parseModelList(ModelListKind::OpenAi, world.ask(get("/v1/models"))->content());

        for (const auto& list : {tags, loaded, models}) {
            QVERIFY(list && list->entries.size() == 1);
            QCOMPARE(list->entries.front().name, std::string("drover-demo:latest"));
        }
    }

    void saysEverywhereThatItIsSimulated()
    {
        World world;

        for (const char* path : {"/", "/api/tags"})
            QVERIFY(world.ask(get(path))->content().find("simulated") != std::string::npos);
        QVERIFY(world.ask(get("/api/version"))->content().find("demo") != std::string::npos);
        QVERIFY(world.ask(get("/v1/models/drover-demo%3Alatest"))->content().find("demo") != std::string::npos);
        QVERIFY(world.ask(post("/api/show", R"({"name":"drover-demo"})"))->content().find("simulated")
            != std::string::npos);
    }

    void embedsTheSameTextAlike()
    {
        World world;
        const auto embed = [&](const char* path, const char* input) {
            return world.ask(post(path, std::string(R"({"model":"drover-demo","dimensions":8,)") + input + "}"))
                ->content();
        };

        const json::value two = json::parse(embed("/api/embed", R"("input":["a","a","b"])"));
        const json::value old = json::parse(embed("/api/embeddings", R"("prompt":"a")"));
        const json::value open = json::parse(embed("/v1/embeddings", R"("input":"a")"));
        const json::value packed = json::parse(embed("/v1/embeddings", R"("input":"a","encoding_format":"base64")"));

        const auto& vectors = two.at("embeddings").as_array();
        QCOMPARE(vectors.size(), std::size_t(3));
        QCOMPARE(vectors[0].as_array().size(), std::size_t(8));
        QVERIFY(vectors[0] == vectors[1]);
        QVERIFY(vectors[0] != vectors[2]);
        QVERIFY(old.at("embedding") == vectors[0]);
        const json::value& entry = open.at("data").as_array().front();
        QVERIFY(entry.at("embedding") == vectors[0]);
        const auto& text = packed.at("data").as_array().front().at("embedding").as_string();
        const QByteArray bytes = QByteArray::fromBase64(QByteArray(text.data(), static_cast<int>(text.size())));
        QCOMPARE(bytes.size(), 32);
        float first = 0;
        std::memcpy(&first, bytes.constData(), sizeof(first));
        QCOMPARE(first, static_cast<float>(vectors[0].as_array()[0].as_double()));
    }

    void anEmptyPromptOnlyLoads()
    {
        World world;

        const auto call = world.ask(post("/api/generate", R"({"model":"drover-demo"})"));
        const auto unload = world.ask(post("/api/generate", R"({"model":"drover-demo","keep_alive":0})"));

        QVERIFY(call->content().find("\"done_reason\":\"load\"") != std::string::npos);
        QVERIFY(unload->content().find("\"done_reason\":\"unload\"") != std::string::npos);
    }

    void answersInJsonWhenAskedTo()
    {
        World world;

        const auto call =
            world.ask(post("/api/generate", R"({"model":"drover-demo","prompt":"x","format":"json","stream":false})"));

        const json::value answer = json::parse(call->content());
        QVERIFY(json::parse(answer.at("response").as_string()).at("simulated").as_bool());
    }

    void runsAsManyAtOnceAsItHasSlots()
    {
        World world(DemoPace{.wordEvery = 1ms, .slots = 2});
        std::vector<std::shared_ptr<Call>> calls;
        for (int i = 0; i < 5; ++i)
            calls.push_back(world.begin(post("/api/generate", R"({"model":"drover-demo","prompt":"x"})")));

        QVERIFY(world.until([&] { return world.demo.waiting() == 3; }));
        QCOMPARE(world.demo.running(), std::size_t(2));

        for (const auto& call : calls) {
            QVERIFY(world.until([&] { return call->ended; }));
            QVERIFY(call->content().ends_with("}\n"));
        }
        QCOMPARE(world.demo.running(), std::size_t(0));
    }

    void stopsWhenTheClientLeaves_data()
    {
        QTest::addColumn<bool>("streamed");
        QTest::newRow("streamed") << true;
        QTest::newRow("not streamed") << false;
    }
    void stopsWhenTheClientLeaves()
    {
        QFETCH(bool, streamed);
        World world(DemoPace{.wordEvery = 1h, .slots = 1});
        const std::string body =
            std::string(R"({"model":"drover-demo","prompt":"x","stream":)") + (streamed ? "true}" : "false}");
        const auto running = world.begin(post("/api/generate", body));
        QVERIFY(world.until([&] { return world.demo.running() == 1; }));
        const auto waiting = world.begin(post("/api/generate", body));
        QVERIFY(world.until([&] { return world.demo.waiting() == 1; }));

        waiting->socket.close();
        QVERIFY(world.until([&] { return world.demo.waiting() == 0; }));
        QCOMPARE(world.demo.running(), std::size_t(1));
        running->socket.close();
        QVERIFY(world.until([&] { return world.demo.running() == 0; }));
    }

    void cutsWhatIsUnderWayWhenItStops()
    {
        World world(DemoPace{.wordEvery = 1h, .slots = 1});
        const std::string request = post("/api/generate", R"({"model":"drover-demo","prompt":"x"})");
        const auto running = world.begin(request);
        const auto waiting = world.begin(request);
        QVERIFY(world.until([&] { return world.demo.waiting() == 1; }));

        world.demo.stop();

        QVERIFY(world.until([&] { return running->ended && waiting->ended; }));
        QVERIFY(!running->received.ends_with("0\r\n\r\n"));
    }
};

QTEST_GUILESS_MAIN(DemoBackendTest)
#include "demo_backend_test.moc"
