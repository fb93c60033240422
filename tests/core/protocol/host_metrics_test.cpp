// SPDX-License-Identifier: MIT
#include "core/protocol/host_metrics.h"

#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

HostJobEnd answered(WorkerNumber worker, std::string_view model)
{
    return {worker, model, Outcome::Done, 7, 4, 300ms};
}

QByteArray lines(const HostMetrics& metrics, const HostView& view = {})
{
    return QByteArray::fromStdString(metrics.text(view));
}

} // namespace

class HostMetricsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsByModelAndOutcome()
    {
        HostMetrics metrics(HostLimits{});
        metrics.workerJoined(1, "w-1");
        metrics.jobEnded(answered(1, "m:1b"));
        metrics.jobEnded(answered(1, "m:1b"));
        metrics.jobEnded({1, "m:1b", Outcome::Failed, 3, 0, 10ms});
        metrics.jobEnded({1, "m:1b", Outcome::Incomplete, 0, 1, 10ms});
        metrics.jobEnded({1, "m:1b", Outcome::Cancelled, 0, 0, 10ms});
        metrics.jobEnded({0, "m:1b", Outcome::Refused, 0, 0, 0ms});

        const QByteArray text = lines(metrics);

        for (const char* line : {R"(llamapool_model_requests_total{model="m:1b",outcome="success"} 2)",
                 R"(llamapool_model_requests_total{model="m:1b",outcome="error"} 2)",
                 R"(llamapool_model_requests_total{model="m:1b",outcome="cancelled"} 1)",
                 R"(llamapool_model_requests_total{model="m:1b",outcome="refused"} 1)",
                 R"(llamapool_model_tokens_total{kind="in",model="m:1b"} 17)",
                 R"(llamapool_model_tokens_total{kind="out",model="m:1b"} 9)",
                 R"(llamapool_request_duration_seconds_bucket{worker_id="w-1",model="m:1b",le="0.25"} 3)",
                 R"(llamapool_request_duration_seconds_bucket{worker_id="w-1",model="m:1b",le="+Inf"} 5)",
                 R"(llamapool_request_duration_seconds_sum{worker_id="w-1",model="m:1b"} 0.63)",
                 R"(llamapool_request_duration_seconds_count{worker_id="w-1",model="m:1b"} 5)"})
            QVERIFY2(text.contains(QByteArray(line) + "\n"), line);
        QVERIFY(text.contains("llamapool_build_info{component=\"server\",date=\""));
        QCOMPARE(metrics.modelsOf(1).at("m:1b").answered, std::uint64_t(2));
        QCOMPARE(metrics.modelsOf(1).at("m:1b").failed, std::uint64_t(2));
    }

    void clientsMakeUpNoLabels() // W15: 2000 invented suffixes were 34001 series
    {
        HostMetrics metrics(HostLimits{});
        metrics.workerJoined(1, "w-1");
        metrics.jobEnded(answered(1, "m:1b"));
        const qsizetype before = lines(metrics).size();

        for (int i = 0; i < 2000; ++i)
            metrics.jobEnded({0, "m:1b-" + std::to_string(i), Outcome::Refused, 0, 0, 0ms});

        QVERIFY(lines(metrics).size() < before + 1000);
        QVERIFY(lines(metrics).contains(R"(llamapool_model_requests_total{model="other",outcome="refused"} 2000)"));
    }

    void workersThatLieMakeUpFewLabels()
    {
        HostLimits limits;
        limits.modelLabelsMax = 10;
        HostMetrics metrics(limits);
        std::vector<std::string> names;
        for (int i = 0; i < 3000; ++i)
            names.push_back("invented:" + std::to_string(i));
        for (WorkerNumber worker = 1; worker <= 300; ++worker) {
            metrics.workerJoined(worker, "w-" + std::to_string(worker));
            for (int i = 0; i < 20; ++i)
                metrics.jobEnded(answered(worker, names[(worker * 20u + unsigned(i)) % names.size()]));
            metrics.jobEnded(answered(worker, names[20 + worker % 10]));
        }

        const QByteArray text = lines(metrics);

        QCOMPARE(text.count("outcome=\"success\""), qsizetype(11));
        QVERIFY(text.count("_seconds_count{") <= qsizetype(HostMetrics::pairsMax + 1));
        QVERIFY(text.size() < 1'000'000);
        QVERIFY(metrics.modelsOf(7).size() <= 11);
        std::uint64_t all = 0;
        for (const auto& [model, counts] : metrics.modelsOf(7))
            all += counts.answered;
        QCOMPARE(all, std::uint64_t(21));
    }

    void aWorkersLabelGoesWithIt()
    {
        HostMetrics metrics(HostLimits{});
        metrics.workerJoined(1, "same");
        metrics.workerJoined(2, "same");
        metrics.workerJoined(3, "other-one");
        for (const WorkerNumber worker : {1u, 2u, 3u})
            metrics.jobEnded(answered(worker, "m:1b"));

        metrics.workerForgotten(1);
        QVERIFY(lines(metrics).contains(R"(_count{worker_id="same",model="m:1b"} 2)")); // the second is still there
        metrics.workerForgotten(2);
        metrics.workerForgotten(2);

        QVERIFY(!lines(metrics).contains("\"same\""));
        QVERIFY(lines(metrics).contains("other-one"));
        QVERIFY(metrics.modelsOf(1).empty());
        QVERIFY(lines(metrics).contains(R"(outcome="success"} 3)"));
    }

    void shortLivedWorkersLeaveNothing() // W14 of the metrics
    {
        HostMetrics metrics(HostLimits{});
        for (WorkerNumber worker = 1; worker <= 1500; ++worker) {
            metrics.workerJoined(worker, "w-" + std::to_string(worker));
            metrics.jobEnded(answered(worker, "m:1b"));
            metrics.workerForgotten(worker);
        }

        QVERIFY(lines(metrics).size() < 10'000);
    }

    void keepsTheFormWhateverNamesSay()
    {
        HostMetrics metrics(HostLimits{});
        metrics.workerJoined(1, "a\"b\\c\n\xff");
        metrics.jobEnded(answered(1, "m\"\n"));

        const QByteArray text = lines(metrics);

        QVERIFY(text.contains(R"(worker_id="a\"b\\c\n)"));
        for (const QByteArray& line : text.split('\n'))
            QVERIFY2(
                line.isEmpty() || line.startsWith("# ") || line.startsWith("llamapool_") || line.startsWith("drover_"),
                line.constData());
    }

    void countsTheWorkersOfTheView()
    {
        HostView view;
        view.connected = 3;
        view.waiting = 2;
        view.answered = 9;
        view.workers = {{.state = WorkerState::Idle, .slots = 2}, {.state = WorkerState::Working, .slots = 4},
            {.state = WorkerState::Draining, .slots = 8}, {.state = WorkerState::Gone, .slots = 16}};

        const QByteArray text = lines(HostMetrics(HostLimits{}), view);

        for (const char* line : {"drover_pool_workers_connected 3", R"(drover_pool_workers{state="gone"} 1)",
                 "drover_pool_slots 6", "drover_pool_waiting 2", R"(drover_pool_requests_total{outcome="answered"} 9)"})
            QVERIFY2(text.contains(QByteArray(line) + "\n"), line);
    }
};

QTEST_GUILESS_MAIN(HostMetricsTest)
#include "host_metrics_test.moc"
