// SPDX-License-Identifier: MIT

// The hosted pool of a whole engine, on its own thread, between clients and scripted workers on this one.
#include "core/api/engine.h"
#include "core/api/key_file.h"
#include "core/protocol/base64.h"
#include "tests/support/web_socket_client.h"

#include <boost/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

/// A worker as nfrx's agents are, as far as a test needs one.
class ScriptedWorker : public WebSocketClient {
public:
    using WebSocketClient::WebSocketClient;

    Task<> join(Tcp::endpoint to, std::string name, std::string models, int slots = 1, std::string key = std::string())
    {
        const Answer answer = co_await open(to);
        if (answer.status != 101)
            throw std::runtime_error(answer.head);
        co_await say(R"({"type":"register","worker_id":")" + name + R"(","worker_name":")" + name
            + R"(","client_key":")" + key + R"(","models":[)" + models + R"(],"max_concurrency":)"
            + std::to_string(slots) + R"(,"version":"v0.9.6","agent_config":{}})");
    }

    Task<> say(std::string json) { co_await send(textFrame(std::move(json))); }

    /// The next message of that type; others, and pings, are passed over.
    Task<boost::json::object> heard(std::string type)
    {
        for (;;) {
            const Frame next = co_await frame();
            if (next.opcode == 8)
                throw std::runtime_error("closed: " + std::to_string(next.closeCode()));
            if (next.opcode != 1)
                continue;
            boost::json::object message = boost::json::parse(next.payload).as_object();
            if (message["type"].as_string() == type)
                co_return message;
        }
    }

    Task<std::string> request()
    {
        auto message = co_await heard("http_proxy_request");
        body = fromBase64(std::string_view(message["body"].as_string())).value_or("?");
        path = message["path"].as_string().c_str();
        hasAuthorization = message["headers"].as_object().contains("Authorization");
        co_return message["request_id"].as_string().c_str();
    }

    Task<> head(std::string id, int status, std::string type)
    {
        co_await say(R"({"type":"http_proxy_response_headers","request_id":")" + id + R"(","status":)"
            + std::to_string(status) + R"(,"headers":{"Content-Type":")" + type + R"("}})");
    }
    Task<> chunk(std::string id, std::string bytes)
    {
        std::string data;
        appendBase64(data, bytes);
        co_await say(R"({"type":"http_proxy_response_chunk","request_id":")" + id + R"(","data":")" + data + R"("})");
    }
    Task<> end(std::string id) { co_await say(R"({"type":"http_proxy_response_end","request_id":")" + id + R"("})"); }

    std::string body;
    std::string path;
    bool hasAuthorization = false;
};

struct Scene {
    explicit Scene(HostingConfig hosting = {})
    {
        config.port = 0;
        config.statusPort = 0;
        config.backends.clear();
        config.hosting = std::move(hosting);
        config.hosting.enabled = true;
        config.hosting.port = 0;
        engine = makeEngine(config, {});
        started = engine->start().has_value();
    }

    Task<> until(std::function<bool(const Snapshot&)> so)
    {
        Timer pause(io.get_executor());
        while (!so(engine->snapshot())) {
            pause.expires_after(5ms);
            co_await pause.async_wait(quiet);
        }
    }

    Tcp::endpoint pool() const
    {
        const std::string address = engine->snapshot().hosting.address;
        return {asio::ip::make_address("127.0.0.1"),
            static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)))};
    }

    asio::io_context io{1};
    Config config;
    std::unique_ptr<Engine> engine;
    bool started = false;
};

std::string chat(std::string_view model, std::string_view more = {}, bool stream = true)
{
    const std::string body = R"({"model":")" + std::string(model) + R"(","stream":)" + (stream ? "true" : "false")
        + R"(,"messages":[{"role":"user","content":"hi"}]})";
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n" + std::string(more) + "\r\n" + body;
}

const std::string piece = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n";
const std::string lastPiece = "data: [DONE]\n\n";

/// Inside a coroutine, where Qt's own cannot return.
void require(bool holds)
{
    if (!holds)
        throw std::runtime_error("a requirement does not hold");
}

bool hasWorkers(const Snapshot& now, std::uint32_t count)
{
    return now.hosting.connected == count;
}

} // namespace

class HostFrontTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void carriesAnAnswerPieceByPiece()
    {
        Scene scene;
        QVERIFY(scene.started);
        std::string got;
        PlainClient::Answer answer;

        runToEnd(scene.io, [&]() -> Task<> {
            ScriptedWorker worker(scene.io);
            co_await worker.join(scene.pool(), "attic", R"("tiny:1b")");
            co_await scene.until([](const Snapshot& now) { return hasWorkers(now, 1); });
            PlainClient client(scene.io);
            co_await client.connect(scene.pool());
            co_await client.send(chat("tiny:1b", "Authorization: Bearer secret\r\n"));
            const std::string id = co_await worker.request();
            co_await worker.head(id, 200, "text/event-stream");
            co_await worker.chunk(id, piece);
            answer = co_await client.head();
            got = co_await client.chunk();
            co_await worker.chunk(id, lastPiece);
            co_await worker.end(id);
            for (std::string next = co_await client.chunk(); !next.empty(); next = co_await client.chunk())
                got += next;
            require(!worker.hasAuthorization);
            require(worker.path == std::string("/chat/completions"));
            co_await scene.until([](const Snapshot& now) { return now.hosting.answered == 1; });
        });

        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.field("X-Served-By"), std::string_view("attic"));
        QCOMPARE(got, piece + lastPiece);
        const HostView host = scene.engine->snapshot().hosting;
        QCOMPARE(host.accepted, std::uint64_t(1));
        QCOMPARE(host.failed + host.cancelled + host.refused, std::uint64_t(0));
    }

    void asksAnotherWorkerOnceWhenOneVanishesBeforeItsFirstByte()
    {
        Scene scene;
        std::string got;

        runToEnd(scene.io, [&]() -> Task<> {
            auto first = std::make_unique<ScriptedWorker>(scene.io);
            co_await first->join(scene.pool(), "first", R"("tiny:1b")");
            co_await scene.until([](const Snapshot& now) { return hasWorkers(now, 1); });
            PlainClient client(scene.io);
            co_await client.connect(scene.pool());
            co_await client.send(chat("tiny:1b", {}, false));
            const std::string lost = co_await first->request();
            ScriptedWorker second(scene.io);
            co_await second.join(scene.pool(), "second", R"("tiny:1b")");
            co_await scene.until([](const Snapshot& now) { return hasWorkers(now, 2); });
            first.reset();
            const std::string id = co_await second.request();
            co_await second.head(id, 200, "application/json");
            co_await second.chunk(id, R"({"choices":[]})");
            co_await second.end(id);
            const PlainClient::Answer answer = co_await client.head();
            require(answer.status == 200);
            require(answer.field("X-Served-By") == std::string_view("second"));
            got = co_await client.chunk();
        });

        QCOMPARE(got, std::string(R"({"choices":[]})"));
    }

    void neverEndsAnAnswerCleanlyWhoseWorkerLeft()
    {
        Scene scene;
        std::string got;
        bool clean = true;

        runToEnd(scene.io, [&]() -> Task<> {
            auto worker = std::make_unique<ScriptedWorker>(scene.io);
            co_await worker->join(scene.pool(), "attic", R"("tiny:1b")");
            co_await scene.until([](const Snapshot& now) { return hasWorkers(now, 1); });
            PlainClient client(scene.io);
            co_await client.connect(scene.pool());
            co_await client.send(chat("tiny:1b"));
            const std::string id = co_await worker->request();
            co_await worker->head(id, 200, "text/event-stream");
            co_await worker->chunk(id, piece);
            co_await client.head();
            got = co_await client.chunk();
            worker.reset();
            try {
                for (std::string next = co_await client.chunk(); !next.empty(); next = co_await client.chunk())
                    got += next;
            } catch (const std::exception&) {
                clean = false;
            }
            co_await scene.until([](const Snapshot& now) { return now.hosting.failed == 1; });
        });

        QVERIFY(!clean);
        QVERIFY(got.find("error") != std::string::npos);
    }

    void tellsTheWorkerAtOnceWhenTheClientLeaves()
    {
        Scene scene;

        runToEnd(scene.io, [&]() -> Task<> {
            ScriptedWorker worker(scene.io);
            co_await worker.join(scene.pool(), "attic", R"("tiny:1b")");
            co_await scene.until([](const Snapshot& now) { return hasWorkers(now, 1); });
            std::string id;
            {
                PlainClient client(scene.io);
                co_await client.connect(scene.pool());
                co_await client.send(chat("tiny:1b"));
                id = co_await worker.request();
            }
            auto cancel = co_await worker.heard("http_proxy_cancel");
            require(std::string(cancel["request_id"].as_string().c_str()) == id);
            co_await scene.until([](const Snapshot& now) { return now.hosting.cancelled == 1 && now.running == 0; });
            co_await worker.chunk(id, piece); // late, for nobody
            co_await worker.end(id);
            co_await scene.until([](const Snapshot& now) { return hasWorkers(now, 1); });
        });
    }

    void cutsOffOnlyTheClientThatReadsNothing()
    {
        HostingConfig hosting;
        hosting.limits.unreadBytesMax = 256 * 1024;
        Scene scene(hosting);

        runToEnd(scene.io, [&]() -> Task<> {
            ScriptedWorker worker(scene.io);
            co_await worker.join(scene.pool(), "attic", R"("tiny:1b")", 2);
            co_await scene.until([](const Snapshot& now) { return hasWorkers(now, 1); });
            PlainClient deaf(scene.io);
            co_await deaf.connect(scene.pool());
            co_await deaf.send(chat("tiny:1b"));
            const std::string stuck = co_await worker.request();
            co_await worker.head(stuck, 200, "text/event-stream");
            const std::string much = "data: " + std::string(64 * 1024, 'x') + "\n\n";
            while (scene.engine->snapshot().hosting.cancelled + scene.engine->snapshot().hosting.failed == 0)
                co_await worker.chunk(stuck, much);

            PlainClient client(scene.io);
            co_await client.connect(scene.pool());
            co_await client.send(chat("tiny:1b"));
            const std::string id = co_await worker.request();
            co_await worker.head(id, 200, "text/event-stream");
            co_await worker.chunk(id, piece + lastPiece);
            co_await worker.end(id);
            co_await client.head();
            const std::string got = co_await client.chunk();
            require(got == piece + lastPiece);
            co_await scene.until([](const Snapshot& now) { return now.hosting.answered == 1; });
        });
    }

    void asksInAnotherQuantizationUnderItsOwnName()
    {
        Scene scene;

        runToEnd(scene.io, [&]() -> Task<> {
            ScriptedWorker worker(scene.io);
            co_await worker.join(scene.pool(), "attic", R"("llama3:8b-q4_0","llama3:8b-instruct-q4_0")");
            co_await scene.until([](const Snapshot& now) { return hasWorkers(now, 1); });
            PlainClient client(scene.io);
            co_await client.connect(scene.pool());
            co_await client.send(chat("llama3:8b", {}, false));
            const std::string id = co_await worker.request();
            require(worker.body.starts_with(R"({"model":"llama3:8b-q4_0","stream":false)"));
            co_await worker.head(id, 200, "application/json");
            co_await worker.chunk(id, "{}");
            co_await worker.end(id);
            const PlainClient::Answer answer = co_await client.head();
            require(answer.field("X-Model-Resolved") == std::string_view("llama3:8b-q4_0"));
            co_await client.chunk();
            co_await client.chunk();
            const PlainClient::Answer other = co_await client.askWith(chat("llama3:70b", {}, false));
            require(other.status == 404);
        });
    }

    void letsNobodyInWithoutAKeyWhereOneIsNeeded()
    {
        QTemporaryDir folder;
        HostingConfig hosting;
        hosting.keysFile = folder.filePath(QStringLiteral("keys.db")).toStdString();
        auto file = openKeyFile(hosting.keysFile);
        QVERIFY(file);
        const auto client = (*file)->create({.role = KeyRole::Client, .name = "anna"}, "test");
        const auto worker = (*file)->create({.role = KeyRole::Worker, .name = "attic"}, "test");
        QVERIFY(client && worker);
        Scene scene(hosting);
        QVERIFY(scene.started);
        std::string closed;

        runToEnd(scene.io, [&]() -> Task<> {
            ScriptedWorker stranger(scene.io);
            co_await stranger.join(scene.pool(), "stranger", R"("tiny:1b")");
            try {
                co_await stranger.heard("nothing");
            } catch (const std::exception& error) {
                closed = error.what();
            }
            ScriptedWorker known(scene.io);
            co_await known.join(scene.pool(), "known", R"("tiny:1b")", 1, worker->key);
            co_await scene.until([](const Snapshot& now) { return hasWorkers(now, 1); });
            PlainClient asker(scene.io);
            co_await asker.connect(scene.pool());
            const PlainClient::Answer none = co_await asker.ask("GET", "/v1/models");
            require(none.status == 401);
            const PlainClient::Answer right = co_await asker.ask(
                "GET", "/v1/models", "Host: localhost\r\nAuthorization: Bearer " + client->key + "\r\n");
            require(right.status == 200);
            require((*file)->revoke(KeyRole::Worker, "attic", "test").has_value());
            co_await scene.until([](const Snapshot& now) { return hasWorkers(now, 0); });
        });

        QCOMPARE(closed, std::string("closed: 1008"));
    }

    void refusesToListenBeyondLoopbackWithoutTlsAndKeys()
    {
        HostingConfig hosting;
        hosting.host = "0.0.0.0";

        Scene scene(hosting);

        QVERIFY(!scene.started);
    }

    void opensAndClosesThePoolWhileItRuns()
    {
        Scene scene;
        QVERIFY(scene.started);
        Config config = scene.config;
        config.hosting.enabled = false;

        QVERIFY(scene.engine->setConfig(config).has_value());
        QVERIFY(!scene.engine->snapshot().hosting.listening);
        config.hosting.enabled = true;
        QVERIFY(scene.engine->setConfig(config).has_value());

        QVERIFY(scene.engine->snapshot().hosting.listening);
    }
};

QTEST_GUILESS_MAIN(HostFrontTest)
#include "host_front_test.moc"
