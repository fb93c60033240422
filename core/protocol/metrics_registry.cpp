// SPDX-License-Identifier: MIT
#include "core/protocol/metrics_registry.h"

#include "core/api/engine.h"
#include "core/protocol/worker_status.h"

#include <algorithm>

namespace drover {

using namespace std::chrono_literals;
using Kind = MetricsText::Kind;

namespace {

// The buckets of OpenTelemetry's semantic conventions for generative AI (gen_ai.server.time_to_first_token,
// gen_ai.server.time_per_output_token, gen_ai.server.request.duration), and a longer tail: here jobs wait in a queue.
std::vector<std::chrono::nanoseconds> firstTokenBounds()
{
    return {1ms, 5ms, 10ms, 20ms, 40ms, 60ms, 80ms, 100ms, 250ms, 500ms, 750ms, 1s, 2500ms, 5s, 7500ms, 10s, 30s, 60s,
        120s, 300s, 600s, 1800s};
}

std::vector<std::chrono::nanoseconds> perTokenBounds()
{
    return {10ms, 25ms, 50ms, 75ms, 100ms, 150ms, 200ms, 300ms, 400ms, 500ms, 750ms, 1s, 2500ms};
}

std::vector<std::chrono::nanoseconds> durationBounds()
{
    return {10ms, 20ms, 40ms, 80ms, 160ms, 320ms, 640ms, 1280ms, 2560ms, 5120ms, 10240ms, 20480ms, 40960ms, 81920ms,
        163840ms, 327680ms, 655360ms, 1310720ms, 2621440ms};
}

/// The default buckets of Prometheus' clients, which llamapool's workers have.
std::vector<std::chrono::nanoseconds> workerBounds()
{
    return {5ms, 10ms, 25ms, 50ms, 100ms, 250ms, 500ms, 1s, 2500ms, 5s, 10s};
}

std::uint64_t natural(std::int64_t number)
{
    return number < 0 ? 0 : static_cast<std::uint64_t>(number);
}

void writeBackends(MetricsText& text, const Snapshot& snapshot)
{
    text.family("drover_backend_up", Kind::Gauge, "1 when the backend answers its probe and is not resting.");
    for (const BackendView& backend : snapshot.backends)
        text.sample({{"backend", backend.name}}, backend.state == BackendState::Ready ? 1 : 0);
    text.family("drover_backend_slots", Kind::Gauge, "Jobs that the backend runs at once at most.");
    for (const BackendView& backend : snapshot.backends)
        text.sample({{"backend", backend.name}}, natural(backend.slots));
    text.family("drover_backend_running", Kind::Gauge, "Jobs that the backend runs.");
    for (const BackendView& backend : snapshot.backends)
        text.sample({{"backend", backend.name}}, natural(backend.running));
}

void writeEngine(MetricsText& text, const Snapshot& snapshot)
{
    const auto gauge = [&](std::string_view name, std::string_view help, std::uint64_t value) {
        text.family(name, Kind::Gauge, help);
        text.sample({}, value);
    };
    text.family("drover_build_info", Kind::Gauge, "Always 1; the labels tell what runs.");
    text.sample({{"version", versionNumber()}, {"revision", revision()}, {"boost", boostVersion()}}, 1);
    text.family("drover_up_time_seconds", Kind::Gauge, "Time since Drover was started.");
    text.sample({}, snapshot.upTime);
    gauge("drover_paused", "1 while no waiting job starts because somebody paused the queue.", snapshot.paused);
    gauge("drover_sharing_paused", "1 while pools get nothing because of a rule or a pause of sharing.",
        snapshot.sharing.verdict != SharingVerdict::Go);
    gauge("drover_draining", "1 while jobs are refused because Drover ends or drains.", snapshot.draining);
    gauge("drover_demo", "1 when the model is simulated.", snapshot.demo);
    text.family(
        "drover_history_rows_lost_total", Kind::Counter, "Jobs that are in no history: it could not be written.");
    text.sample({}, snapshot.history.rowsLost);
    gauge("drover_slots", "Jobs that run at once at most, on all backends.", natural(snapshot.slots));
}

} // namespace

LabelValues::LabelValues()
    : m_numbers{{"other", other}}
    , m_names{"other"}
{
}

std::size_t LabelValues::number(std::string_view value)
{
    if (const auto known = m_numbers.find(value); known != m_numbers.end())
        return known->second;
    if (m_names.size() > labelValuesMax)
        return other;
    m_numbers.emplace(value, m_names.size());
    m_names.emplace_back(value);
    return m_names.size() - 1;
}

MetricsRegistry::MetricsRegistry()
    : m_userCounts(LabelValues::labelValuesMax + 1)
    , m_refusals(LabelValues::labelValuesMax + 1)
    , m_queueWait(firstTokenBounds())
    , m_toFirstPiece(firstTokenBounds())
    , m_perOutputToken(perTokenBounds())
    , m_duration(durationBounds())
    , m_pooled(workerBounds())
{
}

void MetricsRegistry::jobFinished(const FinishedJob& finished, std::chrono::nanoseconds toFirstPiece)
{
    const JobView& job = finished.job;
    UserCounts& user = m_userCounts[m_users.number(job.user)];
    ++user.requests[static_cast<std::size_t>(job.dialect)][static_cast<std::size_t>(finished.outcome)];
    user.promptTokens += job.promptTokens;
    user.outputTokens += job.outputTokens;

    const bool refused = finished.outcome == Outcome::Refused;
    if (refused)
        ++m_refusals[finished.reasonCode.empty() ? LabelValues::other : m_reasons.number(finished.reasonCode)];
    if (!refused || job.waited > 0ms) // one refused at the door has not waited
        m_queueWait.observe(job.waited);
    if (refused)
        return;
    if (!job.pool.empty())
        m_pooled.observe(job.ran);
    const std::chrono::nanoseconds duration = job.waited + job.ran;
    m_duration.observe(duration);
    if (toFirstPiece < 0ns)
        return;
    m_toFirstPiece.observe(toFirstPiece);
    if (job.streamed && job.outputTokens > 1 && duration >= toFirstPiece)
        m_perOutputToken.observe((duration - toFirstPiece) / static_cast<std::int64_t>(job.outputTokens - 1));
}

std::string MetricsRegistry::text(const Snapshot& snapshot)
{
    MetricsText text;
    writeEngine(text, snapshot);
    writeQueue(text, snapshot);
    writeBackends(text, snapshot);
    writeCounters(text);
    writeHistograms(text);
    if (!snapshot.pools.empty())
        writeWorker(text, snapshot);
    return text.take();
}

void MetricsRegistry::writeQueue(MetricsText& text, const Snapshot& snapshot)
{
    std::array<std::uint64_t, LabelValues::labelValuesMax + 1> depths = {};
    for (const UserView& user : snapshot.users) {
        if (user.waiting > 0)
            depths[m_users.number(user.name)] += user.waiting;
    }
    text.family("drover_jobs_running", Kind::Gauge, "Jobs that a backend answers.");
    text.sample({}, std::uint64_t{snapshot.running});
    text.family("drover_jobs_waiting", Kind::Gauge, "Jobs in the queue.");
    text.sample({}, std::uint64_t{snapshot.waiting});
    text.family("drover_waiting_bytes", Kind::Gauge, "Bytes of bodies held for jobs in the queue.");
    text.sample({}, std::uint64_t{snapshot.waitingBytes});
    text.family("drover_queue_depth", Kind::Gauge, "Jobs in the queue, by user.");
    for (std::size_t user = 0; user < m_users.size(); ++user)
        text.sample({{"user", m_users.name(user)}}, depths[user]);
}

void MetricsRegistry::writeCounters(MetricsText& text) const
{
    text.family("drover_requests_total", Kind::Counter, "Jobs that ended, by user, dialect and how they ended.");
    for (std::size_t user = 0; user < m_users.size(); ++user) {
        for (std::size_t dialect = 0; dialect < dialects; ++dialect) {
            for (std::size_t outcome = 0; outcome < outcomes; ++outcome) {
                if (const auto count = m_userCounts[user].requests[dialect][outcome])
                    text.sample({{"user", m_users.name(user)}, {"api", name(static_cast<Dialect>(dialect))},
                                    {"outcome", name(static_cast<Outcome>(outcome))}},
                        count);
            }
        }
    }
    text.family("drover_tokens_total", Kind::Counter, "Tokens of jobs that ended, by direction and user.");
    for (std::size_t user = 0; user < m_users.size(); ++user) {
        text.sample({{"direction", "prompt"}, {"user", m_users.name(user)}}, m_userCounts[user].promptTokens);
        text.sample({{"direction", "output"}, {"user", m_users.name(user)}}, m_userCounts[user].outputTokens);
    }
    text.family("drover_refusals_total", Kind::Counter, "Jobs that Drover refused, by reason.");
    for (std::size_t reason = 0; reason < m_reasons.size(); ++reason)
        text.sample({{"reason", m_reasons.name(reason)}}, m_refusals[reason]);
}

/// Of the jobs of pools alone: an owner's own are no worker's.
void MetricsRegistry::writeWorker(MetricsText& text, const Snapshot& snapshot) const
{
    const WorkerStatus worker = workerStatus(snapshot);
    std::uint64_t running = 0, slots = 0, started = 0, failed = 0;
    for (const PoolView& pool : snapshot.pools) {
        running += pool.running;
        slots += natural(pool.slots);
        started += pool.jobs;
        failed += pool.failed;
    }
    const auto one = [&](std::string_view name, Kind kind, std::string_view help, std::uint64_t value) {
        text.family(name, kind, help);
        text.sample({}, value);
    };
    one("llamapool_worker_connected_to_server", Kind::Gauge, "1 when a pool has taken this worker.",
        worker.connectedToServer);
    one("llamapool_worker_connected_to_ollama", Kind::Gauge, "1 when an Ollama is ready.", worker.connectedToOllama);
    one("llamapool_worker_current_jobs", Kind::Gauge, "Jobs of pools that run.", running);
    one("llamapool_worker_max_concurrency", Kind::Gauge, "Jobs at once that pools are offered.", slots);
    one("llamapool_worker_jobs_started_total", Kind::Counter, "Jobs taken from pools.", started);
    one("llamapool_worker_jobs_succeeded_total", Kind::Counter, "Of these, those that got their whole answer.",
        started - std::min(started, failed + running));
    one("llamapool_worker_jobs_failed_total", Kind::Counter, "Of these, those that did not.", failed);
    text.family("llamapool_worker_job_duration_seconds", Kind::Histogram, "Time that jobs of pools ran.");
    text.histogram(m_pooled);
}

void MetricsRegistry::writeHistograms(MetricsText& text) const
{
    const auto histogram = [&](std::string_view name, std::string_view help, const Histogram& counted) {
        text.family(name, Kind::Histogram, help);
        text.histogram(counted);
    };
    histogram("drover_queue_wait_seconds", "Time that jobs spent in the queue.", m_queueWait);
    histogram("drover_time_to_first_token_seconds",
        "Time from a request's arrival to the first piece of its answer, queue included.", m_toFirstPiece);
    histogram("drover_time_per_output_token_seconds", "Time between tokens of streamed answers, mean of each answer.",
        m_perOutputToken);
    histogram("drover_request_duration_seconds", "Time from a request's arrival to the end of its answer.", m_duration);
}

} // namespace drover
