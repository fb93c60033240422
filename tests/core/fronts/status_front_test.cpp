// SPDX-License-Identifier: MIT
#include "core/fronts/status_front.h"

#include "core/api/status.h"
#include "core/dispatch/job.h"
#include "core/protocol/rfc3339.h"
#include "tests/support/fake_engine.h"
#include "tests/support/plain_client.h"

#include <boost/json.hpp>

#include <QtTest>

#include <optional>

using namespace drover;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

const std::string token(64, 'a');
const std::string local = "Host: localhost\r\n";
const std::string withToken = local + "X-Auth-Token: " + token + "\r\n";

/// A status front on a free port before a fake engine, all on one thread.
class Scene {
public:
    explicit Scene(StatusOptions options = {.token = token})
    {
        hooks.shutdownRequested = [this] { requested.push_back("shutdown"); };
        hooks.reloadRequested = [this] { requested.push_back("reload"); };
        hooks.log = {LogLevel::Info, [this](LogLevel, std::string_view line) { logged.emplace_back(line); }};
        front.emplace(io, engine, metrics, logs, hooks, options);
        if (const auto listening = front->listen("127.0.0.1", 0); !listening)
            throw std::runtime_error(listening.error().detail);
        engine.shown.sequence = 1;
        engine.shown.state = EngineState::Ready;
        engine.shown.backends = {{.name = "here", .state = BackendState::Ready}};
    }

    void run(auto work) { runToEnd(io, std::move(work)); }

    /// One request on a connection of its own.
    PlainClient::Answer ask(std::string method, std::string target, std::string fields = local)
    {
        PlainClient::Answer answer;
        run([&]() -> Task<> {
            PlainClient client(io);
            co_await client.connect(front->address());
            answer = co_await client.ask(method, target, fields);
        });
        return answer;
    }

    /// Lets the engine go on to its next picture.
    void showNext()
    {
        Snapshot next = engine.shown;
        ++next.sequence;
        engine.show(std::move(next));
    }

    /// Lets the server take what was sent to it, until `done`.
    Task<> until(std::function<bool()> done)
    {
        while (!done())
            co_await asio::post(io.get_executor(), throwing);
    }

    asio::io_context io;
    FakeEngine engine;
    MetricsRegistry metrics;
    LogRing logs;
    EngineHooks hooks;
    std::vector<std::string> requested;
    std::vector<std::string> logged;
    std::optional<StatusFront> front;
};

std::uint64_t sequenceOf(const std::string& event)
{
    const auto data = event.find("data: ");
    return parseStatus(std::string_view(event).substr(data + 6))->sequence;
}

/// Reads events up to the one of that number; their numbers in order.
Task<std::vector<std::uint64_t>> eventsUpTo(PlainClient& client, std::uint64_t last)
{
    std::vector<std::uint64_t> sequences;
    while (sequences.empty() || sequences.back() != last) {
        const std::string event = co_await client.chunk();
        if (event.starts_with(':'))
            continue;
        sequences.push_back(sequenceOf(event));
    }
    co_return sequences;
}

} // namespace

class StatusFrontTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheStatus()
    {
        Scene scene;
        scene.engine.shown.reasonText = "Ready.";

        const auto answer = scene.ask("GET", "/status");

        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.field("Content-Type"), "application/json");
        QVERIFY(!answer.field("ETag").empty());
        QVERIFY(parseStatus(answer.body));
        QVERIFY(*parseStatus(answer.body) == scene.engine.shown);
        QCOMPARE(json::parse(answer.body).at("state").as_string(), "connected_idle");
    }

    void sendsAnUnchangedStatusOnce()
    {
        Scene scene;
        const std::string tag(scene.ask("GET", "/status").field("ETag"));

        const auto same = scene.ask("GET", "/status", local + "If-None-Match: W/\"x\", " + tag + "\r\n");
        scene.showNext();
        const auto changed = scene.ask("GET", "/status", local + "If-None-Match: " + tag + "\r\n");

        QCOMPARE(same.status, 304);
        QCOMPARE(changed.status, 200);
        QVERIFY(changed.field("ETag") != tag);
    }

    void tellsTheTimeThatPassesThoughNothingChanges()
    {
        Scene scene({.token = token, .freshFor = 0ms});
        scene.ask("GET", "/status");
        scene.engine.shown.upTime = 5s;

        const auto answer = scene.ask("GET", "/status");

        QVERIFY(parseStatus(answer.body)->upTime == 5s);
    }

    void showsAChangeAtOnceHoweverFreshTheLastPictureIs()
    {
        Scene scene({.token = token, .freshFor = 1h});
        scene.ask("GET", "/status");
        ++scene.engine.shown.sequence;
        scene.engine.shown.paused = true;

        QVERIFY(parseStatus(scene.ask("GET", "/status").body)->paused);
    }

    void tellsTheStatusWhenItChanges()
    {
        Scene scene;
        const std::string tag(scene.ask("GET", "/status").field("ETag"));
        PlainClient::Answer answer;

        scene.run([&]() -> Task<> {
            PlainClient client(scene.io);
            co_await client.connect(scene.front->address());
            co_await client.send("GET /status?wait=60 HTTP/1.1\r\n" + local + "If-None-Match: " + tag + "\r\n\r\n");
            co_await scene.until([&] { return scene.engine.watchers() == 1; });
            scene.showNext();
            answer = co_await client.head();
        });

        QCOMPARE(answer.status, 200);
        QCOMPARE(scene.engine.watchers(), std::size_t{0});
    }

    void waitsNoLongerThanAsked()
    {
        Scene scene({.token = token, .waitMax = 1s});
        const std::string tag(scene.ask("GET", "/status").field("ETag"));

        QCOMPARE(scene.ask("GET", "/status?wait=0", local + "If-None-Match: " + tag + "\r\n").status, 304);
        QCOMPARE(scene.ask("GET", "/status?wait=0").status, 200);
        QCOMPARE(scene.ask("GET", "/status?wait=99999999999", local + "If-None-Match: " + tag + "\r\n").status, 304);
        QCOMPARE(scene.ask("GET", "/status?wait=soon").status, 400);
    }

    void forgetsAClientThatLeavesWhileItWaits()
    {
        Scene scene;

        scene.run([&]() -> Task<> {
            {
                PlainClient client(scene.io);
                co_await client.connect(scene.front->address());
                co_await client.send("GET /status?wait=60 HTTP/1.1\r\n" + local + "\r\n");
                co_await scene.until([&] { return scene.engine.watchers() == 1; });
            }
            co_await scene.until([&] { return scene.engine.watchers() == 0; });
        });

        QCOMPARE(scene.engine.watchers(), std::size_t{0});
    }

    void refusesMoreWatchersThanItsLimit()
    {
        Scene scene({.token = token, .watchersMax = 1});
        PlainClient::Answer event;
        PlainClient::Answer poll;

        scene.run([&]() -> Task<> {
            PlainClient first(scene.io);
            PlainClient second(scene.io);
            co_await first.connect(scene.front->address());
            co_await second.connect(scene.front->address());
            co_await first.send("GET /events HTTP/1.1\r\n" + local + "\r\n");
            co_await first.head();
            event = co_await second.ask("GET", "/events");
            poll = co_await second.ask("GET", "/status?wait=9");
        });

        QCOMPARE(event.status, 503);
        QCOMPARE(poll.status, 503);
        QCOMPARE(poll.field("Retry-After"), "5");
    }

    void refusesForeignHosts_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("status");
        for (const char* host :
            {"localhost", "LOCALHOST:4555", "127.0.0.1", "127.0.0.1:4555", "127.1.2.3", "[::1]:4555"})
            QTest::newRow(host) << QByteArray(host) << 200;
        for (const char* host :
            {"evil.example", "evil.example:4555", "127.0.0.1.evil.example", "localhost.evil.example", "127.evil",
                "[::1].evil", "[::2]", "10.0.0.1", "localhost:4555:1", "localhost@evil"})
            QTest::newRow(host) << QByteArray(host) << 403;
    }

    void refusesForeignHosts()
    {
        QFETCH(QByteArray, host);
        Scene scene;

        const auto answer = scene.ask("GET", "/status", "Host: " + host.toStdString() + "\r\n");

        QTEST(answer.status, "status");
    }

    void refusesPagesOfOtherOrigins_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("status");
        QTest::newRow("its own page") << QByteArray("Origin: http://localhost:4555\r\n") << 200;
        QTest::newRow("another port") << QByteArray("Origin: http://localhost:3000\r\n") << 403;
        QTest::newRow("another name of this machine") << QByteArray("Origin: http://127.0.0.1:4555\r\n") << 403;
        QTest::newRow("https") << QByteArray("Origin: https://localhost:4555\r\n") << 403;
        QTest::newRow("null") << QByteArray("Origin: null\r\n") << 403;
        QTest::newRow("empty") << QByteArray("Origin:\r\n") << 403;
        QTest::newRow("a picture in a foreign page")
            << QByteArray("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n") << 403;
        QTest::newRow("a page of another port")
            << QByteArray("Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\n") << 403;
        QTest::newRow("a link in a foreign page")
            << QByteArray("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n") << 200;
        QTest::newRow("typed by a person") << QByteArray("Sec-Fetch-Site: none\r\n") << 200;
    }

    void refusesPagesOfOtherOrigins()
    {
        QFETCH(QByteArray, fields);
        Scene scene;

        const auto answer = scene.ask("GET", "/status", "Host: localhost:4555\r\n" + fields.toStdString());

        QTEST(answer.status, "status");
        QCOMPARE(answer.field("Access-Control-Allow-Origin"), "");
    }

    void controlsForWhoHasTheToken()
    {
        Scene scene;
        scene.engine.shown.jobs = {{.id = 7, .state = JobState::Running}, {.id = 8}};
        scene.engine.shown.running = 1;
        scene.engine.shown.waiting = 1;

        for (const char* call :
            {"pause", "resume", "drain", "undrain", "reload", "shutdown", "cancel?id=7", "next?id=8"})
            QCOMPARE(scene.ask("POST", std::string("/control/") + call, withToken).status, 200);

        const std::vector<std::string> told = {"pause", "resume", "drain", "undrain", "cancelJob 7", "startNext 8"};
        QVERIFY(scene.engine.told == told);
        QVERIFY(scene.engine.drainLimit < 0ms);
        QVERIFY((scene.requested == std::vector<std::string>{"reload", "shutdown"}));
        QCOMPARE(scene.logged.size(), std::size_t{8});
        QVERIFY(scene.logged[0].find(token) == std::string::npos);
    }

    void commandsTheMachinesOfTheHostedPool()
    {
        Scene scene;
        scene.engine.shown.hosting.workers = {{.number = 3}, {.number = 4, .state = WorkerState::Gone}};

        for (const char* call : {"worker-drain?worker=3", "worker-undrain?worker=3", "worker-remove?worker=3"})
            QCOMPARE(scene.ask("POST", std::string("/control/") + call, withToken).status, 200);

        const std::vector<std::string> told = {"worker 3 drain", "worker 3 undrain", "worker 3 remove"};
        QVERIFY(scene.engine.told == told);
    }

    void pausesForAsLongAsItIsTold_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("seconds");
        QTest::newRow("seconds") << QByteArray("for=900") << 900;
        QTest::newRow("seconds with their unit") << QByteArray("for=90s") << 90;
        QTest::newRow("minutes") << QByteArray("for=15m") << 900;
        QTest::newRow("hours") << QByteArray("for=2h") << 7200;
        QTest::newRow("days") << QByteArray("for=31d") << 31 * 86'400;
    }
    void pausesForAsLongAsItIsTold()
    {
        QFETCH(QByteArray, query);
        QFETCH(int, seconds);
        Scene scene;
        const WallTime before = WallTime::clock::now();

        QCOMPARE(scene.ask("POST", "/control/pause?" + query.toStdString(), withToken).status, 200);

        QVERIFY(scene.engine.pausedUntil.has_value());
        QVERIFY(*scene.engine.pausedUntil >= before + std::chrono::seconds(seconds));
        QVERIFY(*scene.engine.pausedUntil <= WallTime::clock::now() + std::chrono::seconds(seconds));
    }
    void pausesUntilATime()
    {
        Scene scene;
        const auto end = std::chrono::floor<std::chrono::seconds>(WallTime::clock::now()) + 1h;

        const auto answer =
            scene.ask("POST", "/control/pause?until=" + formatRfc3339(end.time_since_epoch().count()), withToken);

        QCOMPARE(answer.status, 200);
        QVERIFY(scene.engine.pausedUntil == end);
    }
    void refusesAPauseWithoutSense_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char* query : {"for=", "for=0", "for=-5m", "for=15x", "for=32d", "for=99999999999999999999d",
                 "until=", "until=18:00", "until=2020-01-01T00:00:00Z", "until=9999-01-01T00:00:00Z"})
            QTest::addRow("%s", query) << QByteArray(query);
    }
    void refusesAPauseWithoutSense()
    {
        QFETCH(QByteArray, query);
        Scene scene;
        const auto answer = scene.ask("POST", "/control/pause?" + query.toStdString(), withToken);
        QCOMPARE(answer.status, 400);
        QVERIFY(scene.engine.told.empty());
    }

    void refusesControl_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("status");
        const auto row = [](const char* title, const char* method, const char* target, const std::string& fields,
                             int status) {
            QTest::newRow(title) << QByteArray(method) << QByteArray(target) << QByteArray(fields.c_str()) << status;
        };
        const std::string wrong = local + "X-Auth-Token: " + std::string(64, 'b') + "\r\n";
        const std::string shortened = local + "X-Auth-Token: " + token.substr(1) + "\r\n";
        row("no token", "POST", "/control/drain", local, 401);
        row("an empty token", "POST", "/control/drain", local + "X-Auth-Token:\r\n", 401);
        row("a wrong token", "POST", "/control/drain", wrong, 401);
        row("a part of the token", "POST", "/control/drain", shortened, 401);
        row("the token in the address", "POST", "/control/drain?token=aaaa", local, 401);
        row("a foreign page with the token", "POST", "/control/drain", withToken + "Origin: http://evil\r\n", 403);
        row("read instead of told", "GET", "/control/drain", withToken, 405);
        row("an unknown word", "POST", "/control/explode", withToken, 404);
        row("no word", "POST", "/control/", withToken, 404);
        row("no id", "POST", "/control/cancel", withToken, 400);
        row("an id that is no number", "POST", "/control/cancel?id=7x", withToken, 400);
        row("an unknown id", "POST", "/control/cancel?id=9", withToken, 404);
        row("an unknown id to start", "POST", "/control/next?id=9", withToken, 404);
        row("no worker", "POST", "/control/worker-drain", withToken, 400);
        row("a worker that is no number", "POST", "/control/worker-drain?worker=attic", withToken, 400);
        row("a worker beyond all numbers", "POST", "/control/worker-drain?worker=4294967299", withToken, 400);
        row("an unknown worker", "POST", "/control/worker-remove?worker=9", withToken, 404);
        row("the log without a token", "GET", "/logs", local, 401);
    }

    void refusesControl()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, fields);
        Scene scene;

        const auto answer = scene.ask(method.toStdString(), target.toStdString(), fields.toStdString());

        QTEST(answer.status, "status");
        QVERIFY(json::parse(answer.body).at("error").as_string().size() > 0);
        QVERIFY(scene.engine.told.empty());
        QVERIFY(scene.requested.empty());
    }

    void takesNoControlWithoutATokenFile()
    {
        Scene scene(StatusOptions{});

        QCOMPARE(scene.ask("POST", "/control/drain", local + "X-Auth-Token:\r\n").status, 403);
        QCOMPARE(scene.ask("GET", "/logs").status, 403);
        QVERIFY(scene.engine.told.empty());
    }

    void passesAJobOnThatTheSnapshotDoesNotShow()
    {
        Scene scene;
        scene.engine.shown.waiting = 5000;

        const auto answer = scene.ask("POST", "/control/cancel?id=4000", withToken);

        QCOMPARE(answer.status, 200);
        QVERIFY(scene.engine.told == std::vector<std::string>{"cancelJob 4000"});
    }

    void sendsAnEventForEachChange()
    {
        Scene scene({.token = token, .eventEvery = 0ms});
        std::vector<std::uint64_t> sequences;
        std::string type;

        scene.run([&]() -> Task<> {
            PlainClient client(scene.io);
            co_await client.connect(scene.front->address());
            co_await client.send("GET /events HTTP/1.1\r\n" + local + "\r\n");
            const auto head = co_await client.head();
            type = head.field("Content-Type");
            for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
                for (const std::uint64_t told : co_await eventsUpTo(client, sequence))
                    sequences.push_back(told);
                scene.showNext();
            }
        });

        QCOMPARE(type, std::string("text/event-stream"));
        QVERIFY((sequences == std::vector<std::uint64_t>{1, 2, 3}));
    }

    void sendsAtMostTenEventsASecond()
    {
        Scene scene;
        std::vector<std::uint64_t> sequences;
        TimePoint begin;
        TimePoint end;

        scene.run([&]() -> Task<> {
            PlainClient client(scene.io);
            co_await client.connect(scene.front->address());
            begin = Clock::now();
            co_await client.send("GET /events HTTP/1.1\r\n" + local + "\r\n");
            co_await client.head();
            Timer timer(scene.io.get_executor());
            for (int i = 0; i < 100; ++i) {
                scene.showNext();
                timer.expires_after(4ms);
                co_await timer.async_wait(throwing);
            }
            sequences = co_await eventsUpTo(client, scene.engine.shown.sequence);
            end = Clock::now();
        });

        const auto eventsMost = std::size_t((end - begin) / 100ms) + 1;
        QVERIFY2(sequences.size() <= eventsMost, qPrintable(QString::number(sequences.size())));
        QCOMPARE(sequences.back(), std::uint64_t{101});
    }

    void leavesOutWhatASlowReaderMissedAndDelaysNobody()
    {
        Scene scene({.token = token, .eventEvery = 0ms});
        scene.engine.shown.reasonText = std::string(1'000'000, 'x');
        std::size_t quick = 0;
        std::size_t slow = 0;

        scene.run([&]() -> Task<> {
            PlainClient reader(scene.io);
            PlainClient sleeper(scene.io);
            co_await reader.connect(scene.front->address());
            co_await sleeper.connect(scene.front->address());
            for (PlainClient* client : {&reader, &sleeper})
                co_await client->send("GET /events HTTP/1.1\r\n" + local + "\r\n");
            co_await reader.head();
            for (int i = 0; i < 100; ++i) {
                scene.showNext();
                quick += (co_await eventsUpTo(reader, scene.engine.shown.sequence)).size();
            }
            co_await sleeper.head();
            slow = (co_await eventsUpTo(sleeper, scene.engine.shown.sequence)).size();
        });

        QVERIFY2(quick >= 100, qPrintable(QString::number(quick)));
        QVERIFY2(slow < 50, qPrintable(QString::number(slow)));
    }

    void keepsASilentStreamAlive()
    {
        Scene scene({.token = token, .commentEvery = 5ms});
        std::string piece;

        scene.run([&]() -> Task<> {
            PlainClient client(scene.io);
            co_await client.connect(scene.front->address());
            co_await client.send("GET /events HTTP/1.1\r\n" + local + "\r\n");
            co_await client.head();
            co_await eventsUpTo(client, 1);
            piece = co_await client.chunk();
        });

        QVERIFY(piece.starts_with(": ") && piece.ends_with("\n\n"));
    }

    void letsEveryoneGoWhenItEnds()
    {
        Scene scene;
        std::vector<bool> over;

        scene.run([&]() -> Task<> {
            std::vector<std::unique_ptr<PlainClient>> clients;
            for (const std::string target : {"/events", "/status?wait=60", "/logs?follow=1"}) {
                clients.push_back(std::make_unique<PlainClient>(scene.io));
                co_await clients.back()->connect(scene.front->address());
                co_await clients.back()->send("GET " + target + " HTTP/1.1\r\n" + withToken + "\r\n");
            }
            co_await clients[0]->head();
            co_await clients[2]->head();
            scene.front.reset();
            for (auto& client : clients) {
                std::string rest(4096, '\0');
                error_code error;
                while (!error)
                    std::tie(error, std::ignore) = co_await client->socket().async_read_some(asio::buffer(rest), quiet);
                over.push_back(true);
            }
        });

        QCOMPARE(over.size(), std::size_t{3});
        QCOMPARE(scene.engine.watchers(), std::size_t{0});
    }

    void saysWhetherItIsReady_data()
    {
        QTest::addColumn<BackendState>("backend");
        QTest::addColumn<bool>("draining");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("ready") << BackendState::Ready << false << 200 << QByteArray("[+] backend here\n");
        QTest::newRow("draining") << BackendState::Ready << true << 503 << QByteArray("[-] takes new requests");
        QTest::newRow("down") << BackendState::Down << false << 503 << QByteArray("[-] backend here: refused\n");
    }

    void saysWhetherItIsReady()
    {
        QFETCH(BackendState, backend);
        QFETCH(bool, draining);
        QFETCH(QByteArray, part);
        Scene scene;
        scene.engine.shown.draining = draining;
        scene.engine.shown.backends[0].state = backend;
        scene.engine.shown.backends[0].reason = "refused";

        const auto brief = scene.ask("GET", "/readyz");
        const auto verbose = scene.ask("GET", "/readyz?verbose");

        QTEST(brief.status, "status");
        QTEST(verbose.status, "status");
        QVERIFY(brief.body.find("[") == std::string::npos);
        QVERIFY2(verbose.body.find(part.toStdString()) != std::string::npos, verbose.body.c_str());
    }

    void livesEvenWithoutBackends()
    {
        Scene scene;
        scene.engine.shown.backends.clear();

        QCOMPARE(scene.ask("GET", "/livez").status, 200);
        QCOMPARE(scene.ask("GET", "/healthz").status, 200);
        QCOMPARE(scene.ask("HEAD", "/livez").status, 200);
    }

    void tellsItsVersionAsLlamapoolDoes()
    {
        Scene scene;

        const json::value version = json::parse(scene.ask("GET", "/version").body);

        QCOMPARE(std::string(version.at("version").as_string()), std::string(versionNumber()));
        QVERIFY(version.at("build_sha").is_string());
        QVERIFY(version.at("build_date").is_string());
    }

    void tellsMetrics()
    {
        Scene scene;
        scene.metrics.jobFinished({.job = {.user = "Zed"}}, -1ns);

        const auto answer = scene.ask("GET", "/metrics");

        QCOMPARE(answer.field("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
        QVERIFY(answer.body.find("drover_requests_total{user=\"Zed\",api=\"ollama\",outcome=\"done\"} 1\n")
            != std::string::npos);
    }

    void showsAndFollowsTheLog()
    {
        Scene scene;
        for (int i = 0; i < 3; ++i)
            scene.logs.append({{}, LogLevel::Info, LogSource::Drover, "line " + std::to_string(i)});
        std::string followed;

        const auto all = scene.ask("GET", "/logs", withToken);
        const auto one = scene.ask("GET", "/logs?lines=1", withToken);
        scene.run([&]() -> Task<> {
            PlainClient client(scene.io);
            co_await client.connect(scene.front->address());
            co_await client.send("GET /logs?follow=1&lines=1 HTTP/1.1\r\n" + withToken + "\r\n");
            co_await client.head();
            followed = co_await client.chunk();
            scene.logs.append({{}, LogLevel::Warning, LogSource::Drover, "line 3"});
            followed += co_await client.chunk();
        });

        QCOMPARE(std::count(all.body.begin(), all.body.end(), '\n'), 3);
        QCOMPARE(one.body, std::string("1970-01-01T00:00:00.000Z info line 2\n"));
        QCOMPARE(followed, one.body + "1970-01-01T00:00:00.000Z warning line 3\n");
    }

    void saysWhatThereIs()
    {
        Scene scene;

        const auto index = scene.ask("GET", "/");
        const auto unknown = scene.ask("GET", "/api/tags");
        const auto written = scene.ask("POST", "/status", local + "Content-Length: 0\r\n");

        QVERIFY(index.body.find("/control/shutdown") != std::string::npos);
        QCOMPARE(unknown.status, 404);
        QVERIFY(json::parse(unknown.body).at("error").is_string());
        QCOMPARE(written.status, 405);
        QCOMPARE(written.field("Allow"), "GET, HEAD");
    }
};

QTEST_GUILESS_MAIN(StatusFrontTest)
#include "status_front_test.moc"
