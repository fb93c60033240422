// SPDX-License-Identifier: MIT
// A worker's side of the conversation with each kind of server, as protocols of llamapool v0.1.4 to nfrx v0.9.6 have
// it.
#include "core/protocol/pool_worker.h"

#include "core/protocol/base64.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <algorithm>

using namespace drover;
using namespace std::chrono_literals;

namespace {

/// A worker, its clock, and what it wanted done, in words: "dial", "> register", "start 1 /v1/...", "stop 1", "ping",
/// "close 1000 drained".
class Scene {
public:
    explicit Scene(std::string url = "ws://pool.example/api/llm/connect", std::string key = "secret")
        : worker({std::move(url), "Alpha", std::move(key), "0.1.0"})
    {
        offer({"llama3:8b"}, 2);
    }

    void did(PoolActions actions)
    {
        for (PoolAction& action : actions) {
            if (const auto* send = std::get_if<PoolSend>(&action)) {
                frames << QByteArray::fromStdString(send->frame);
                const auto object = QJsonDocument::fromJson(frames.last()).object();
                steps << QStringLiteral("> ") + object.value(QStringLiteral("type")).toString();
            } else if (auto* start = std::get_if<PoolStart>(&action)) {
                steps << QStringLiteral("start %1 %2")
                             .arg(start->work.number)
                             .arg(QString::fromUtf8(start->work.path.data(), qsizetype(start->work.path.size())));
                works.push_back(std::move(start->work));
            } else if (const auto* stop = std::get_if<PoolStop>(&action)) {
                steps << QStringLiteral("stop %1").arg(stop->number);
            } else if (std::holds_alternative<PoolDial>(action)) {
                steps << QStringLiteral("dial");
            } else if (std::holds_alternative<PoolPing>(action)) {
                steps << QStringLiteral("ping");
            } else if (const auto* close = std::get_if<PoolHangUp>(&action)) {
                steps << QStringLiteral("close %1 %2").arg(close->code).arg(QString::fromStdString(close->reason));
            }
        }
    }

    void start() { did(worker.start(now)); }
    void opened() { did(worker.opened("id-" + std::to_string(++connections), now, seconds)); }
    void pong() { did(worker.pong(now)); }
    void closed(PoolClosed how) { did(worker.closed(how, 1.0, now)); }
    void offer(std::vector<std::string> models, int slots) { did(worker.offer({std::move(models), slots}, now)); }
    void permit(PoolPermission permission)
    {
        did(worker.offer({{"llama3:8b"}, 2, permission, "Chrome uses the graphics card."}, now));
    }
    void frame(const std::string& text) { did(worker.frame(text, 1.0, now)); }
    void head(std::uint64_t number, int status = 200)
    {
        did(worker.answerHead(number, status, {{"Content-Type", "text/event-stream"}}));
    }
    void piece(std::uint64_t number, std::string_view bytes) { did(worker.answerPiece(number, bytes)); }
    void end(std::uint64_t number, std::optional<PoolFault> fault = {})
    {
        did(worker.answerEnd(number, std::move(fault)));
    }

    void request(
        const std::string& id, const std::string& path = "/chat/completions", const std::string& method = "POST")
    {
        std::string body;
        appendBase64(body, R"({"model":"llama3:8b"})");
        frame(R"({"type":"http_proxy_request","request_id":")" + id + R"(","method":")" + method + R"(","path":")"
            + path + R"(","headers":{"Content-Type":"application/json","Authorization":"Bearer PUBLIC","Cookie":"c=1",)"
            + R"("X-Request-Id":"x-)" + id + R"("},"stream":true,"body":")" + body + "\"}");
    }

    void job(const std::string& id, bool stream)
    {
        frame(R"({"type":"job_request","job_id":")" + id
            + R"(","endpoint":"generate","payload":{"model":"llama3:8b","prompt":"Hi","stream":)"
            + (stream ? "true" : "false") + "}}");
    }

    /// Time passes, a quarter of a second at a time. The server answers each ping unless it is `silent`.
    void pass(std::chrono::milliseconds time, bool silent = false)
    {
        for (; time > 0ms; time -= 250ms) {
            now += 250ms;
            passed += 250ms;
            seconds = 1'795'248'366 + std::chrono::duration_cast<std::chrono::seconds>(passed).count();
            did(worker.tick(now, seconds, 1.0));
            if (!silent && !steps.isEmpty() && steps.last() == QStringLiteral("ping"))
                pong();
        }
    }

    void connect()
    {
        start();
        opened();
        pong();
        clear();
    }

    void clear()
    {
        steps.clear();
        frames.clear();
        works.clear();
    }

    PoolWorker worker;
    TimePoint now{1h};
    std::chrono::milliseconds passed{0};
    std::int64_t seconds = 1'795'248'366;
    int connections = 0;
    QStringList steps;
    QByteArrayList frames;
    std::vector<PoolWork> works;
};

QStringList words(std::initializer_list<const char*> list)
{
    QStringList all;
    for (const char* each : list)
        all << QString::fromUtf8(each);
    return all;
}

const char* const seedUrl = "ws://pool.example:8080/workers/connect";

} // namespace

class PoolWorkerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void registersAndIsConnectedOnceThePongSaysThatItWasRead()
    {
        Scene scene;

        scene.start();
        scene.opened();

        QCOMPARE(scene.steps, words({"dial", "> register", "ping"}));
        QCOMPARE(scene.worker.state(), PoolState::Connecting);
        QCOMPARE(scene.frames.last(),
            QByteArray(R"({"type":"register","worker_id":"id-1","worker_name":"Alpha","worker_key":"secret",)"
                       R"("client_key":"secret","models":["llama3:8b"],"max_concurrency":2,"version":"0.1.0",)"
                       R"("agent_config":{"backend_family":"drover"}})"));
        scene.pong();
        QCOMPARE(scene.worker.state(), PoolState::Connected);
        QCOMPARE(scene.worker.reason(), std::string());
    }

    void beatsEveryFiveSecondsAndPingsEveryTen()
    {
        Scene scene;
        scene.connect();

        scene.pass(20s);

        QCOMPARE(scene.steps, words({"> heartbeat", "> heartbeat", "ping", "> heartbeat", "> heartbeat", "ping"}));
        QCOMPARE(scene.frames.first(), QByteArray(R"({"type":"heartbeat","ts":1795248371})"));
    }

    void carriesAStreamedAnswerOfTheProxyExchange()
    {
        Scene scene;
        scene.connect();

        scene.request("r1");
        scene.head(1);
        scene.piece(1, "data: one\n\n");
        scene.piece(1, "data: [DONE]\n\n");
        scene.end(1);

        QCOMPARE(scene.steps,
            words({"start 1 /v1/chat/completions", "> http_proxy_response_headers", "> http_proxy_response_chunk",
                "> http_proxy_response_chunk", "> http_proxy_response_end"}));
        QCOMPARE(scene.works[0].body, std::string(R"({"model":"llama3:8b"})"));
        QVERIFY(!scene.frames.last().contains("error"));
        QVERIFY(scene.worker.requests().idle());
    }

    void takesNoKeyOrCookieOfAPoolsClient()
    {
        Scene scene;
        scene.connect();

        scene.request("r1");

        QCOMPARE(scene.works[0].headers,
            (std::vector<std::pair<std::string, std::string>>{
                {"Content-Type", "application/json"}, {"X-Request-Id", "x-r1"}}));
    }

    void cutsAnswersIntoMessagesThatOldServersTake()
    {
        Scene scene;
        scene.connect();
        scene.request("r1");
        scene.head(1);
        scene.clear();

        scene.piece(1, std::string(60'000, 'x'));

        QCOMPARE(scene.frames.size(), 3);
        for (const QByteArray& frame : scene.frames)
            QVERIFY(frame.size() <= qsizetype(poolMessageBytesMax));
    }

    void offersOnlyWhatIsOnTheList_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("goesTo");
        QTest::newRow("a seed's chat") << QByteArray("POST") << QByteArray("/v1/chat/completions")
                                       << QByteArray("/v1/chat/completions");
        QTest::newRow("a newer one's chat")
            << QByteArray("POST") << QByteArray("/chat/completions") << QByteArray("/v1/chat/completions");
        QTest::newRow("embeddings") << QByteArray("POST") << QByteArray("/embeddings") << QByteArray("/v1/embeddings");
        QTest::newRow("responses") << QByteArray("POST") << QByteArray("/responses") << QByteArray("/v1/responses");
        QTest::newRow("another host") << QByteArray("POST") << QByteArray("@127.0.0.1:9999/x") << QByteArray();
        QTest::newRow("no slash") << QByteArray("POST") << QByteArray("v1/chat/completions") << QByteArray();
        QTest::newRow("two slashes") << QByteArray("POST") << QByteArray("//evil/v1/chat/completions") << QByteArray();
        QTest::newRow("dots") << QByteArray("POST") << QByteArray("/v1/../api/pull") << QByteArray();
        QTest::newRow("a query") << QByteArray("POST") << QByteArray("/v1/chat/completions?a=b") << QByteArray();
        QTest::newRow("deleting a model") << QByteArray("DELETE") << QByteArray("/api/delete") << QByteArray();
        QTest::newRow("pulling a model") << QByteArray("POST") << QByteArray("/api/pull") << QByteArray();
        QTest::newRow("another method") << QByteArray("PUT") << QByteArray("/v1/chat/completions") << QByteArray();
        QTest::newRow("nothing") << QByteArray("POST") << QByteArray("") << QByteArray();
        QTest::newRow("a blank") << QByteArray("POST") << QByteArray("/v1/chat/completions ") << QByteArray();
    }

    void offersOnlyWhatIsOnTheList()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, goesTo);
        Scene scene;
        scene.connect();

        scene.request("r1", path.toStdString(), method.toStdString());

        if (!goesTo.isEmpty()) {
            QCOMPARE(scene.steps, QStringList{QStringLiteral("start 1 ") + QString::fromUtf8(goesTo)});
            return;
        }
        QCOMPARE(scene.steps,
            words({"> http_proxy_response_headers", "> http_proxy_response_chunk", "> http_proxy_response_end"}));
        QVERIFY(scene.frames[0].contains("\"status\":403"));
    }

    void runsNoMoreAtOnceThanItSaid()
    {
        Scene scene;
        scene.connect();

        for (const char* id : {"a", "b", "c", "d"})
            scene.request(id);

        QCOMPARE(scene.steps, words({"start 1 /v1/chat/completions", "start 2 /v1/chat/completions"}));
        QCOMPARE(scene.worker.requests().waiting(), 2u);
        scene.clear();
        scene.head(1);
        scene.end(1);
        QCOMPARE(scene.steps.last(), QStringLiteral("start 3 /v1/chat/completions"));
    }

    void refusesAFloodAsBusy()
    {
        Scene scene;
        scene.connect();

        for (std::size_t i = 0; i < 2 + PoolRequests::waitingMax; ++i)
            scene.request("r" + std::to_string(i));
        scene.clear();
        scene.request("one more");

        QVERIFY(scene.steps.isEmpty()); // an id with a blank is no id
        scene.request("one-more");
        QVERIFY(scene.frames[0].contains("\"status\":503"));
        QVERIFY(scene.frames.last().contains("worker_busy"));
    }

    void stopsWhatThePoolCancelsAndStillEndsIt()
    {
        Scene scene;
        scene.connect();
        scene.request("r1");
        scene.head(1);
        scene.clear();

        scene.frame(R"({"type":"http_proxy_cancel","request_id":"r1"})");
        scene.piece(1, "late");
        scene.end(1, PoolFault{"cancelled", "late"});

        QCOMPARE(scene.steps, words({"stop 1", "> http_proxy_response_end"}));
        QVERIFY(scene.frames.last().contains("\"code\":\"cancelled\""));
        QVERIFY(scene.worker.requests().idle());
    }

    void countsACancelledRequestUntilItsBackendIsFree()
    {
        Scene scene;
        scene.offer({"llama3:8b"}, 1);
        scene.connect();
        scene.request("a");
        scene.request("b");
        scene.frame(R"({"type":"http_proxy_cancel","request_id":"a"})");
        QVERIFY(!scene.steps.contains(QStringLiteral("start 2 /v1/chat/completions")));

        scene.end(1, PoolFault{"cancelled", ""});

        QCOMPARE(scene.steps.last(), QStringLiteral("start 2 /v1/chat/completions"));
    }

    void forgetsAWaitingRequestThatIsCancelled()
    {
        Scene scene;
        scene.offer({"llama3:8b"}, 1);
        scene.connect();
        scene.request("a");
        scene.request("b");
        scene.clear();

        scene.frame(R"({"type":"http_proxy_cancel","request_id":"b"})");

        QCOMPARE(scene.steps, words({"> http_proxy_response_end"}));
        QCOMPARE(scene.worker.requests().waiting(), 0u);
    }

    void ignoresUnknownIdsReusedIdsAndGarbage()
    {
        Scene scene;
        scene.connect();
        scene.request("a");
        scene.clear();

        scene.request("a");
        scene.frame(R"({"type":"http_proxy_cancel","request_id":"nobody"})");
        scene.frame("half a mess");
        scene.frame(R"({"type":"who_knows"})");
        scene.piece(99, "x");
        scene.end(99);

        QVERIFY(scene.steps.isEmpty());
    }

    void tellsABackendThatGaveNoAnswerAsJson()
    {
        Scene scene;
        scene.connect();
        scene.request("a");
        scene.clear();

        scene.end(1, PoolFault{"upstream_error", "invalid method \"BAD\""});

        QVERIFY(scene.frames[0].contains("\"status\":502"));
        const auto chunk = QJsonDocument::fromJson(scene.frames[1]).object().value(QStringLiteral("data")).toString();
        QVERIFY(QJsonDocument::fromJson(QByteArray::fromBase64(chunk.toLatin1())).isObject());
        QVERIFY(scene.frames[2].contains("upstream_error"));
    }

    void streamsAGenerateJobLineByLineWithTheLastChunkThatTheServerWaitsFor()
    {
        Scene scene(seedUrl);
        scene.connect();

        scene.job("j1", true);
        scene.head(1);
        scene.piece(1, "{\"response\":\"Hel\",\"done\":false}\n{\"respon");
        scene.piece(1, "se\":\"\",\"done\":true}\n");
        scene.end(1);

        QCOMPARE(scene.steps, words({"start 1 /api/generate", "> job_chunk", "> job_chunk", "> job_chunk"}));
        QCOMPARE(scene.frames[0],
            QByteArray(R"({"type":"job_chunk","job_id":"j1","data":{"response":"Hel","done":false}})"));
        QCOMPARE(scene.frames[2], QByteArray(R"({"type":"job_chunk","job_id":"j1","data":{"done":true}})"));
    }

    void givesAWholeGenerateJobAsOneResult()
    {
        Scene scene(seedUrl);
        scene.connect();

        scene.job("j1", false);
        scene.head(1);
        scene.piece(1, R"({"response":"Hello )");
        scene.piece(1, R"(world","done":true})");
        scene.end(1);

        QCOMPARE(scene.frames,
            QByteArrayList{
                QByteArray(R"({"type":"job_result","job_id":"j1","data":{"response":"Hello world","done":true}})")});
    }

    void tellsAFailedGenerateJobAsAnErrorNotAsAnAnswer()
    {
        Scene scene(seedUrl);
        scene.connect();

        scene.job("j1", true);
        scene.head(1, 404);
        scene.piece(1, R"({"error":"model 'x' not found"})");
        scene.end(1);

        QCOMPARE(scene.frames.size(), 1);
        QVERIFY(scene.frames[0].contains("job_error"));
        QVERIFY(scene.frames[0].contains("model 'x' not found"));
    }

    void doesNotTakeACutStreamForAWholeOne()
    {
        Scene scene(seedUrl);
        scene.connect();
        scene.job("j1", true);
        scene.head(1);
        scene.piece(1, "{\"response\":\"Hel\",\"done\":false}\n");
        scene.clear();

        scene.end(1, PoolFault{"upstream_error", "it broke off"});

        QCOMPARE(scene.steps, words({"> job_error"}));
    }

    void answersAnUnknownKindOfJobToo()
    {
        Scene scene(seedUrl);
        scene.connect();

        scene.frame(R"({"type":"job_request","job_id":"j","endpoint":"../tags","payload":{}})");

        QCOMPARE(scene.steps, words({"> job_error"}));
    }

    void announcesAChangedOffer()
    {
        Scene scene;
        scene.connect();

        scene.offer({"llama3:8b", "qwen"}, 3);
        scene.offer({}, 0);

        QCOMPARE(scene.frames[0],
            QByteArray(
                R"({"type":"status_update","max_concurrency":3,"models":["llama3:8b","qwen"],"status":"idle"})"));
        QCOMPARE(scene.frames[1],
            QByteArray(R"({"type":"status_update","max_concurrency":0,"models":[],"status":"not_ready"})"));
        QCOMPARE(scene.worker.state(), PoolState::Unready);
    }

    void registersAnewAtASeedServerWhenModelsChangeAndNothingRuns()
    {
        Scene scene(seedUrl);
        scene.connect();
        scene.request("a", "/v1/chat/completions");
        scene.offer({"llama3:8b", "qwen"}, 2);
        scene.pass(4s);
        QVERIFY(!scene.steps.contains(QStringLiteral("dial")));
        scene.head(1);
        scene.end(1);
        scene.clear();

        scene.pass(250ms);
        scene.opened();

        QCOMPARE(scene.steps, words({"close 1000 models changed", "dial", "> register", "ping"}));
        QVERIFY(scene.frames.last().contains("\"worker_id\":\"id-2\""));
        QVERIFY(scene.frames.last().contains("qwen"));
    }

    void waitsForAModelBeforeItDials()
    {
        Scene scene;
        scene.offer({}, 0);

        scene.start();
        QVERIFY(scene.steps.isEmpty());
        QCOMPARE(scene.worker.state(), PoolState::Unready);
        scene.offer({"tiny"}, 1);

        QCOMPARE(scene.steps, words({"dial"}));
    }

    void refusesWhileItHasNothingToOffer()
    {
        Scene scene;
        scene.connect();
        scene.offer({}, 0);
        scene.clear();

        scene.request("a");

        QVERIFY(scene.frames[0].contains("\"status\":503"));
        QVERIFY(scene.frames[2].contains("worker_not_ready"));
    }

    void finishesWhatRunsAndTakesNothingWhenToldToFinish()
    {
        Scene scene;
        scene.connect();
        for (const char* id : {"a", "b", "c"})
            scene.request(id);
        scene.head(1);
        scene.clear();

        scene.permit(PoolPermission::Finish);
        scene.request("d");
        scene.piece(1, "data: x\n\n");
        scene.end(1);

        QCOMPARE(scene.steps,
            words({"> http_proxy_response_headers", "> http_proxy_response_chunk", "> http_proxy_response_end",
                "> status_update", "> http_proxy_response_headers", "> http_proxy_response_chunk",
                "> http_proxy_response_end", "> http_proxy_response_chunk", "> http_proxy_response_end"}));
        QVERIFY(scene.frames[2].contains(R"("request_id":"c","error":{"code":"worker_not_ready")"));
        QVERIFY(scene.frames[3].contains(R"("max_concurrency":0)"));
        QVERIFY(!scene.frames[8].contains("error"));
        QCOMPARE(scene.worker.state(), PoolState::Unready);
        QCOMPARE(scene.worker.reason(), std::string("Chrome uses the graphics card."));
    }

    void handsBackWhatRunsWhenToldToStop()
    {
        Scene scene;
        scene.connect();
        scene.request("begun");
        scene.job("j", true);
        scene.head(1);
        scene.clear();

        scene.permit(PoolPermission::Stop);

        QCOMPARE(
            scene.steps, words({"> http_proxy_response_end", "stop 1", "> job_error", "stop 2", "> status_update"}));
        QVERIFY(scene.frames[0].contains(R"("code":"worker_not_ready","message":"Chrome uses the graphics card.")"));
        scene.clear();
        scene.end(1, PoolFault{"cancelled", "x"});
        scene.end(2, PoolFault{"cancelled", "x"});
        QVERIFY(scene.frames.isEmpty());
        QVERIFY(scene.worker.requests().idle());
    }

    void refusesWhatWasHandedBackBeforeItsAnswerBegan()
    {
        Scene scene;
        scene.connect();
        scene.request("a");
        scene.clear();

        scene.did(scene.worker.handBack(1, "The owner needs it."));
        scene.did(scene.worker.handBack(1, "Twice."));

        QCOMPARE(scene.steps,
            words({"> http_proxy_response_headers", "> http_proxy_response_chunk", "> http_proxy_response_end",
                "stop 1"}));
        QVERIFY(scene.frames[0].contains("503"));
    }

    void goesOnWhenItMayAgain()
    {
        Scene scene;
        scene.connect();
        scene.permit(PoolPermission::Stop);
        scene.clear();

        scene.permit(PoolPermission::Go);
        scene.request("a");

        QVERIFY(scene.frames[0].contains(R"("max_concurrency":2)"));
        QVERIFY(scene.steps.contains(QStringLiteral("start 1 /v1/chat/completions")));
    }

    void hangsUpOnAFloodAndComesBack()
    {
        Scene scene;
        scene.connect();
        scene.request("a");
        scene.clear();

        for (int i = 0; i < PoolWorker::messagesPerTickMax; ++i)
            scene.frame("{}");

        QCOMPARE(scene.steps, words({"close 1008 too many messages", "stop 1"}));
        QCOMPARE(scene.worker.state(), PoolState::Connecting);
        QVERIFY(scene.worker.reason().find("more than anybody could answer") != std::string::npos);
        QVERIFY(!scene.worker.fix().empty());
        scene.clear();
        scene.end(1, PoolFault{"cancelled", "x"});
        scene.pass(2s);
        QCOMPARE(scene.steps, words({"dial"}));
    }

    void standsManyMessagesOverTime()
    {
        Scene scene;
        scene.connect();
        scene.clear();

        for (int tick = 0; tick < 4; ++tick) {
            for (int i = 0; i < PoolWorker::messagesPerTickMax; ++i)
                scene.frame("{}");
            scene.pass(250ms);
        }

        QVERIFY(scene.steps.isEmpty());
    }

    void triesOftenWhileThisMachineIsOffline()
    {
        Scene scene;
        scene.start();
        for (int i = 0; i < 10; ++i) {
            scene.closed({.offline = true});
            QVERIFY(scene.worker.retryIn(scene.now) <= 2s);
            QVERIFY(scene.worker.reason().find("no network") != std::string::npos);
            scene.clear();
            scene.pass(2s);
            QCOMPARE(scene.steps, words({"dial"}));
        }
        scene.closed({.error = "Connection refused"});
        QVERIFY2(scene.worker.retryIn(scene.now) <= 1s, "the outage was none of the server's failures");
    }

    void explainsWhatIsInTheWay_data()
    {
        QTest::addColumn<int>("httpStatus");
        QTest::addColumn<int>("distrust");
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<bool>("comesBack");
        const auto row = [](const char* name, int status, PoolDistrust distrust, const char* words, bool back = true) {
            QTest::newRow(name) << status << int(distrust) << QByteArray(words) << back;
        };
        row("a login page", 200, PoolDistrust::None, "login page");
        row("a redirect", 302, PoolDistrust::None, "login page");
        row("network authentication", 511, PoolDistrust::None, "login page");
        row("no upgrade", 426, PoolDistrust::None, "WebSockets");
        row("a gateway", 502, PoolDistrust::None, "has trouble");
        row("no authority", 0, PoolDistrust::Unknown, "not trusted");
        row("another name", 0, PoolDistrust::WrongName, "another server's");
        row("the clock", 0, PoolDistrust::WrongTime, "not valid at this time");
        row("another key", 0, PoolDistrust::WrongPin, "key of the pin", false);
    }

    void explainsWhatIsInTheWay()
    {
        QFETCH(int, httpStatus);
        QFETCH(int, distrust);
        QFETCH(QByteArray, words);
        QFETCH(bool, comesBack);
        Scene scene;
        scene.start();

        scene.closed({.httpStatus = httpStatus, .error = "details", .distrust = static_cast<PoolDistrust>(distrust)});

        QVERIFY2(QByteArray::fromStdString(scene.worker.reason()).contains(words), scene.worker.reason().c_str());
        scene.clear();
        scene.pass(60s);
        QCOMPARE(scene.steps.contains(QStringLiteral("dial")), comesBack);
        QCOMPARE(scene.worker.state() == PoolState::Refused, !comesBack);
    }

    void stopsAtARefusedKeyAndSaysSo_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<int>("httpStatus");
        QTest::newRow("after the registration") << 1008 << QByteArray("unauthorized") << 0;
        QTest::newRow("by a gateway") << 0 << QByteArray() << 401;
    }

    void stopsAtARefusedKeyAndSaysSo()
    {
        QFETCH(int, code);
        QFETCH(QByteArray, reason);
        QFETCH(int, httpStatus);
        Scene scene;
        scene.start();
        if (code != 0)
            scene.opened();
        scene.clear();

        scene.closed({code, reason.toStdString(), httpStatus, {}});
        scene.pass(10min);

        QVERIFY(scene.steps.isEmpty());
        QCOMPARE(scene.worker.state(), PoolState::Refused);
        QVERIFY(scene.worker.reason().find("refuses the key") != std::string::npos);
        QVERIFY(!scene.worker.fix().empty());
    }

    void dialsAgainLaterEachTime()
    {
        Scene scene;
        scene.start();
        std::vector<double> waits;

        for (int i = 0; i < 7; ++i) {
            scene.closed({0, {}, 0, "Connection refused"});
            const auto wait = scene.worker.retryIn(scene.now);
            waits.push_back(static_cast<double>(wait.count()) / 1000);
            scene.pass(wait);
        }

        QCOMPARE(waits, (std::vector<double>{1, 2, 4, 8, 16, 30, 30}));
        QCOMPARE(scene.worker.reason(), std::string("The pool cannot be reached: Connection refused."));
    }

    void jittersItsRetries()
    {
        Scene scene;
        scene.start();

        scene.did(scene.worker.closed({1001, {}, 0, {}}, 0.0, scene.now));

        QCOMPARE(scene.worker.retryIn(scene.now), 500ms);
    }

    void beginsWithShortRetriesAgainAfterAStableMinute()
    {
        Scene scene;
        scene.start();
        for (int i = 0; i < 5; ++i) {
            scene.closed({0, {}, 0, "refused"});
            scene.pass(scene.worker.retryIn(scene.now));
        }
        scene.opened();
        scene.pass(61s);

        scene.closed({1006, {}, 0, {}});

        QCOMPARE(scene.worker.retryIn(scene.now), 1000ms);
    }

    void triesAgainAfterAServersOwnError()
    {
        Scene scene;
        scene.connect();
        scene.request("a");
        scene.clear();

        scene.closed({1011, "server error", 0, {}});
        scene.pass(1s);

        QCOMPARE(scene.steps, words({"stop 1", "dial"}));
        QVERIFY(scene.worker.reason().find("had an error") != std::string::npos);
    }

    void tellsNothingOfOldRequestsOnANewConnection()
    {
        Scene scene;
        scene.connect();
        scene.request("a");
        scene.closed({1001, {}, 0, {}});
        scene.pass(1s);
        scene.opened();
        scene.clear();

        scene.head(1);
        scene.piece(1, "x");
        scene.end(1);
        scene.request("a");

        QCOMPARE(scene.steps, words({"start 2 /v1/chat/completions"}));
    }

    void leavesAServerThatGivesNoSignOfLife()
    {
        Scene scene;
        scene.connect();

        scene.pass(26s, true);

        QVERIFY(scene.steps.contains(QStringLiteral("close 1001 no sign of life")));
        QVERIFY(scene.steps.contains(QStringLiteral("dial")));
    }

    void dialsAgainAfterThisMachineSlept()
    {
        Scene scene;
        scene.connect();

        scene.seconds += 3600;
        scene.did(scene.worker.tick(scene.now + 250ms, scene.seconds, 0));

        QCOMPARE(scene.steps, words({"close 1001 no sign of life"}));
        QVERIFY(scene.worker.reason().find("asleep") != std::string::npos);
    }

    void givesUpOnADialThatTakesTooLong()
    {
        Scene scene;
        scene.start();
        scene.clear();

        scene.pass(15s);

        QCOMPARE(scene.steps, words({"close 1001 too slow"}));
        QCOMPARE(scene.worker.state(), PoolState::Connecting);
    }

    void saysWhatIsWrongWithAnAddress()
    {
        Scene scene;
        scene.start();

        scene.closed({0, {}, 404, {}});

        QVERIFY(scene.worker.reason().find("no pool at this address") != std::string::npos);
        QVERIFY(scene.worker.fix().find("/api/llm/connect") != std::string::npos);
    }

    void saysGoodbyeAtOnceWhenNothingRuns()
    {
        Scene scene;
        scene.connect();

        scene.did(scene.worker.drain());

        QCOMPARE(scene.steps, words({"> status_update", "close 1000 drained"}));
        QCOMPARE(scene.worker.state(), PoolState::Off);
    }

    void finishesWhatRunsBeforeItSaysGoodbye()
    {
        Scene scene;
        scene.offer({"llama3:8b"}, 1);
        scene.connect();
        scene.request("a");
        scene.request("b");
        scene.clear();

        scene.did(scene.worker.drain());
        scene.request("c");
        scene.offer({"llama3:8b", "qwen"}, 2);
        scene.pass(5s);
        scene.head(1);
        scene.piece(1, "data: [DONE]\n\n");
        scene.end(1);

        QVERIFY(scene.frames.join().contains("\"status\":\"draining\""));
        QVERIFY(!scene.frames.join().contains("\"status\":\"idle\""));
        QVERIFY(scene.steps.contains(QStringLiteral("> heartbeat")));
        QCOMPARE(std::ranges::count_if(
                     scene.frames, [](const QByteArray& frame) { return frame.contains("worker_draining"); }),
            2);
        QCOMPARE(scene.steps.mid(scene.steps.size() - 2), words({"> http_proxy_response_end", "close 1000 drained"}));
    }

    void comesBackAfterADrain()
    {
        Scene scene;
        scene.connect();
        scene.did(scene.worker.drain());
        scene.clear();

        scene.did(scene.worker.undrain(scene.now));
        scene.opened();

        QCOMPARE(scene.steps, words({"dial", "> register", "ping"}));
    }

    void takesAnEndDuringADrainForTheGoodbye()
    {
        Scene scene;
        scene.connect();
        scene.request("a");
        scene.did(scene.worker.drain());
        scene.clear();

        scene.closed({0, {}, 0, {}});
        scene.pass(1min);

        QCOMPARE(scene.steps, words({"stop 1"}));
        QCOMPARE(scene.worker.state(), PoolState::Off);
    }
};

QTEST_GUILESS_MAIN(PoolWorkerTest)
#include "pool_worker_test.moc"
