// SPDX-License-Identifier: MIT
// The host's side of the conversation with each kind of worker. The texts are those that llamapool v0.1.4 to nfrx
// v0.9.6 were seen to write.
#include "core/protocol/base64.h"
#include "core/protocol/pool_worker.h"
#include "core/protocol/worker_session.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace drover;
using namespace std::chrono_literals;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

const char* const seedRegister =
    R"({"type":"register","worker_id":"3bf0a435-1af6-49f2-94a2-19f7da3c36a2","worker_name":"Alpha","worker_key":"secret","models":["llama3:8b-q4_0","qwen2.5:7b"],"max_concurrency":2})";
const char* const inferoRegister =
    R"({"type":"register","worker_id":"3bf0a435","worker_name":"Beta","client_key":"secret","models":["llama3:8b-q4_0"],"max_concurrency":2,"version":"v0.5.1","build_sha":"abc","build_date":"2025-08-25"})";
const char* const nfrxRegister =
    R"({"type":"register","worker_id":"20261121080546","worker_name":"Alpha","client_key":"","models":["llama3:8b-q4_0"],"max_concurrency":2,"version":"v0.9.6","build_sha":"0d49cf7","build_date":"2026-04-21T23:46:32Z","agent_config":{"backend_family":"ollama","backend_version":"0.11.4","embedding_batch_size":"2","hostname":"vm","os_name":"debian","os_version":"12.11"}})";
const char* const droverRegister =
    R"({"type":"register","worker_id":"a","worker_name":"Alpha","models":["m:1b"],"max_concurrency":2,"version":"0.1.0","agent_config":{"backend_family":"drover"}})";

std::string base64(std::string_view bytes)
{
    std::string text;
    appendBase64(text, bytes);
    return text;
}

/// `form` with what stands for each letter: moc cannot read raw texts with an odd number of quotes.
std::string filled(std::string_view form, const std::map<char, std::string>& letters)
{
    std::string text;
    for (const char c : form) {
        const auto found = letters.find(c);
        text += found == letters.end() ? std::string(1, c) : found->second;
    }
    return text;
}

/// A session and what it asked of its owner, in words: "registered", "changed", "close 1008 why", "> type",
/// "head 1 200", "piece 1 bytes", "end 1", "end 1 code".
class Scene : public WorkerSession::Port {
public:
    explicit Scene(HostLimits limits = {})
        : session(*this, limits, now)
    {
    }

    void send(std::string frame) override
    {
        frames << QByteArray::fromStdString(frame);
        last = QJsonDocument::fromJson(frames.last()).object();
        steps << QStringLiteral("> ") + last.value(QStringLiteral("type")).toString();
    }
    void close(std::uint16_t code, std::string_view reason) override
    {
        steps
            << QStringLiteral("close %1 %2").arg(code).arg(QString::fromUtf8(reason.data(), qsizetype(reason.size())));
    }
    void registered() override
    {
        steps << QStringLiteral("registered");
        if (admits)
            session.admit();
    }
    void changed() override { steps << QStringLiteral("changed"); }
    void head(std::uint64_t number, int status, Fields fields) override
    {
        steps << QStringLiteral("head %1 %2").arg(number).arg(status);
        lastFields = std::move(fields);
    }
    void piece(std::uint64_t number, std::string_view bytes) override
    {
        steps << QStringLiteral("piece %1 %2")
                     .arg(number)
                     .arg(QString::fromUtf8(bytes.data(), std::min<qsizetype>(qsizetype(bytes.size()), 200)).trimmed());
        answers[number].append(bytes);
    }
    void ended(std::uint64_t number, std::optional<PoolFault> fault) override
    {
        steps << QStringLiteral("end %1").arg(number)
                + (fault ? QStringLiteral(" ") + QString::fromStdString(fault->code) : QString());
        lastFault = fault;
        ++ends[number];
    }

    void text(std::string_view frame) { session.received(frame, now); }
    void joined(std::string_view registration)
    {
        text(registration);
        steps.clear();
    }

    /// Its id, as the worker has it.
    std::string ask(Endpoint endpoint, std::string_view body = R"({"model":"m:1b"})", bool streamed = true)
    {
        const auto sent = session.request({++asked, endpoint,
            {{"Content-Type", "application/json"}, {"X-Request-Id", "x-1"}, {"Authorization", "Bearer CLIENT"}},
            streamed, body});
        failed = sent ? std::optional<Errc>() : sent.error().code;
        return field("request_id").empty() ? field("job_id") : field("request_id");
    }
    std::string field(const char* name) const { return last.value(QString::fromLatin1(name)).toString().toStdString(); }

    void head(const std::string& id, int status = 200, const char* fields = R"({"Content-Type":"text/event-stream"})")
    {
        text(filled(R"({"type":"http_proxy_response_headers","request_id":"I","status":S,"headers":H})",
            {{'I', id}, {'S', std::to_string(status)}, {'H', fields}}));
    }
    void chunk(const std::string& id, std::string_view bytes)
    {
        text(filled(
            R"({"type":"http_proxy_response_chunk","request_id":"I","data":"B"})", {{'I', id}, {'B', base64(bytes)}}));
    }
    void end(const std::string& id, const char* error = nullptr)
    {
        if (error)
            text(filled(R"({"type":"http_proxy_response_end","request_id":"I","error":{"code":"E","message":"why"}})",
                {{'I', id}, {'E', error}}));
        else
            text(filled(R"({"type":"http_proxy_response_end","request_id":"I"})", {{'I', id}}));
    }
    void jobChunk(const std::string& id, const std::string& json)
    {
        text(filled(R"({"type":"job_chunk","job_id":"I","data":J})", {{'I', id}, {'J', json}}));
    }

    void pass(std::chrono::milliseconds time)
    {
        for (; time > 0ms; time -= 250ms) {
            now += 250ms;
            session.tick(now);
        }
    }

    TimePoint now{1h};
    bool admits = true;
    WorkerSession session;
    std::uint64_t asked = 0; ///< number of the last request
    std::optional<Errc> failed;
    QStringList steps;
    QByteArrayList frames;
    QJsonObject last;
    Fields lastFields;
    std::optional<PoolFault> lastFault;
    std::map<std::uint64_t, std::string> answers;
    std::map<std::uint64_t, int> ends;
};

QStringList words(std::initializer_list<const char*> list)
{
    QStringList all;
    for (const char* each : list)
        all << QString::fromUtf8(each);
    return all;
}

} // namespace

class WorkerSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // ---- who it is ----

    void readsTheRegistrationOfEachKindOfWorker()
    {
        Scene seed;
        seed.text(seedRegister);
        QCOMPARE(seed.steps, words({"registered"}));
        const WorkerFacts& facts = seed.session.facts();
        QCOMPARE(facts.name, std::string("Alpha"));
        QCOMPARE(facts.key, std::string("secret"));
        QCOMPARE(facts.models, (std::vector<std::string>{"llama3:8b-q4_0", "qwen2.5:7b"}));
        QCOMPARE(facts.slots, 2);
        QVERIFY(facts.dialect == WorkerDialect::Llamapool);

        Scene infero;
        infero.text(inferoRegister);
        QVERIFY(infero.session.facts().dialect == WorkerDialect::Infero);
        QCOMPARE(infero.session.facts().key, std::string("secret"));

        Scene nfrx;
        nfrx.text(nfrxRegister);
        const WorkerFacts& told = nfrx.session.facts();
        QVERIFY(told.dialect == WorkerDialect::Nfrx);
        QCOMPARE(told.backendFamily, std::string("ollama"));
        QCOMPARE(told.hostName, std::string("vm"));
        QCOMPARE(told.osVersion, std::string("12.11"));
        QCOMPARE(told.embeddingBatchSize, 2);
        QCOMPARE(told.buildSha, std::string("0d49cf7"));
    }

    void understandsOddRegistrations_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("key");
        QTest::addColumn<int>("slots");
        QTest::addColumn<int>("models");
        const auto row = [](const char* what, const char* text, const char* name, const char* key, int slots,
                             int models) {
            QTest::newRow(what) << QByteArray(text) << QString::fromUtf8(name) << QString::fromUtf8(key) << slots
                                << models;
        };
        row("null models", R"({"type":"register","worker_id":"abc","worker_key":"","models":null,"max_concurrency":0})",
            "abc", "", 0, 0);
        row("old token", R"({"type":"register","worker_id":"abcdefghijk","worker_key":"","token":"t","models":[]})",
            "abcdefgh", "t", 1, 0);
        row("names in any case",
            R"({"Type":"register","Worker_Name":"N","CLIENT_KEY":"k","Models":["a","a","b"],)"
            R"("Max_Concurrency":3})",
            "N", "k", 3, 2);
        row("negative slots", R"({"type":"register","client_key":"","max_concurrency":-7})", "worker", "", 0, 0);
        row("huge slots", R"({"type":"register","client_key":"","max_concurrency":1e300})", "worker", "", 256, 0);
        row("slots that are no number", R"({"type":"register","client_key":"","max_concurrency":"9"})", "worker", "", 0,
            0);
        row("models that are none", R"({"type":"register","worker_key":"","models":["",7,null,"a\nb","ok"]})", "worker",
            "", 1, 1);
        row("a blank name", R"({"type":"register","worker_id":"x","worker_name":"  ","worker_key":""})", "x", "", 1, 0);
        row("a name of two lines", R"({"type":"register","worker_name":"a\nb","worker_key":""})", "a b", "", 1, 0);
        row("unknown fields", R"({"type":"register","worker_name":"N","worker_key":"","x":{"y":[1]},"agent_config":7})",
            "N", "", 1, 0);
    }
    void understandsOddRegistrations()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, name);
        QFETCH(QString, key);
        QFETCH(int, slots);
        QFETCH(int, models);
        Scene scene;

        scene.text(text.toStdString());

        QCOMPARE(scene.steps, words({"registered"}));
        QCOMPARE(QString::fromStdString(scene.session.facts().name), name);
        QCOMPARE(QString::fromStdString(scene.session.facts().key), key);
        QCOMPARE(scene.session.facts().slots, slots);
        QCOMPARE(int(scene.session.facts().models.size()), models);
    }

    void closesOnAnythingElseFirst_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("no object") << QByteArray("[]");
        QTest::newRow("a heartbeat") << QByteArray(R"({"type":"heartbeat","ts":1})");
        QTest::newRow("models of another kind") << QByteArray(R"({"type":"register","models":"x"})");
        QTest::newRow("deep") << QByteArray(R"({"type":"register","models":)") + QByteArray(100000, '[');
        QTest::newRow("invalid UTF-8") << QByteArray("{\"type\":\"register\",\"worker_name\":\"\xff\"}");
    }
    void closesOnAnythingElseFirst()
    {
        QFETCH(QByteArray, text);
        Scene scene;

        scene.text(text.toStdString());
        scene.text(seedRegister);

        QCOMPARE(scene.steps, words({"close 1008 expected register"}));
    }

    void waitsTenSecondsForTheFirstMessage()
    {
        Scene scene;

        scene.pass(9750ms);
        QVERIFY(scene.steps.isEmpty());
        scene.pass(250ms);

        QCOMPARE(scene.steps, words({"close 1008 expected register"}));
    }

    void cutsWhatIsOverALimit()
    {
        HostLimits limits;
        limits.nameBytesMax = 16;
        limits.modelsPerWorkerMax = 100;
        Scene scene(limits);
        std::string models = "\"" + std::string(17, 'x') + "\"";
        for (int i = 0; i < 10000; ++i)
            models += ",\"m" + std::to_string(i) + "\"";

        scene.text(filled(R"({"type":"register","worker_id":"I","worker_name":"N","worker_key":"","models":[M]})",
            {{'I', std::string(5000, 'i')}, {'N', std::string(15, 'n') + "\xC3\xA9"}, {'M', models}}));

        QCOMPARE(scene.session.facts().id.size(), std::size_t(16));
        QCOMPARE(scene.session.facts().name, std::string(15, 'n')); // not half of the last letter
        QCOMPARE(scene.session.facts().models.size(), std::size_t(100));
        QCOMPARE(scene.session.facts().models[0], std::string("m0"));
    }

    void asksNothingOfAWorkerThatIsNotAdmitted()
    {
        Scene scene;
        scene.admits = false;

        scene.text(seedRegister);
        scene.ask(Endpoint::OpenAiChat);

        QVERIFY(scene.failed == Errc::BackendUnreachable);
        QVERIFY(scene.frames.isEmpty());
        scene.session.refuse("unauthorized");
        scene.session.admit();
        QCOMPARE(scene.steps, words({"registered", "close 1008 unauthorized"}));
        QVERIFY(!scene.session.admitted());
    }

    void aSecondRegistrationMeansNothing()
    {
        Scene scene;
        scene.joined(seedRegister);

        scene.text(nfrxRegister);

        QVERIFY(scene.steps.isEmpty());
        QVERIFY(scene.session.facts().dialect == WorkerDialect::Llamapool);
    }

    // ---- how it changes ----

    void takesStatusUpdates()
    {
        Scene scene;
        scene.joined(nfrxRegister);

        scene.text(R"({"type":"status_update","max_concurrency":3,"models":["a","b"],"status":"idle"})");
        QCOMPARE(scene.session.facts().slots, 3);
        QCOMPARE(scene.session.facts().models.size(), std::size_t(2));
        scene.text(R"({"type":"status_update","status":"not_ready","agent_config":{"backend_version":"9"}})");
        QCOMPARE(scene.session.facts().slots, 0); // absent is 0
        QCOMPARE(scene.session.facts().models.size(), std::size_t(2)); // absent is unchanged
        QCOMPARE(scene.session.facts().status, std::string("not_ready"));
        QCOMPARE(scene.session.facts().backendVersion, std::string("9"));
        QCOMPARE(scene.session.facts().embeddingBatchSize, 0);
        scene.text(R"({"type":"status_update","status":"not_ready"})"); // says nothing else
        scene.text(R"({"type":"status_update","max_concurrency":1,"models":7,"status":"idle"})"); // unreadable
        scene.text(R"({"type":"status_update","max_concurrency":0,"models":[],"status":"draining"})");

        QCOMPARE(scene.steps, words({"changed", "changed", "changed"}));
        QVERIFY(scene.session.facts().models.empty());
    }

    void heartbeatsKeepItAliveWhateverTheySay()
    {
        Scene scene;
        scene.joined(seedRegister);
        const char* const beats[] = {R"({"type":"heartbeat","ts":1795248366,"host_cpu_percent":99.8})",
            R"({"type":"heartbeat","ts":-1})", R"({"type":"heartbeat","host_cpu_percent":1e308})",
            R"({"type":"heartbeat","ts":"x","host_ram_used_percent":-5})"};

        for (int i = 0; i < 40; ++i) {
            scene.pass(14s);
            scene.text(beats[i % 4]);
        }

        QVERIFY(scene.steps.isEmpty());
        QCOMPARE(scene.session.facts().cpuPercent, 100.0);
        QCOMPARE(scene.session.facts().memoryPercent, 0.0);
    }

    void aSilentWorkerLosesItsRequestsAndItsConnection()
    {
        Scene scene;
        scene.joined(nfrxRegister);
        scene.ask(Endpoint::OpenAiChat);
        scene.steps.clear();

        scene.pass(14750ms);
        QVERIFY(scene.steps.isEmpty());
        scene.pass(250ms);

        QCOMPARE(scene.steps, words({"close 1001 no heartbeat", "end 1 worker_silent"}));
        scene.text(R"({"type":"heartbeat","ts":1})");
        scene.ask(Endpoint::OpenAiChat);
        QVERIFY(scene.failed == Errc::BackendUnreachable);
        scene.session.closed();
        QCOMPARE(scene.steps.size(), 2);
    }

    void theHostsOwnPauseIsNoSilence()
    {
        Scene scene;
        scene.joined(seedRegister);

        scene.now += 1h;
        scene.session.tick(scene.now);
        scene.now -= 30min; // and back
        scene.session.tick(scene.now);

        QVERIFY(scene.steps.isEmpty());
        scene.pass(15s);
        QVERIFY(scene.steps.isEmpty()); // until the clock is where it was
    }

    void closesAWorkerThatFloods()
    {
        Scene scene;
        scene.joined(seedRegister);
        const std::string id = scene.ask(Endpoint::OpenAiChat);
        scene.head(id);
        for (int i = 0; i < 20000; ++i)
            scene.chunk(id, "x");
        scene.steps.clear();

        for (int i = 0; i <= WorkerSession::messagesPerTickMax; ++i)
            scene.text("{}");

        QCOMPARE(scene.steps, words({"close 1008 too many messages", "end 1 worker_lost"}));
    }

    // ---- what it is asked ----

    void asksEachKindOfWorkerForWhatItCanAnswer_data()
    {
        QTest::addColumn<QByteArray>("registration");
        QTest::addColumn<int>("endpoint");
        QTest::addColumn<QString>("path"); // "job" for the job exchange, empty for a refusal
        const auto rows = [](const char* kind, const char* text, std::initializer_list<const char*> paths) {
            int endpoint = 0;
            for (const char* path : paths) {
                QTest::addRow("%s %d", kind, endpoint) << QByteArray(text) << endpoint << QString::fromLatin1(path);
                ++endpoint;
            }
        };
        rows("seed", seedRegister,
            {"job", "/api/chat", "/api/embed", "/api/embeddings", "/v1/chat/completions", "/v1/completions",
                "/v1/embeddings", "/v1/responses", "/v1/messages"});
        for (const auto& [kind, text] : {std::pair("infero", inferoRegister), std::pair("nfrx", nfrxRegister)})
            rows(kind, text,
                {"", "", "", "", "/chat/completions", "/completions", "/embeddings", "/responses", "/messages"});
        rows("drover", droverRegister,
            {"/api/generate", "/api/chat", "/api/embed", "/api/embeddings", "/v1/chat/completions", "/v1/completions",
                "/v1/embeddings", "/v1/responses", "/v1/messages"});
    }
    void asksEachKindOfWorkerForWhatItCanAnswer()
    {
        QFETCH(QByteArray, registration);
        QFETCH(int, endpoint);
        QFETCH(QString, path);
        Scene scene;
        scene.joined(registration.toStdString());

        scene.ask(Endpoint(endpoint));

        QCOMPARE(scene.session.takes(Endpoint(endpoint)), !path.isEmpty());
        QCOMPARE(scene.session.underWay(), std::size_t(path.isEmpty() ? 0 : 1));
        if (path.isEmpty())
            QVERIFY(scene.failed == Errc::NoBackend);
        else if (path == QStringLiteral("job"))
            QCOMPARE(scene.field("endpoint"), std::string("generate"));
        else
            QCOMPARE(QString::fromStdString(scene.field("path")), path);
    }

    void writesTheRequestAsTheServersDid()
    {
        Scene scene;
        scene.joined(seedRegister);

        const std::string id = scene.ask(Endpoint::OpenAiChat, R"({"model":"m:1b","stream":true})");
        QCOMPARE(id.size(), std::size_t(36));
        QByteArray expected = R"({"type":"http_proxy_request","request_id":"ID","method":"POST",)"
                              R"("path":"/v1/chat/completions","headers":{"Content-Type":"application/json",)"
                              R"("X-Request-Id":"x-1"},"stream":true,"body":"BODY"})";
        expected.replace("ID", id.c_str()).replace("BODY", base64(R"({"model":"m:1b","stream":true})").c_str());
        QCOMPARE(scene.frames.last(), expected);
        scene.ask(Endpoint::OpenAiChat, "{}", false);
        QVERIFY(!scene.last.contains(QStringLiteral("stream")));
        QVERIFY(!scene.frames.last().contains("CLIENT"));
    }

    void everyIdIsAnother()
    {
        Scene scene;
        scene.joined(droverRegister);
        std::set<std::string> ids;
        for (int i = 0; i < 2000; ++i) {
            const std::string id = scene.ask(Endpoint::OpenAiChat);
            ids.insert(id);
            if (i % 2 == 0)
                scene.end(id);
        }
        Scene other;
        other.joined(droverRegister);
        ids.insert(other.ask(Endpoint::OpenAiChat));

        QCOMPARE(ids.size(), std::size_t(2001));
        QCOMPARE(scene.session.underWay(), std::size_t(1000));
    }

    void doesNotKillAnOldWorkerWithALargeRequest()
    {
        const std::string small = filled(R"({"prompt":"X"})", {{'X', std::string(24000, 'x')}});
        const std::string large = filled(R"({"prompt":"X"})", {{'X', std::string(30000, 'x')}});
        for (const char* registration : {seedRegister, inferoRegister}) {
            Scene scene;
            scene.joined(registration);
            scene.ask(Endpoint::OpenAiChat, small);
            QVERIFY(!scene.failed);
            QVERIFY(scene.frames.last().size() <= 32768);
            scene.ask(Endpoint::OpenAiChat, large);
            QVERIFY(scene.failed == Errc::TooLarge);
            QCOMPARE(scene.frames.size(), 1);
            QCOMPARE(scene.session.underWay(), std::size_t(1));
        }
        for (const char* registration : {nfrxRegister, droverRegister}) {
            Scene scene;
            scene.joined(registration);
            scene.ask(Endpoint::OpenAiChat, filled(R"({"prompt":"X"})", {{'X', std::string(4000000, 'x')}}));
            QVERIFY(!scene.failed);
            scene.ask(Endpoint::OpenAiChat, std::string(poolFrameBytesMax, 'x'));
            QVERIFY(scene.failed == Errc::TooLarge);
        }
    }

    // ---- answers of the proxy exchange ----

    void carriesAnAnswer()
    {
        Scene scene;
        scene.joined(nfrxRegister);
        const std::string id = scene.ask(Endpoint::OpenAiChat);

        scene.head(id, 200,
            R"({"Content-Type":"text/event-stream","Date":"Sat, 21 Nov 2026 07:57:29 GMT",)"
            R"("X-Multi":"a, b","Transfer-Encoding":"chunked","Connection":"close","Bad":"a\r\nb: c",)"
            R"("B:d":"x","Set-Cookie":"a=b","Number":7})");
        scene.chunk(id, "data: one");
        scene.text(
            filled(R"({"data":"ZGF0YTogdHdv","type":"http_proxy_response_chunk","request_id":"I"})", {{'I', id}}));
        scene.end(id);
        scene.end(id);
        scene.chunk(id, "late");
        scene.head(id);

        QCOMPARE(scene.steps,
            words({"> http_proxy_request", "head 1 200", "piece 1 data: one", "piece 1 data: two", "end 1"}));
        QCOMPARE(scene.lastFields,
            (Fields{{"Content-Type", "text/event-stream"}, {"Date", "Sat, 21 Nov 2026 07:57:29 GMT"},
                {"X-Multi", "a, b"}}));
        QCOMPARE(scene.session.underWay(), std::size_t(0));
    }

    void passesErrorsOfTheBackendWhole()
    {
        Scene scene;
        scene.joined(nfrxRegister);
        const std::string missing = scene.ask(Endpoint::OpenAiChat);
        const std::string broken = scene.ask(Endpoint::OpenAiChat);
        scene.steps.clear();

        scene.head(missing, 404);
        scene.chunk(missing, "no such model");
        scene.end(missing);
        scene.head(broken, 500);
        scene.chunk(broken, "out of");
        scene.chunk(broken, " memory");
        scene.end(broken);

        QCOMPARE(scene.steps,
            words({"head 1 404", "piece 1 no such model", "end 1", "head 2 500", "piece 2 out of memory", "end 2"}));
    }

    void aLongErrorIsNotHeldForEver()
    {
        Scene scene;
        scene.joined(nfrxRegister);
        const std::string id = scene.ask(Endpoint::OpenAiChat);
        scene.steps.clear();

        scene.head(id, 500);
        scene.chunk(id, std::string(16384, 'x'));
        QVERIFY(scene.steps.isEmpty());
        scene.chunk(id, "y");
        scene.chunk(id, "z");

        QCOMPARE(scene.steps.size(), 4);
        QCOMPARE(scene.answers[1], std::string(16384, 'x') + "yz");
    }

    void aWorkerThatFailedWasNeverHeard_data()
    {
        QTest::addColumn<QByteArray>("error");
        QTest::addColumn<bool>("body");
        QTest::newRow("draining") << QByteArray("worker_draining") << false;
        QTest::newRow("our own") << QByteArray("worker_not_ready") << true;
        QTest::newRow("unreachable") << QByteArray("upstream_error") << true;
    }
    void aWorkerThatFailedWasNeverHeard()
    {
        QFETCH(QByteArray, error);
        QFETCH(bool, body);
        Scene scene;
        scene.joined(seedRegister);
        const std::string id = scene.ask(Endpoint::OpenAiChat);
        scene.steps.clear();

        scene.head(id, error == "upstream_error" ? 502 : 503, R"({"Content-Type":"application/json"})");
        if (body)
            scene.chunk(id, R"({"error":"no"})");
        scene.end(id, error.constData());

        QStringList expected{QStringLiteral("end 1 ") + QString::fromLatin1(error)};
        if (error == "worker_draining")
            expected << QStringLiteral("changed");
        QCOMPARE(scene.steps, expected);
        QCOMPARE(scene.session.facts().slots, error == "worker_draining" ? 0 : 2);
    }

    void endsWithAFaultWhereTheAnswerBreaksOff()
    {
        Scene scene;
        scene.joined(nfrxRegister);
        const std::string cut = scene.ask(Endpoint::OpenAiChat);
        const std::string none = scene.ask(Endpoint::OpenAiChat);
        const std::string lost = scene.ask(Endpoint::OpenAiChat);
        scene.steps.clear();

        scene.head(cut);
        scene.chunk(cut, "data");
        scene.end(cut, "upstream_error");
        scene.end(none);
        scene.head(lost);
        scene.session.closed();

        QCOMPARE(scene.steps,
            words({"head 1 200", "piece 1 data", "end 1 upstream_error", "end 2 upstream_error", "head 3 200",
                "end 3 worker_lost"}));
    }

    void givesUpAnswersOutOfOrder()
    {
        Scene scene;
        scene.joined(nfrxRegister);
        const std::string headless = scene.ask(Endpoint::OpenAiChat);
        const std::string odd = scene.ask(Endpoint::OpenAiChat);
        const std::string twice = scene.ask(Endpoint::OpenAiChat);
        const std::string job = scene.ask(Endpoint::OpenAiChat);
        scene.steps.clear();

        scene.chunk(headless, "x");
        scene.head(odd, 101);
        scene.head(twice, 200);
        scene.head(twice, 500);
        scene.end(twice);
        scene.jobChunk(job, R"({"done":true,"response":""})");

        QCOMPARE(scene.steps,
            words({"> http_proxy_cancel", "end 1 bad_answer", "> http_proxy_cancel", "end 2 bad_answer", "head 3 200",
                "end 3", "> http_proxy_cancel", "end 4 bad_answer"}));
    }

    void ignoresWhatIsNotUnderWay()
    {
        Scene scene;
        scene.joined(nfrxRegister);
        const std::string id = scene.ask(Endpoint::OpenAiChat);
        scene.steps.clear();
        std::string other = id;
        other.back() = other.back() == '0' ? '1' : '0';

        for (const std::string& unknown : {std::string(), std::string("x"), other, std::string(36, 'f'),
                 std::string(36, '0'), std::string(5000, '0'), "ffffffff" + id.substr(8)}) {
            scene.head(unknown);
            scene.chunk(unknown, "bytes");
            scene.end(unknown);
            scene.jobChunk(unknown, R"({"done":true})");
            scene.text(filled(R"({"type":"job_error","job_id":"I"})", {{'I', unknown}}));
        }
        scene.text(filled(R"({"type":"http_proxy_response_chunk","request_id":"I","data":"%%%%"})", {{'I', id}}));
        scene.text(R"({"type":"http_proxy_response_end"})");
        scene.text(R"({"type":"job_request","job_id":"x"})");

        QVERIFY(scene.steps.isEmpty());
        QCOMPARE(scene.session.underWay(), std::size_t(1));
    }

    void aCancelledRequestIsForgotten()
    {
        Scene scene;
        scene.joined(seedRegister);
        const std::string chat = scene.ask(Endpoint::OpenAiChat);
        const std::string job = scene.ask(Endpoint::OllamaGenerate);
        scene.steps.clear();

        scene.session.cancel(1);
        scene.session.cancel(1);
        QCOMPARE(scene.field("request_id"), chat);
        scene.session.cancel(2);
        QCOMPARE(scene.field("job_id"), job);
        scene.session.cancel(99);
        scene.end(chat, "upstream_error");
        scene.jobChunk(job, R"({"done":true})");

        QCOMPARE(scene.steps, words({"> http_proxy_cancel", "> cancel_job"}));
        QCOMPARE(scene.session.underWay(), std::size_t(0));
    }

    // ---- answers of the job exchange ----

    void carriesAStreamedGenerate()
    {
        Scene scene;
        scene.joined(seedRegister);

        const std::string id = scene.ask(Endpoint::OllamaGenerate, R"({ "model":"llama3:8b-q4_0", "prompt":"Hi" })");
        QByteArray expected = R"({"type":"job_request","job_id":"ID","endpoint":"generate",)"
                              R"("payload":{"model":"llama3:8b-q4_0","prompt":"Hi","stream":true}})";
        QCOMPARE(scene.frames.last(), expected.replace("ID", id.c_str()));
        scene.jobChunk(id, R"({"model":"llama3:8b-q4_0","response":"Hel","done":false})");
        scene.jobChunk(id, "{\"response\":\"\",\n\"done\":true,\"eval_count\":12345678901234567890}");
        scene.jobChunk(id, R"({"done":true})");

        QCOMPARE(scene.steps.mid(1),
            words({"head 1 200", R"(piece 1 {"model":"llama3:8b-q4_0","response":"Hel","done":false})",
                R"(piece 1 {"response":"", "done":true,"eval_count":12345678901234567890})", "end 1"}));
        QCOMPARE(scene.lastFields, (Fields{{"Content-Type", "application/x-ndjson"}}));
        QVERIFY(QByteArray::fromStdString(scene.answers[1]).endsWith("}\n"));
    }

    void aTruncatedStreamDoesNotLookWhole()
    {
        Scene scene;
        scene.joined(seedRegister);
        const std::string cut = scene.ask(Endpoint::OllamaGenerate);
        const std::string none = scene.ask(Endpoint::OllamaGenerate);
        scene.steps.clear();

        scene.jobChunk(cut, R"({"response":"Hel","done":false})");
        scene.jobChunk(cut, R"({"done":true})");
        scene.jobChunk(none, R"({"done":true})");

        QCOMPARE(scene.steps,
            words({"head 1 200", R"(piece 1 {"response":"Hel","done":false})", "end 1 upstream_error",
                "end 2 upstream_error"}));
    }

    void carriesAGenerateThatIsNotStreamed()
    {
        Scene scene;
        scene.joined(seedRegister);
        const std::string id = scene.ask(Endpoint::OllamaGenerate, R"({"model":"m:1b","stream":true})", false);
        QVERIFY(scene.frames.last().endsWith(R"("payload":{"model":"m:1b","stream":false}})"));
        scene.steps.clear();

        scene.text(
            filled(R"({"type":"job_result","job_id":"I","data":{"response":"Hello","done":true}})", {{'I', id}}));

        QCOMPARE(scene.steps, words({"head 1 200", R"(piece 1 {"response":"Hello","done":true})", "end 1"}));
        QCOMPARE(scene.answers[1], std::string(R"({"response":"Hello","done":true})"));
        QCOMPARE(scene.lastFields, (Fields{{"Content-Type", "application/json"}}));
    }

    void tellsErrorsOfTheJobExchange()
    {
        Scene scene;
        scene.joined(seedRegister);
        const std::string missing = scene.ask(Endpoint::OllamaGenerate, R"({"model":"m:1b"})", false);
        const std::string broken = scene.ask(Endpoint::OllamaGenerate);
        const std::string refused = scene.ask(Endpoint::OllamaGenerate);
        const std::string odd = scene.ask(Endpoint::OllamaGenerate, R"({"model":"m:1b"})", false);
        scene.steps.clear();

        scene.text(
            filled(R"({"type":"job_result","job_id":"I","data":{"error":"model 'x' not found"}})", {{'I', missing}}));
        scene.jobChunk(broken, R"({"error":"out of memory"})");
        scene.jobChunk(broken, R"({"done":true})");
        scene.jobChunk(odd, R"({"response":"a","done":true})");
        scene.text(
            filled(R"({"type":"job_error","job_id":"I","code":"worker_draining","message":"no"})", {{'I', refused}}));

        QCOMPARE(scene.steps,
            words({"head 1 404", R"(piece 1 {"error":"model 'x' not found"})", "end 1", "head 2 500",
                R"(piece 2 {"error":"out of memory"})", "end 2", "> cancel_job", "end 4 bad_answer",
                "end 3 worker_draining", "changed"}));
    }

    void losesNothingOfAGenerateToTheJobExchange()
    {
        // The workers that have it read three members of a payload and drop the others.
        Scene scene;
        scene.joined(seedRegister);

        for (const char* body : {R"({"model":"m:1b","options":{"seed":1}})", R"({"model":"m:1b","system":"x"})",
                 R"({"model":"m:1b")", "", "[]"}) {
            scene.ask(Endpoint::OllamaGenerate, body);
            QCOMPARE(scene.field("path"), std::string("/api/generate"));
            QCOMPARE(scene.field("body"), base64(body));
        }
    }

    // ---- everything at once ----

    void endsEveryRequestOnceWhateverIsSaid()
    {
        std::mt19937 random(6);
        const auto chance = [&](unsigned below) { return random() % below; };
        for (int round = 0; round < 300; ++round) {
            Scene scene;
            scene.joined(std::array{seedRegister, inferoRegister, nfrxRegister, droverRegister}[chance(4)]);
            std::vector<std::string> ids{"", "x", std::string(36, '0')};
            std::set<std::uint64_t> expected;
            for (int step = 0; step < 150; ++step) {
                const std::string& id = ids[chance(unsigned(ids.size()))];
                switch (chance(12)) {
                case 0:
                case 1:
                case 2: {
                    const std::string made = scene.ask(Endpoint(chance(9)), R"({"model":"m:1b"})", chance(2) == 0);
                    if (!scene.failed) {
                        ids.push_back(made);
                        expected.insert(scene.asked);
                    }
                    break;
                }
                case 3:
                case 4:
                    scene.head(id, int(chance(700)));
                    break;
                case 5:
                case 6:
                    scene.chunk(id, std::string(chance(20000), 'x'));
                    break;
                case 7:
                    scene.end(id, chance(2) == 0 ? "upstream_error" : nullptr);
                    break;
                case 8:
                    scene.jobChunk(
                        id, std::array{R"({"done":true})", R"({"response":"a"})", "7", R"({"error":"x"})"}[chance(4)]);
                    break;
                case 9: {
                    const std::uint64_t cancelled = chance(unsigned(scene.asked) + 2);
                    if (scene.ends.count(cancelled) == 0)
                        expected.erase(cancelled);
                    scene.session.cancel(cancelled);
                    break;
                }
                case 10:
                    scene.text(std::array{
                        "", "{", nfrxRegister, R"({"type":"heartbeat"})", R"({"type":"status_update"})"}[chance(5)]);
                    break;
                default:
                    scene.pass(std::chrono::milliseconds(250 * chance(8)));
                }
            }
            scene.session.closed();
            scene.session.closed();
            QCOMPARE(scene.session.underWay(), std::size_t(0));
            QCOMPARE(scene.ends.size(), expected.size());
            for (const std::uint64_t number : expected)
                QCOMPARE(scene.ends[number], 1);
        }
    }

    void ourOwnWorkerUnderstandsIt()
    {
        std::mt19937 random(7);
        Scene scene;
        PoolWorker worker({"ws://pool.example/api/llm/connect", "Alpha", "secret", "0.1.0"});
        struct Answer {
            Endpoint endpoint;
            std::string body;
            std::uint64_t number; // the worker's
        };
        std::map<std::uint64_t, Answer> running; // by the host's number
        std::map<std::string, std::uint64_t> bodies;
        std::vector<PoolWork> works;
        const auto does = [&](PoolActions actions) {
            for (PoolAction& action : actions) {
                if (auto* sent = std::get_if<PoolSend>(&action))
                    scene.text(sent->frame);
                if (auto* start = std::get_if<PoolStart>(&action))
                    works.push_back(std::move(start->work));
            }
        };
        does(worker.offer({{"m:1b"}, 64}, scene.now));
        does(worker.start(scene.now));
        does(worker.opened("id", scene.now, 1));
        QVERIFY(scene.session.admitted());
        std::map<std::uint64_t, std::string> answers;

        for (int i = 0; i < 1000; ++i) {
            const auto endpoint = Endpoint(random() % 9);
            const std::string body = filled(R"({"model":"m:1b","nonce":N,"text":"X"})",
                {{'N', std::to_string(i)}, {'X', std::string(random() % 40000, 'x')}});
            const int framesBefore = int(scene.frames.size());
            scene.ask(endpoint, body);
            QVERIFY(!scene.failed);
            QCOMPARE(int(scene.frames.size()), framesBefore + 1);
            does(worker.frame(scene.frames.last().toStdString(), 0.5, scene.now));
            QCOMPARE(works.size(), std::size_t(1));
            QCOMPARE(works[0].body, body);
            QCOMPARE(works[0].path, pathOf(endpoint));
            running[scene.asked] = {endpoint, body, works[0].number};
            works.clear();
            while (running.size() > random() % 20) {
                const auto [number, answer] = *std::next(running.begin(), long(random() % running.size()));
                does(worker.answerHead(answer.number, 200, {{"Content-Type", "application/json"}}));
                for (unsigned piece = random() % 5; piece > 0; --piece) {
                    std::string bytes(random() % 60000, '\0');
                    for (char& byte : bytes)
                        byte = char(random());
                    answers[number] += bytes;
                    does(worker.answerPiece(answer.number, bytes));
                }
                does(worker.answerEnd(answer.number, {}));
                QCOMPARE(scene.ends[number], 1);
                QVERIFY(!scene.lastFault);
                QVERIFY(scene.answers[number] == answers[number]);
                scene.answers.erase(number);
                running.erase(number);
            }
        }

        QCOMPARE(scene.session.underWay(), running.size());
        does(worker.drain());
        QCOMPARE(scene.session.facts().status, std::string("draining"));
    }
};

QTEST_GUILESS_MAIN(WorkerSessionTest)
#include "worker_session_test.moc"
