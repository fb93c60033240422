// SPDX-License-Identifier: MIT
#include "core/protocol/metrics_registry.h"

#include <QtTest>

#include <map>
#include <regex>
#include <sstream>

using namespace drover;
using namespace std::chrono_literals;

namespace {

/// Samples by their name with labels, read as Prometheus reads them. Fails the test on a line that is neither.
std::map<std::string, double> samplesOf(const std::string& text)
{
    static const std::regex comment(R"(# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram)))");
    static const std::regex sample(
        R"re(([a-z_]+(?:\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,(?!\})|(?=\})))+\})?) ([0-9.]+))re");
    std::map<std::string, double> samples;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::smatch parts;
        if (std::regex_match(line, comment))
            continue;
        if (!std::regex_match(line, parts, sample)) {
            QTest::qFail(("no metric: " + line).c_str(), __FILE__, __LINE__);
            continue;
        }
        if (!samples.emplace(parts[1], std::stod(parts[2])).second)
            QTest::qFail(("told twice: " + line).c_str(), __FILE__, __LINE__);
    }
    return samples;
}

FinishedJob finishedJob(std::string user, Outcome outcome = Outcome::Done)
{
    FinishedJob finished;
    finished.job.user = std::move(user);
    finished.job.dialect = Dialect::OpenAi;
    finished.job.promptTokens = 10;
    finished.job.outputTokens = 5;
    finished.job.streamed = true;
    finished.job.waited = 30ms;
    finished.job.ran = 2s;
    finished.outcome = outcome;
    return finished;
}

} // namespace

class MetricsTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesAFamilyAsPrometheusReadsIt()
    {
        MetricsText text;

        text.family("apples_total", MetricsText::Kind::Counter, "All \\ apples.\nReally \"all\".");
        text.sample({{"kind", "a\"b\\c\nd"}, {"size", "ä"}}, std::uint64_t{18446744073709551615u});
        text.sample({}, 1500us);

        QCOMPARE(text.take(),
            std::string("# HELP apples_total All \\\\ apples.\\nReally \"all\".\n"
                        "# TYPE apples_total counter\n"
                        "apples_total{kind=\"a\\\"b\\\\c\\nd\",size=\"ä\"} 18446744073709551615\n"
                        "apples_total 0.0015\n"));
    }

    void countsWhatIsAtABoundBelowIt()
    {
        Histogram histogram({10ms, 1s});
        for (const auto duration : {0ms, 10ms, 11ms, 1000ms, 1001ms})
            histogram.observe(duration);
        MetricsText text;

        text.family("wait_seconds", MetricsText::Kind::Histogram, "Wait.");
        text.histogram(histogram);

        QCOMPARE(text.take(),
            std::string("# HELP wait_seconds Wait.\n# TYPE wait_seconds histogram\n"
                        "wait_seconds_bucket{le=\"0.01\"} 2\nwait_seconds_bucket{le=\"1\"} 4\n"
                        "wait_seconds_bucket{le=\"+Inf\"} 5\nwait_seconds_sum 2.022\nwait_seconds_count 5\n"));
    }

    void countsRequestsAndTokensByUser()
    {
        MetricsRegistry metrics;
        metrics.jobFinished(finishedJob("Zed"), 100ms);
        metrics.jobFinished(finishedJob("Zed"), 100ms);
        metrics.jobFinished(finishedJob("Zed", Outcome::Failed), -1ns);

        const auto samples = samplesOf(metrics.text({}));

        QCOMPARE(samples.at(R"(drover_requests_total{user="Zed",api="openai",outcome="done"})"), 2.0);
        QCOMPARE(samples.at(R"(drover_requests_total{user="Zed",api="openai",outcome="failed"})"), 1.0);
        QCOMPARE(samples.at(R"(drover_tokens_total{direction="prompt",user="Zed"})"), 30.0);
        QCOMPARE(samples.at(R"(drover_tokens_total{direction="output",user="Zed"})"), 15.0);
    }

    void measuresWaitFirstTokenAndDuration()
    {
        MetricsRegistry metrics;
        metrics.jobFinished(finishedJob("Zed"), 430ms);
        metrics.jobFinished(finishedJob("Zed", Outcome::Failed), -1ns);

        const auto samples = samplesOf(metrics.text({}));

        QCOMPARE(samples.at(R"(drover_queue_wait_seconds_bucket{le="0.02"})"), 0.0);
        QCOMPARE(samples.at(R"(drover_queue_wait_seconds_bucket{le="0.04"})"), 2.0);
        QCOMPARE(samples.at("drover_time_to_first_token_seconds_count"), 1.0);
        QCOMPARE(samples.at("drover_time_to_first_token_seconds_sum"), 0.43);
        QCOMPARE(samples.at("drover_time_per_output_token_seconds_sum"), 0.4); // (2.03 s - 0.43 s) / 4
        QCOMPARE(samples.at("drover_request_duration_seconds_count"), 2.0);
        QCOMPARE(samples.at("drover_request_duration_seconds_sum"), 4.06);
    }

    void countsARefusalByItsReasonAndNotAsALatency()
    {
        MetricsRegistry metrics;
        FinishedJob refused = finishedJob("Zed", Outcome::Refused);
        refused.job.waited = 0ms;
        refused.reasonCode = "queue_full";
        metrics.jobFinished(refused, -1ns);

        const auto samples = samplesOf(metrics.text({}));

        QCOMPARE(samples.at(R"(drover_refusals_total{reason="queue_full"})"), 1.0);
        QCOMPARE(samples.at("drover_queue_wait_seconds_count"), 0.0);
        QCOMPARE(samples.at("drover_request_duration_seconds_count"), 0.0);
    }

    void keepsLabelsBoundedWhateverNamesComeIn()
    {
        MetricsRegistry metrics;
        for (int user = 0; user < 100'000; ++user)
            metrics.jobFinished(finishedJob("made up " + std::to_string(user)), -1ns);
        metrics.jobFinished(finishedJob("other"), -1ns);
        metrics.jobFinished(finishedJob("made up 49"), -1ns);
        Snapshot snapshot;
        snapshot.users = {{.name = "made up 7", .waiting = 2}, {.name = "unheard", .waiting = 3}};

        const std::string text = metrics.text(snapshot);

        const auto samples = samplesOf(text);
        QCOMPARE(samples.at(R"(drover_requests_total{user="made up 49",api="openai",outcome="done"})"), 2.0);
        QCOMPARE(samples.at(R"(drover_requests_total{user="other",api="openai",outcome="done"})"), 99'951.0);
        QCOMPARE(samples.at(R"(drover_queue_depth{user="made up 7"})"), 2.0);
        QCOMPARE(samples.at(R"(drover_queue_depth{user="other"})"), 3.0);
        QVERIFY(!samples.contains(R"(drover_queue_depth{user="made up 50"})"));
        QVERIFY(text.size() < 64 * 1024);
    }

    void showsTheSnapshotAsGauges()
    {
        MetricsRegistry metrics;
        Snapshot snapshot;
        snapshot.running = 2;
        snapshot.waiting = 7;
        snapshot.waitingBytes = 4096;
        snapshot.slots = 4;
        snapshot.paused = true;
        snapshot.upTime = 1500ms;
        snapshot.backends = {{.name = "here", .state = BackendState::Ready, .slots = 4, .running = 2},
            {.name = "there", .state = BackendState::Resting, .slots = 1}};
        snapshot.users = {{.name = "Zed", .waiting = 7}};

        const auto busy = samplesOf(metrics.text(snapshot));
        const auto idle = samplesOf(metrics.text({}));

        QCOMPARE(busy.at("drover_jobs_running"), 2.0);
        QCOMPARE(busy.at("drover_jobs_waiting"), 7.0);
        QCOMPARE(busy.at("drover_waiting_bytes"), 4096.0);
        QCOMPARE(busy.at("drover_slots"), 4.0);
        QCOMPARE(busy.at("drover_paused"), 1.0);
        QCOMPARE(busy.at("drover_draining"), 0.0);
        QCOMPARE(busy.at("drover_up_time_seconds"), 1.5);
        QCOMPARE(busy.at(R"(drover_backend_up{backend="here"})"), 1.0);
        QCOMPARE(busy.at(R"(drover_backend_up{backend="there"})"), 0.0);
        QCOMPARE(busy.at(R"(drover_backend_slots{backend="here"})"), 4.0);
        QCOMPARE(busy.at(R"(drover_queue_depth{user="Zed"})"), 7.0);
        QCOMPARE(idle.at(R"(drover_queue_depth{user="Zed"})"), 0.0);
    }
};

QTEST_GUILESS_MAIN(MetricsTextTest)
#include "metrics_text_test.moc"
