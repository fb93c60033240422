// SPDX-License-Identifier: MIT
#include "core/api/status.h"

#include <boost/json.hpp>

#include <QtTest>

#include <random>
#include <string>

using namespace drover;
namespace json = boost::json;

namespace {

/// Random snapshots; the same for the same seed. Fractions are those that four places can tell.
class SnapshotMaker {
public:
    explicit SnapshotMaker(unsigned seed)
        : m_random(seed)
    {
    }

    Snapshot snapshot()
    {
        Snapshot made;
        made.sequence = number();
        made.version = text();
        made.state = word<EngineState>(6);
        made.reasonCode = text();
        made.reasonText = text();
        made.reasonArguments = {text(), text()};
        made.fixText = text();
        made.fixAction = word<FixAction>(10);
        made.fixSetting = text();
        made.demo = truth();
        made.paused = truth();
        made.draining = truth();
        made.address = text();
        made.statusAddress = text();
        made.upTime = duration();
        made.slots = small();
        made.running = static_cast<std::uint32_t>(small());
        made.waiting = 0xFFFFFFFFu;
        made.waitingBytes = number();
        made.jobs = list<JobView>([this] { return job(); });
        made.users = list<UserView>([this] { return user(); });
        made.keys = list<KeyView>([this] { return KeyView{text(), text(), text(), std::int64_t(number() >> 1)}; });
        made.backends = list<BackendView>([this] { return backend(); });
        made.runtime = {truth(), text(), text(), word<RuntimeState>(11), std::int64_t(number() >> 1), text(), small(),
            small(), text(), text(), {text()}, text(), word<RuntimeFix>(3)};
        made.pools = list<PoolView>([this] { return pool(); });
        made.sharing = {truth(), word<SharingVerdict>(4), word<MannersPreset>(3), truth(), text(), text(), {text()},
            text(), word<FixAction>(10), text(), std::int64_t(number() >> 1), word<SnoozeKind>(5),
            std::int64_t(number() >> 1), std::int64_t(number() >> 1), list<RuleView>([this] {
                return RuleView{word<SharingRule>(14), word<RuleState>(4), word<SharingVerdict>(4), fraction(),
                    fraction(), text(), std::int64_t(number() >> 1), std::int64_t(number() >> 1)};
            })};
        made.hosting = {truth(), truth(), text(), text(), text(), truth(), truth(), text(), text(),
            list<WorkerView>([this] { return worker(); }), static_cast<std::uint32_t>(small()),
            static_cast<std::uint32_t>(small()), static_cast<std::uint32_t>(small()), number(), number(), number(),
            number(), number()};
        made.finished = list<FinishedJob>([this] {
            return FinishedJob{job(), word<Outcome>(5), small(), text(), std::int64_t(number() >> 1), text()};
        });
        made.tokensPerSecond = fraction();
        made.requestsPerSecond = fraction();
        made.tokensHistory = list<float>([this] { return static_cast<float>(small()) / 4; });
        made.totals = {number(), number(), number(), number(), number(), number(), number()};
        made.today = {small(), sum(), list<UserToday>([this] { return UserToday{text(), sum()}; })};
        made.history = {truth(), text(), text(), text(), number(), number()};
        return made;
    }

private:
    UsageSum sum() { return {number(), number(), number(), duration()}; }

    JobView job()
    {
        return {number(), text(), text(), text(), truth(), text(), text(), text(), word<Dialect>(3), word<Lane>(4),
            word<JobState>(2), truth(), static_cast<std::uint32_t>(small()), duration(), duration(), number(), number(),
            fraction(), duration()};
    }

    UserView user()
    {
        return {text(), word<IdentitySource>(8), word<Dialect>(3), rule(), static_cast<std::uint32_t>(small()),
            static_cast<std::uint32_t>(small()), number(), number(), number(), number(), number(), fraction(),
            duration()};
    }

    UserRule rule()
    {
        return {text(), fraction(), static_cast<std::uint32_t>(small()), static_cast<std::uint32_t>(small()), number(),
            word<LaneRule>(4), list<std::string>([this] { return text(); }), truth()};
    }

    BackendView backend()
    {
        return {text(), text(), word<BackendKind>(3), word<BackendState>(4), text(), text(), small(), text(), small(),
            list<ModelView>([this] {
                return ModelView{text(), truth(), number(), text(), text(), text(), static_cast<std::uint32_t>(small()),
                    number(), number(), std::int64_t(number() >> 1)};
            }),
            duration()};
    }

    PoolView pool()
    {
        return {text(), text(), word<PoolState>(6), text(), text(), text(), text(),
            list<std::string>([this] { return text(); }), small(), static_cast<std::uint32_t>(small()),
            static_cast<std::uint32_t>(small()), number(), number(), duration(), duration(),
            std::int64_t(number() >> 1)};
    }

    WorkerView worker()
    {
        return {static_cast<WorkerNumber>(small()), text(), text(), text(), text(), text(), text(),
            word<WorkerState>(5), truth(), list<std::string>([this] { return text(); }), small(), small(), fraction(),
            number(), number(), number(), number(), duration(), std::int64_t(number() >> 1),
            std::int64_t(number() >> 1), text(), text(), text(), text(), text(), text(), text(), text(), small(),
            fraction(), fraction()};
    }

    std::uint64_t number() { return m_random() >> (m_random() % 64); }
    int small() { return static_cast<int>(m_random() % 100'000); }
    bool truth() { return m_random() % 2 == 0; }
    double fraction() { return static_cast<double>(m_random() % 100'000'000) / 10'000; }
    std::chrono::milliseconds duration() { return std::chrono::milliseconds(number() >> 2); }
    template <class Enum> Enum word(int count) { return static_cast<Enum>(m_random() % unsigned(count)); }

    std::string text()
    {
        static const std::string parts[] = {
            "a", "\"", "\\", "\n", std::string(1, '\0'), "\x1f", "\x7f", "é", "漢", "😀", "/api/chat", " ", "</script>"};
        std::string made;
        for (auto left = m_random() % 8; left > 0; --left)
            made += parts[m_random() % std::size(parts)];
        return made;
    }

    template <class T> std::vector<T> list(auto make)
    {
        std::vector<T> made;
        for (auto left = m_random() % 4; left > 0; --left)
            made.push_back(make());
        return made;
    }

    std::mt19937_64 m_random;
};

json::object object(const Snapshot& snapshot)
{
    return json::parse(statusJson(snapshot)).as_object();
}

Snapshot withBackend(BackendState state, BackendKind kind = BackendKind::Ollama)
{
    Snapshot snapshot;
    snapshot.state = EngineState::Ready;
    snapshot.backends = {{.name = "here", .kind = kind, .state = state, .reason = "nothing answers", .models = {}}};
    return snapshot;
}

} // namespace

class StatusJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsBackWhateverItWrote()
    {
        for (unsigned seed = 0; seed < 300; ++seed) {
            const Snapshot before = SnapshotMaker(seed).snapshot();

            const auto after = parseStatus(statusJson(before));

            QVERIFY2(after, after ? "" : after.error().detail.c_str());
            QVERIFY2(*after == before, qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }

    void tellsTheFieldsOfALlamapoolWorkerInTheirTypes()
    {
        Snapshot snapshot = withBackend(BackendState::Ready);
        snapshot.version = "1.2.3";
        snapshot.slots = 4;
        snapshot.running = 2;
        snapshot.backends.front().models = {{.name = "b"}, {.name = "a"}};
        snapshot.backends.push_back({.state = BackendState::Ready, .models = {{.name = "b"}}});
        snapshot.backends.push_back({.state = BackendState::Down, .models = {{.name = "gone"}}});

        const json::object status = object(snapshot);

        QCOMPARE(status.at("state").as_string(), "connected_busy");
        QCOMPARE(status.at("connected_to_server").as_bool(), false);
        QCOMPARE(status.at("connected_to_ollama").as_bool(), true);
        QCOMPARE(status.at("connected_to_backend").as_bool(), true);
        QCOMPARE(status.at("current_jobs").as_int64(), 2);
        QCOMPARE(status.at("max_concurrency").as_int64(), 4);
        QCOMPARE(status.at("models"), json::value({"a", "b"}));
        QCOMPARE(status.at("last_error").as_string(), "");
        QCOMPARE(status.at("last_heartbeat").as_string(), "0001-01-01T00:00:00Z");
        QVERIFY(status.at("worker_id").is_string());
        QVERIFY(status.at("worker_name").is_string());
        QCOMPARE(status.at("version").as_string(), "1.2.3");
    }

    void saysAnEmptyListWhereThereAreNoModels() { QVERIFY(object(Snapshot{}).at("models").as_array().empty()); }

    void tellsAnOllamaFromOtherBackends()
    {
        const json::object status = object(withBackend(BackendState::Ready, BackendKind::OpenAi));

        QCOMPARE(status.at("connected_to_ollama").as_bool(), false);
        QCOMPARE(status.at("connected_to_backend").as_bool(), true);
    }

    void saysWhyNoBackendIsReady()
    {
        const json::object status = object(withBackend(BackendState::Down));

        QCOMPARE(status.at("last_error").as_string(), "nothing answers");
        QCOMPARE(status.at("connected_to_backend").as_bool(), false);
    }

    void derivesTheWorkerState_data()
    {
        QTest::addColumn<EngineState>("state");
        QTest::addColumn<BackendState>("backend");
        QTest::addColumn<int>("running");
        QTest::addColumn<QString>("reasonCode");
        QTest::addColumn<QString>("worker");
        const auto row = [](const char* title, EngineState state, BackendState backend, int running,
                             const char* reasonCode, const char* worker) {
            QTest::newRow(title) << state << backend << running << QString::fromLatin1(reasonCode)
                                 << QString::fromLatin1(worker);
        };
        row("error beats all", EngineState::Error, BackendState::Ready, 1, "port_taken", "error");
        row("starting", EngineState::Starting, BackendState::Unknown, 0, "", "connecting");
        row("draining", EngineState::Draining, BackendState::Ready, 1, "draining", "draining");
        row("ending", EngineState::Draining, BackendState::Ready, 1, "shutting_down", "terminating");
        row("a job runs", EngineState::Busy, BackendState::Ready, 1, "", "connected_busy");
        row("a job runs while paused", EngineState::Paused, BackendState::Ready, 1, "", "connected_busy");
        row("paused", EngineState::Paused, BackendState::Ready, 0, "", "connected_idle");
        row("ready", EngineState::Ready, BackendState::Ready, 0, "", "connected_idle");
        row("nothing to run on", EngineState::Ready, BackendState::Resting, 0, "", "disconnected");
    }

    void derivesTheWorkerState()
    {
        QFETCH(EngineState, state);
        QFETCH(BackendState, backend);
        QFETCH(int, running);
        QFETCH(QString, reasonCode);
        Snapshot snapshot = withBackend(backend);
        snapshot.state = state;
        snapshot.running = static_cast<std::uint32_t>(running);
        snapshot.reasonCode = reasonCode.toStdString();

        const json::object status = object(snapshot);

        QTEST(QString::fromStdString(std::string(status.at("state").as_string())), "worker");
        QCOMPARE(std::string(status.at("engine").as_string()), std::string(name(state)));
    }

    void tellsTheQueueByUser()
    {
        Snapshot snapshot;
        snapshot.running = 1;
        snapshot.waiting = 3;
        snapshot.users = {{.name = "Zed", .waiting = 3, .running = 1}, {.name = "gone"}};

        const json::object queue = object(snapshot).at("queue").as_object();

        QCOMPARE(queue.at("running").as_int64(), 1);
        QCOMPARE(queue.at("waiting").as_int64(), 3);
        QCOMPARE(queue.at("by_user"), json::value({{{"user", "Zed"}, {"running", 1}, {"waiting", 3}}}));
    }

    void staysValidWhateverBytesAClientSends()
    {
        Snapshot snapshot;
        snapshot.jobs.resize(1);
        snapshot.jobs[0].model = "\xff\xc0\xaf\xed\xa0\x80 ok \xf0\x9f\x98";
        snapshot.tokensPerSecond = std::numeric_limits<double>::quiet_NaN();
        snapshot.requestsPerSecond = -std::numeric_limits<double>::infinity();

        const auto after = parseStatus(statusJson(snapshot));

        QVERIFY(after);
        QVERIFY(after->jobs[0].model.find(" ok ") != std::string::npos);
        QVERIFY(after->jobs[0].model.find("\xEF\xBF\xBD") == 0);
        QCOMPARE(after->tokensPerSecond, 0.0);
    }

    void writesFractionsPlainly()
    {
        Snapshot snapshot;
        snapshot.tokensHistory = {0.f, 12.5f, 0.0625f, 1000000.f, 1.1f};

        QVERIFY(statusJson(snapshot).find("\"history\":[0,12.5,0.0625,1000000,1.1]") != std::string::npos);
    }

    void refusesWhatIsNoStatus_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("<html>");
        QTest::newRow("a list") << QByteArray("[1]");
        QTest::newRow("another program") << QByteArray(R"({"state":"connected_idle"})");
        QTest::newRow("another schema") << QByteArray(R"({"schema":2})");
        QTest::newRow("a number for a text") << QByteArray(R"({"schema":1,"address":5})");
        QTest::newRow("a negative count") << QByteArray(R"({"schema":1,"queue":{"waiting":-1}})");
        QTest::newRow("a count too large") << QByteArray(R"({"schema":1,"queue":{"waiting":4294967296}})");
        QTest::newRow("an unknown word") << QByteArray(R"({"schema":1,"engine":"happy"})");
        QTest::newRow("a list for an object") << QByteArray(R"({"schema":1,"totals":[]})");
        QTest::newRow("a number for an object in a list") << QByteArray(R"({"schema":1,"jobs":[{},7]})");
        QTest::newRow("cut off") << QByteArray(R"({"schema":1,"jobs":[{)");
        QTest::newRow("too deep") << QByteArray(10'000, '[');
    }

    void refusesWhatIsNoStatus()
    {
        QFETCH(QByteArray, text);

        const auto parsed = parseStatus(std::string_view(text.constData(), std::size_t(text.size())));

        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, Errc::BadRequest);
        QVERIFY(!parsed.error().detail.empty());
    }

    void passesOverFieldsItDoesNotKnow()
    {
        const auto parsed = parseStatus(R"({"schema":1,"sequence":7,"pools":[{"name":"lab"}]})");

        QVERIFY(parsed);
        QCOMPARE(parsed->sequence, std::uint64_t{7});
        QVERIFY(parsed->jobs.empty());
    }
};

QTEST_GUILESS_MAIN(StatusJsonTest)
#include "status_json_test.moc"
