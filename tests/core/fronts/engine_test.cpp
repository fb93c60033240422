// SPDX-License-Identifier: MIT

// The whole engine, on its own thread, between a client and a backend on this one.
#include "core/api/engine.h"
#include "tests/support/plain_client.h"
#include "tests/support/scripted_backend.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace drover;
using namespace std::chrono_literals;

namespace {

struct Scene {
    explicit Scene(Config wanted = {})
        : backend(io)
    {
        config = std::move(wanted);
        config.port = 0;
        config.statusPort = 0;
        config.backends = {BackendConfig{.name = "fake", .url = backend.url(), .slots = 1}};
        engine = makeEngine(config, {});
        started = engine->start().has_value();
    }

    /// Lets this thread's part run until the engine looks like that.
    Task<> until(std::function<bool(const Snapshot&)> so)
    {
        Timer pause(io.get_executor());
        while (!so(engine->snapshot())) {
            pause.expires_after(5ms);
            co_await pause.async_wait(quiet);
        }
    }

    Tcp::endpoint proxy() const
    {
        const std::string address = engine->snapshot().address;
        return {asio::ip::make_address("127.0.0.1"),
            static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)))};
    }

    Task<> connected(PlainClient& client)
    {
        co_await until([](const Snapshot& now) {
            return now.state == EngineState::Ready || now.state == EngineState::Busy || now.draining || now.paused;
        });
        co_await client.connect(proxy());
    }

    asio::io_context io{1};
    ScriptedBackend backend;
    Config config;
    std::unique_ptr<Engine> engine;
    bool started = false;
};

std::string post(std::string_view path, std::string_view body, std::string_view more = {})
{
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\nX-User-ID: tester\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n" + std::string(more) + "\r\n" + std::string(body);
}

std::string generate(std::string_view prompt, std::string_view user = "tester")
{
    const std::string body = R"({"model":"tiny","prompt":")" + std::string(prompt) + R"("})";
    return "POST /api/generate HTTP/1.1\r\nHost: localhost\r\nX-User-ID: " + std::string(user)
        + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Keeps the backend's slot until it is told, or the asker leaves.
struct Gate {
    explicit Gate(asio::io_context& io)
        : timer(io.get_executor(), Timer::time_point::max())
    {
    }
    void open() { timer.cancel(); }
    ScriptedBackend::Script script()
    {
        return [this](Exchange& exchange) -> Task<> {
            co_await timer.async_wait(quiet);
            if (!exchange.clientLeft())
                co_await exchange.answer(200, "application/json", R"({"done":true})");
        };
    }
    Timer timer;
};

} // namespace

class EngineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void passesAnAnswerOnUnaltered();
    void answersPipelinedRequestsInTheirOrder();
    void servesTheNewcomerNextWhateverTheBacklog();
    void cancelsAtTheBackendWhenTheClientLeaves();
    void forgetsAWaitingJobWhoseClientLeft();
    void neverEndsABrokenStreamCleanly();
    void refusesAnUnknownModelInTheCallersShape();
    void refusesWhatWouldNotFitIntoTheQueue();
    void keepsAWaitingStreamAlive();
    void finishesWhatRunsWhenDrained();
    void cancelsOnCommand();
    void takesASettingWhileItRuns();
    void tellsSubscribersFromItsOwnThread();
    void startsWaitingJobsWhenAPauseIsOver();
    void givesTheRuntimesTroubleAsItsReasonWhereThatIsTheCause_data();
    void givesTheRuntimesTroubleAsItsReasonWhereThatIsTheCause();
    void leavesTheRuntimeOutWhileItsBackendAnswers();
};

void EngineTest::startsWaitingJobsWhenAPauseIsOver()
{
    Scene scene;
    QVERIFY(scene.started);
    scene.engine->pause(WallTime::clock::now() + 1h);
    bool saidUntil = false;
    std::string body;

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient client(scene.io);
        co_await scene.connected(client);
        co_await client.send(generate("hello"));
        co_await scene.until([](const Snapshot& now) { return now.waiting == 1; });
        const Snapshot held = scene.engine->snapshot();
        saidUntil = held.paused && held.pausedUntil > 0 && held.reasonText.starts_with("Paused until ");
        scene.engine->pause(WallTime::clock::now() + 20ms);
        co_await scene.until([](const Snapshot& now) { return now.totals.done == 1; });
    });

    QVERIFY(saidUntil);
    QVERIFY(!scene.engine->snapshot().paused);
    QCOMPARE(scene.engine->snapshot().pausedUntil, std::int64_t{0});
}

void EngineTest::passesAnAnswerOnUnaltered()
{
    Scene scene;
    QVERIFY(scene.started);
    scene.backend.scripts["stream"] = [](Exchange& exchange) -> Task<> {
        co_await exchange.begin(200, "application/x-ndjson", "X-Odd: Kept\r\n");
        co_await exchange.piece("{\"response\":\"a\",\"done\":false}\n");
        co_await exchange.piece("{\"response\":\"b\",\"done\":true,\"eval_count\":2}\n");
        co_await exchange.end();
    };
    std::string body;
    PlainClient::Answer answer;

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient client(scene.io);
        co_await scene.connected(client);
        co_await client.send(generate("stream"));
        answer = co_await client.head();
        for (;;) {
            const std::string chunk = co_await client.chunk();
            if (chunk.empty())
                break;
            body += chunk;
        }
        co_await scene.until([](const Snapshot& now) { return now.totals.done == 1; });
    });

    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("X-Odd"), std::string_view("Kept"));
    QCOMPARE(answer.field("X-Served-By"), std::string_view("fake"));
    QVERIFY(!answer.field("X-Request-ID").empty());
    QCOMPARE(body,
        std::string("{\"response\":\"a\",\"done\":false}\n{\"response\":\"b\",\"done\":true,\"eval_count\":2}\n"));
    QCOMPARE(scene.engine->snapshot().totals.outputTokens, std::uint64_t(2));
}

void EngineTest::answersPipelinedRequestsInTheirOrder()
{
    Scene scene;
    std::vector<int> statuses;

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient client(scene.io);
        co_await scene.connected(client);
        co_await client.send(generate("one") + generate("two") + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        for (int i = 0; i < 2; ++i) {
            const auto answer = co_await client.head();
            statuses.push_back(answer.status);
            const std::string length(answer.field("Content-Length"));
            co_await client.skip(std::stoul(length));
        }
        const auto health = co_await client.head();
        statuses.push_back(health.status);
    });

    QCOMPARE(statuses, (std::vector<int>{200, 200, 200}));
    QCOMPARE(scene.backend.prompts, (std::vector<std::string>{"one", "two"}));
}

void EngineTest::servesTheNewcomerNextWhateverTheBacklog()
{
    Scene scene;
    Gate gate(scene.io);
    scene.backend.scripts["first"] = gate.script();

    runToEnd(scene.io, [&]() -> Task<> {
        std::vector<std::unique_ptr<PlainClient>> clients;
        for (int i = 0; i < 12; ++i) {
            clients.push_back(std::make_unique<PlainClient>(scene.io));
            co_await scene.connected(*clients.back());
            const std::string user = i < 11 ? "hog" : "newcomer";
            const std::string prompt = i == 0 ? "first" : user;
            co_await clients.back()->send(generate(prompt, user));
            const auto there = static_cast<std::uint32_t>(i);
            co_await scene.until([there](const Snapshot& now) { return now.running + now.waiting > there; });
        }
        gate.open();
        co_await scene.until([](const Snapshot& now) { return now.totals.done == 12; });
    });

    QCOMPARE(scene.backend.prompts.size(), std::size_t(12));
    QCOMPARE(scene.backend.prompts[1], std::string("newcomer"));
    QCOMPARE(scene.backend.runningMost, 1);
}

void EngineTest::cancelsAtTheBackendWhenTheClientLeaves()
{
    Scene scene;
    Gate gate(scene.io);
    scene.backend.scripts["long"] = gate.script();

    runToEnd(scene.io, [&]() -> Task<> {
        {
            PlainClient client(scene.io);
            co_await scene.connected(client);
            co_await client.send(generate("long"));
            co_await scene.until([](const Snapshot& now) { return now.running == 1; });
            Timer pause(scene.io.get_executor());
            while (scene.backend.prompts.empty()) {
                pause.expires_after(2ms);
                co_await pause.async_wait(quiet);
            }
        }
        co_await scene.until([](const Snapshot& now) { return now.totals.cancelled == 1 && now.running == 0; });
        Timer pause(scene.io.get_executor());
        while (scene.backend.left == 0) {
            pause.expires_after(2ms);
            co_await pause.async_wait(quiet);
        }
        gate.open();
    });

    QCOMPARE(scene.backend.left, 1);
}

void EngineTest::forgetsAWaitingJobWhoseClientLeft()
{
    Scene scene;
    Gate gate(scene.io);
    scene.backend.scripts["long"] = gate.script();

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient first(scene.io);
        co_await scene.connected(first);
        co_await first.send(generate("long"));
        co_await scene.until([](const Snapshot& now) { return now.running == 1; });
        {
            PlainClient second(scene.io);
            co_await scene.connected(second);
            co_await second.send(generate("never"));
            co_await scene.until([](const Snapshot& now) { return now.waiting == 1; });
        }
        co_await scene.until([](const Snapshot& now) { return now.waiting == 0 && now.totals.cancelled == 1; });
        gate.open();
        co_await scene.until([](const Snapshot& now) { return now.totals.done == 1; });
    });

    QCOMPARE(scene.backend.prompts, (std::vector<std::string>{"long"}));
}

void EngineTest::neverEndsABrokenStreamCleanly()
{
    Scene scene;
    scene.backend.scripts["breaks"] = [](Exchange& exchange) -> Task<> {
        co_await exchange.begin(200, "application/x-ndjson");
        co_await exchange.piece("{\"response\":\"a\",\"done\":false}\n");
        exchange.cut();
    };
    std::string body;
    bool clean = false;

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient client(scene.io);
        co_await scene.connected(client);
        co_await client.send(generate("breaks"));
        co_await client.head();
        try {
            for (;;) {
                const std::string chunk = co_await client.chunk();
                clean = chunk.empty();
                if (clean)
                    break;
                body += chunk;
            }
        } catch (const std::exception&) {
            clean = false;
        }
    });

    QVERIFY(!clean);
    QVERIFY2(body.starts_with("{\"response\":\"a\",\"done\":false}\n{\"error\":"), body.c_str());
}

void EngineTest::refusesAnUnknownModelInTheCallersShape()
{
    Scene scene;
    PlainClient::Answer answer;

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient client(scene.io);
        co_await scene.connected(client);
        answer = co_await client.askWith(post("/v1/chat/completions", R"({"model":"nope","messages":[]})"));
    });

    QCOMPARE(answer.status, 404);
    QVERIFY2(answer.body.find(R"("type":"not_found_error")") != std::string::npos, answer.body.c_str());
}

void EngineTest::refusesWhatWouldNotFitIntoTheQueue()
{
    Config config;
    config.limits.queueWaitingMax = 1;
    Scene scene(config);
    Gate gate(scene.io);
    scene.backend.scripts["long"] = gate.script();
    PlainClient::Answer answer;

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient runs(scene.io);
        PlainClient waits(scene.io);
        PlainClient refused(scene.io);
        co_await scene.connected(runs);
        co_await runs.send(generate("long"));
        co_await scene.until([](const Snapshot& now) { return now.running == 1; });
        co_await scene.connected(waits);
        co_await waits.send(generate("waits"));
        co_await scene.until([](const Snapshot& now) { return now.waiting == 1; });
        co_await scene.connected(refused);
        answer = co_await refused.askWith(generate("refused"));
        gate.open();
    });

    QCOMPARE(answer.status, 503);
    QVERIFY(!answer.field("Retry-After").empty());
    QVERIFY(!answer.field("retry-after-ms").empty());
    QVERIFY2(answer.body.find("queue.waiting_max") != std::string::npos, answer.body.c_str());
}

void EngineTest::keepsAWaitingStreamAlive()
{
    Config config;
    config.keepAliveAfter = 1ms;
    config.keepAliveEvery = 1ms;
    Scene scene(config);
    Gate gate(scene.io);
    scene.backend.scripts["long"] = gate.script();
    std::string first;
    std::string last;

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient runs(scene.io);
        PlainClient waits(scene.io);
        co_await scene.connected(runs);
        co_await runs.send(generate("long"));
        co_await scene.until([](const Snapshot& now) { return now.running == 1; });
        co_await scene.connected(waits);
        co_await waits.send(generate("waits"));
        co_await waits.head();
        first = co_await waits.chunk();
        gate.open();
        for (;;) {
            const std::string chunk = co_await waits.chunk();
            if (chunk.empty())
                break;
            last = chunk;
        }
    });

    QVERIFY2(first.find(R"("done":false)") != std::string::npos, first.c_str());
    QVERIFY2(last.find(R"("response":"ok")") != std::string::npos, last.c_str());
}

void EngineTest::finishesWhatRunsWhenDrained()
{
    Scene scene;
    Gate gate(scene.io);
    scene.backend.scripts["long"] = gate.script();
    std::atomic<bool> done = false;
    PlainClient::Answer refused;

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient runs(scene.io);
        co_await scene.connected(runs);
        co_await runs.send(generate("long"));
        co_await scene.until([](const Snapshot& now) { return now.running == 1; });
        scene.engine->drain(-1ms, [&done] { done = true; });
        co_await scene.until([](const Snapshot& now) { return now.state == EngineState::Draining; });
        PlainClient late(scene.io);
        co_await scene.connected(late);
        refused = co_await late.askWith(generate("late"));
        gate.open();
        const auto answer = co_await runs.head();
        if (answer.status != 200)
            throw std::runtime_error("the running job was not finished");
        co_await scene.until([&done](const Snapshot&) { return done.load(); });
    });

    QCOMPARE(refused.status, 503);
    QCOMPARE(scene.engine->snapshot().totals.done, std::uint64_t(1));
}

void EngineTest::cancelsOnCommand()
{
    Scene scene;
    Gate gate(scene.io);
    scene.backend.scripts["long"] = gate.script();
    PlainClient::Answer answer;

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient runs(scene.io);
        PlainClient waits(scene.io);
        co_await scene.connected(runs);
        co_await runs.send(generate("long"));
        co_await scene.until([](const Snapshot& now) { return now.running == 1; });
        co_await scene.connected(waits);
        co_await waits.send(generate("waits"));
        co_await scene.until([](const Snapshot& now) { return now.waiting == 1; });
        for (const JobView& job : scene.engine->snapshot().jobs)
            scene.engine->cancelJob(job.id);
        answer = co_await waits.head();
        co_await scene.until([](const Snapshot& now) { return now.totals.cancelled == 2; });
        gate.open();
    });

    QVERIFY(answer.status >= 400);
}

void EngineTest::takesASettingWhileItRuns()
{
    Scene scene;
    Config changed = scene.config;
    changed.users.push_back({.name = "tester", .weight = 2});
    Config moved = scene.config;
    moved.port = 4;
    double weight = 0;

    runToEnd(scene.io, [&]() -> Task<> {
        PlainClient client(scene.io);
        co_await scene.connected(client);
        co_await client.askWith(generate("x"));
        co_await scene.until([](const Snapshot& now) { return now.totals.done == 1; });
    });
    const bool taken = scene.engine->setConfig(changed).has_value();
    const bool movedTaken = scene.engine->setConfig(moved).has_value();
    weight = scene.engine->snapshot().users.at(0).rule.weight;

    QVERIFY(taken);
    QVERIFY(!movedTaken);
    QCOMPARE(weight, 2.0);
}

void EngineTest::givesTheRuntimesTroubleAsItsReasonWhereThatIsTheCause_data()
{
    QTest::addColumn<RuntimeState>("state");
    QTest::addColumn<QString>("backend");
    QTest::addColumn<EngineState>("engine");
    QTest::addColumn<QString>("code");

    const QString unreachable = QStringLiteral("ollama_unreachable");
    QTest::newRow("gave up") << RuntimeState::GaveUp << "local" << EngineState::Error << "of_runtime";
    QTest::newRow("missing") << RuntimeState::Missing << "local" << EngineState::Error << "of_runtime";
    QTest::newRow("blocked") << RuntimeState::Blocked << "local" << EngineState::Error << "of_runtime";
    QTest::newRow("starting") << RuntimeState::Starting << "local" << EngineState::Starting << "of_runtime";
    QTest::newRow("again") << RuntimeState::Restarting << "local" << EngineState::Starting << "of_runtime";
    QTest::newRow("it answers, the backend does not")
        << RuntimeState::Running << "local" << EngineState::Error << unreachable;
    QTest::newRow("it is another backend") << RuntimeState::GaveUp << "other" << EngineState::Error << unreachable;
}

void EngineTest::givesTheRuntimesTroubleAsItsReasonWhereThatIsTheCause()
{
    QFETCH(RuntimeState, state);
    QFETCH(QString, backend);
    QFETCH(EngineState, engine);
    QFETCH(QString, code);
    Config config;
    config.port = 0;
    config.statusPort = 0;
    config.backends = {BackendConfig{.name = "local", .url = "http://127.0.0.1:1"}}; // nobody listens on port 1
    const auto made = makeEngine(config, {});
    QVERIFY(made->start());
    QTRY_COMPARE(made->snapshot().backends.at(0).state, BackendState::Down);

    made->setRuntime({.present = true,
        .backend = backend.toStdString(),
        .state = state,
        .reasonCode = "of_runtime",
        .reasonText = "Ollama ended 5 times in 10 minutes.",
        .fixText = "Mend it."});

    QTRY_COMPARE(made->snapshot().runtime.state, state);
    const Snapshot shown = made->snapshot();
    QCOMPARE(shown.state, engine);
    QCOMPARE(QString::fromStdString(shown.reasonCode), code);
    QCOMPARE(shown.reasonText == "Ollama ended 5 times in 10 minutes.", code == QLatin1String("of_runtime"));
    QCOMPARE(shown.fixText == "Mend it.", code == QLatin1String("of_runtime"));
}

void EngineTest::leavesTheRuntimeOutWhileItsBackendAnswers()
{
    Scene scene;
    QVERIFY(scene.started);
    scene.engine->setRuntime(
        {.present = true, .backend = "fake", .state = RuntimeState::GaveUp, .reasonCode = "of_runtime"});

    runToEnd(scene.io,
        [&]() -> Task<> { co_await scene.until([](const Snapshot& now) { return now.state == EngineState::Ready; }); });

    QCOMPARE(QString::fromStdString(scene.engine->snapshot().reasonCode), QStringLiteral("ready"));
    QCOMPARE(scene.engine->snapshot().runtime.state, RuntimeState::GaveUp);
}

void EngineTest::tellsSubscribersFromItsOwnThread()
{
    Scene scene;
    std::atomic<int> pictures = 0;
    std::atomic<bool> sameThread = false;
    const auto here = std::this_thread::get_id();

    {
        const Subscription subscription = scene.engine->subscribe([&, here](const Snapshot&) {
            sameThread = sameThread || std::this_thread::get_id() == here;
            ++pictures;
        });
        runToEnd(
            scene.io, [&]() -> Task<> { co_await scene.until([&](const Snapshot&) { return pictures.load() > 0; }); });
    }

    QVERIFY(!sameThread);
}

QTEST_GUILESS_MAIN(EngineTest)
#include "engine_test.moc"
