// SPDX-License-Identifier: MIT
#include "core/protocol/host_state_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

const HostMoment moment{1'795'247'849'640, 61s, 1024, false};

WorkerView alpha()
{
    WorkerView worker;
    worker.number = 1;
    worker.id = "3bf0a435";
    worker.name = "Alpha";
    worker.version = "v0.9.6";
    worker.state = WorkerState::Working;
    worker.models = {"qwen2.5:7b", "llama3:8b-q4_0"};
    worker.slots = 2;
    worker.running = 1;
    worker.processed = 7;
    worker.failed = 1;
    worker.promptTokens = 21;
    worker.outputTokens = 12;
    worker.ran = 831ms;
    worker.connectedAt = 1'795'247'849'000;
    worker.lastHeartbeat = 1'795'247'849'500;
    worker.lastError = "context canceled";
    worker.hostName = "vm";
    worker.osName = "debian";
    worker.osVersion = "12.11";
    worker.backendFamily = "ollama";
    worker.backendVersion = "0.11.4";
    worker.buildSha = "0d49cf7";
    worker.buildDate = "2026-04-21";
    worker.embeddingBatchSize = 2;
    worker.cpuPercent = 99.8;
    worker.memoryPercent = 7.29;
    return worker;
}

HostView busyView()
{
    HostView view;
    view.workers = {alpha(), alpha(), alpha(), alpha()};
    view.workers[1].number = 2;
    view.workers[1].state = WorkerState::Idle;
    view.workers[1].models = {"qwen2.5:7b"};
    view.workers[1].lastError.clear();
    view.workers[2].number = 3;
    view.workers[2].state = WorkerState::Draining;
    view.workers[2].models.clear();
    view.workers[3].number = 4;
    view.workers[3].state = WorkerState::Gone;
    view.workers[3].models = {"gone:1b"};
    view.connected = 3;
    view.running = 1;
    view.waiting = 5;
    view.answered = 40;
    view.failed = 2;
    return view;
}

QJsonObject parsed(const std::string& text)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

QStringList keysOf(const QJsonObject& object)
{
    return object.keys();
}

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

} // namespace

class HostStateJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsAllOfLlamapoolsDocument()
    {
        HostMetrics metrics(HostLimits{});
        metrics.workerJoined(1, "3bf0a435");
        metrics.jobEnded({1, "llama3:8b-q4_0", Outcome::Done, 14, 8, 100ms});

        const QJsonObject state = parsed(hostState(busyView(), metrics, moment));

        QCOMPARE(keysOf(state), words("models server workers workers_summary"));
        const QJsonObject server = state[QStringLiteral("server")].toObject();
        QCOMPARE(server[QStringLiteral("now")].toString(), QStringLiteral("2026-11-21T07:57:29.640000000Z"));
        QCOMPARE(server[QStringLiteral("uptime_s")].toInt(), 61);
        QCOMPARE(server[QStringLiteral("jobs_inflight_total")].toInt(), 1);
        QCOMPARE(server[QStringLiteral("jobs_completed_total")].toInt(), 40);
        QCOMPARE(server[QStringLiteral("jobs_failed_total")].toInt(), 2);
        QCOMPARE(server[QStringLiteral("scheduler_queue_len")].toInt(), 5);
        QVERIFY(server.contains(QStringLiteral("version")));
        QCOMPARE(QJsonDocument(state[QStringLiteral("workers_summary")].toObject()).toJson(QJsonDocument::Compact),
            QByteArray(R"({"connected":1,"gone":1,"idle":1,"working":1})"));
        QCOMPARE(QJsonDocument(state[QStringLiteral("models")].toArray()).toJson(QJsonDocument::Compact),
            QByteArray(R"([{"name":"llama3:8b-q4_0","workers":1},{"name":"qwen2.5:7b","workers":2}])"));
        const QJsonArray workers = state[QStringLiteral("workers")].toArray();
        QCOMPARE(workers.size(), 4);
        const QJsonObject first = workers[0].toObject();
        QCOMPARE(keysOf(first),
            words("avg_processing_ms connected_at failures_total id inflight last_error last_heartbeat max_concurrency "
                  "models_supported name per_model processed_total processing_ms_total queue_len status "
                  "tokens_in_total tokens_out_total version"));
        QCOMPARE(first[QStringLiteral("status")].toString(), QStringLiteral("working"));
        QCOMPARE(first[QStringLiteral("avg_processing_ms")].toDouble(), 118.7143);
        QCOMPARE(first[QStringLiteral("models_supported")].toArray()[0].toString(), QStringLiteral("llama3:8b-q4_0"));
        QCOMPARE(QJsonDocument(first[QStringLiteral("per_model")].toObject()).toJson(QJsonDocument::Compact),
            QByteArray(R"({"llama3:8b-q4_0":{"error_total":0,"success_total":1,"tokens_in_total":14,)"
                       R"("tokens_out_total":8}})"));
        QVERIFY(!workers[1].toObject().contains(QStringLiteral("last_error")));
        QCOMPARE(workers[2].toObject()[QStringLiteral("status")].toString(), QStringLiteral("connected"));
        QVERIFY(workers[2].toObject()[QStringLiteral("models_supported")].isArray());
        QVERIFY(workers[3].toObject()[QStringLiteral("models_supported")].toArray().isEmpty());
    }

    void tellsAllOfNfrxsDocument()
    {
        HostMoment draining = moment;
        draining.draining = true;

        const QJsonObject plugins = parsed(hostPluginState(busyView(), draining))[QStringLiteral("plugins")].toObject();

        QCOMPARE(keysOf(plugins), words("asr docling jobs llm mcp server"));
        const QJsonObject llm = plugins[QStringLiteral("llm")].toObject();
        QCOMPARE(keysOf(llm), words("models server workers workers_summary"));
        QCOMPARE(keysOf(plugins[QStringLiteral("asr")].toObject()), keysOf(llm));
        const QJsonObject server = llm[QStringLiteral("server")].toObject();
        QCOMPARE(server[QStringLiteral("state")].toString(), QStringLiteral("draining"));
        QCOMPARE(server[QStringLiteral("scheduler_queue_capacity")].toInt(), 1024);
        QCOMPARE(
            keysOf(llm[QStringLiteral("workers_summary")].toObject()), words("connected gone idle not_ready working"));
        const QJsonArray workers = llm[QStringLiteral("workers")].toArray();
        QCOMPARE(workers.size(), 3);
        QCOMPARE(keysOf(workers[0].toObject()),
            words("avg_processing_ms build_date build_sha connected_at embedding_batch_size failures_total "
                  "host_cpu_percent host_info host_ram_used_percent id inflight input_tokens_total last_error "
                  "last_heartbeat max_concurrency name output_tokens_total processed_total processing_ms_total "
                  "queue_len status version"));
        QCOMPARE(workers[0].toObject()[QStringLiteral("host_cpu_percent")].toDouble(), 99.8);
        QCOMPARE(keysOf(workers[0].toObject()[QStringLiteral("host_info")].toObject()),
            words("backend_family backend_version hostname os_name os_version worker_version"));
        QCOMPARE(workers[2].toObject()[QStringLiteral("status")].toString(), QStringLiteral("draining"));
        QVERIFY(plugins[QStringLiteral("mcp")].toObject()[QStringLiteral("clients")].isArray());
        QCOMPARE(plugins[QStringLiteral("server")].toObject()[QStringLiteral("drainable_inflight")].toInt(), 1);
    }

    void listsAreNeverNull()
    {
        const HostMetrics metrics(HostLimits{});

        QVERIFY(!QByteArray::fromStdString(hostState({}, metrics, moment)).contains("null"));
        QVERIFY(!QByteArray::fromStdString(hostPluginState({}, moment)).contains("null"));
        QVERIFY(parsed(hostState({}, metrics, {}))[QStringLiteral("models")].isArray());
    }

    void staysSmallWhateverWorkersSay() // W14: 1500 short-lived workers were 4.4 MB every two seconds
    {
        HostView view;
        for (WorkerNumber number = 1; number <= 100; ++number) {
            view.workers.push_back(alpha());
            view.workers.back().state = WorkerState::Gone;
            view.workers.back().models.assign(512, "gone:1b");
        }
        const HostMetrics metrics(HostLimits{});
        const std::string gone = hostState(view, metrics, moment);
        QVERIFY(gone.size() < 100'000);
        QVERIFY(gone.find("gone:1b") == gone.npos);

        for (WorkerView& worker : view.workers) {
            worker.state = WorkerState::Idle;
            worker.models.clear();
            for (int i = 0; i < 512; ++i)
                worker.models.push_back(std::to_string(worker.number) + "-" + std::to_string(view.workers.size() * i)
                    + std::string(200, 'x') + std::to_string(&worker - view.workers.data()));
        }
        QVERIFY(hostState(view, metrics, moment).size() < (stateModelsMax + stateWorkerModelsMax) * 300 + 100 * 2000);
    }

    void saysItTheSameWayEachTime()
    {
        const HostMetrics metrics(HostLimits{});
        QCOMPARE(hostState(busyView(), metrics, moment), hostState(busyView(), metrics, moment));
    }
};

QTEST_GUILESS_MAIN(HostStateJsonTest)
#include "host_state_json_test.moc"
