// SPDX-License-Identifier: MIT

// The composition root: the only file that knows every folder of core/.
#include "core/api/engine.h"

#include "core/backends/backend_set.h"
#include "core/backends/demo_backend.h"
#include "core/dispatch/given_books.h"
#include "core/dispatch/pause_clock.h"
#include "core/engine_sharing.h"
#include "core/engine_summary.h"
#include "core/fronts/control_token.h"
#include "core/fronts/host_front.h"
#include "core/fronts/job_runner.h"
#include "core/fronts/link_front.h"
#include "core/fronts/log_ring.h"
#include "core/fronts/metrics_front.h"
#include "core/fronts/proxy_front.h"
#include "core/fronts/status_front.h"
#include "core/net/http_server.h"
#include "core/net/open_files.h"
#include "core/net/port_owner.h"
#include "core/protocol/metrics_registry.h"
#include "core/store/history_store.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <optional>
#include <thread>
#include <vector>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr auto tickEvery = 250ms;
constexpr auto publishEvery = 100ms; ///< to subscribers, at most
constexpr auto endTimeMax = 2s; ///< for connections to close when the engine ends
constexpr auto cancelTimeMax = 2s; ///< for cancelled jobs to end after a drain's limit
constexpr auto backendGoneMax = 30s; ///< a waiting job is refused when nothing that has its model was there for so long

PauseClock::Moment bothClocks()
{
    return {.steady = Clock::now(), .wall = WallTime::clock::now()};
}

class QueueEngine final : public Engine {
public:
    QueueEngine(Config config, EngineHooks hooks);
    ~QueueEngine() override;

    Result<> start() override;
    Result<> setConfig(Config config) override;
    Snapshot snapshot() const override;
    Subscription subscribe(std::function<void(const Snapshot&)> changed) override;
    void cancelJob(JobId id) override;
    void startNext(JobId id) override;
    void pause(std::optional<WallTime> until) override;
    void resume() override;
    void drain(std::chrono::milliseconds limit, std::function<void()> done) override;
    void undrain() override;
    void setRuntime(RuntimeView runtime) override;
    void lookAtBackends() override;
    void setReadings(SensorReadings readings) override;
    void snooze(Snooze snooze) override;
    void freeMemory() override;
    void commandWorker(WorkerNumber worker, WorkerCommand command) override;
    void addLog(LogLine line) override;

private:
    struct Drain {
        TimePoint until;
        std::function<void()> done;
        bool cancelled = false;
    };

    Result<> listen();
    Result<> apply(const Config& config);
    Config withKeyRules(Config config) const;
    Snapshot makeSnapshot() const;
    void tick();
    void publish(TimePoint now);
    void checkDrain(TimePoint now);
    void checkPause();
    void pauseChanged();
    PoolOffer offerToPools() const;
    void tickLinks(TimePoint now);
    void checkSharing();
    void tellHosting(const Result<>& hosting);
    void pauseOrNot();
    void giveToHosted();
    void checkHistory();
    void jobFinished(const FinishedJob& finished, std::chrono::nanoseconds toFirstPiece);
    void stopAll();

    bool onCoreThread() const { return !m_thread.joinable() || std::this_thread::get_id() == m_thread.get_id(); }
    /// Runs it on the core thread and waits for its result. At once when the core thread is the caller, or there is
    /// none.
    template <class Function> auto onCore(Function function) const;
    template <class Function> void post(Function function);

    /// Sockets are used on the core thread only, so they need no locks; posting from other threads keeps its own.
    mutable asio::io_context m_io{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
    asio::executor_work_guard<Executor> m_work{m_io.get_executor()};
    Config m_config;
    EngineHooks m_hooks;
    LogRing m_logs;
    Log m_log;
    MetricsRegistry m_metrics;
    std::unique_ptr<HistoryStore> m_history; ///< from `start` on
    HistoryState m_historyTold = {}; ///< what the log says of it
    JobRunner m_jobs;
    BackendSet m_backends;
    ProxyFront m_front;
    HttpServer m_server;
    HostFront m_host;
    LinkFront m_links;
    GivenBooks m_given;
    EngineSharing m_sharing;
    std::unique_ptr<StatusFront> m_status;
    std::unique_ptr<MetricsFront> m_metricsFront;
    std::unique_ptr<DemoBackend> m_demo;
    Timer m_ticker;
    std::map<std::uint64_t, std::function<void(const Snapshot&)>> m_subscribers;
    std::uint64_t m_lastSubscriber = 0;
    std::uint64_t m_version = 1; ///< of what the job runner does not count
    std::uint64_t m_publishedVersion = 0;
    TimePoint m_publishedAt{};
    TimePoint m_startedAt = Clock::now();
    std::vector<UserRule> m_keyRules; ///< of the users that the keys of the hosted pool name
    std::optional<Drain> m_drain;
    PauseClock m_pause;
    RuntimeView m_runtime;
    std::atomic<bool> m_ending{false};
    std::thread m_thread;
};

template <class Function> auto QueueEngine::onCore(Function function) const
{
    if (onCoreThread())
        return function();
    std::packaged_task<decltype(function())()> task(std::move(function));
    auto result = task.get_future();
    asio::post(m_io, [&task] { task(); });
    return result.get();
}

template <class Function> void QueueEngine::post(Function function)
{
    asio::post(m_io, std::move(function));
}

/// The same, with who it is where a port is taken.
Result<> named(Result<> result, std::uint16_t port)
{
    if (!result && result.error().code == Errc::PortTaken)
        return fail(Errc::PortTaken, portTakenSentence(port, whoListens(port)));
    return result;
}

QueueEngine::QueueEngine(Config config, EngineHooks hooks)
    : m_config(std::move(config))
    , m_hooks(std::move(hooks))
    , m_log(m_logs.tee(m_hooks.log))
    , m_jobs(
          m_io, m_config, [this](const FinishedJob& job, std::chrono::nanoseconds first) { jobFinished(job, first); })
    , m_backends(m_io, m_log,
          {[this](Backend& backend) {
               ++m_version;
               m_jobs.setBackend(backend.id(), backend.capacity());
           },
              [this](BackendId id) {
                  ++m_version;
                  m_jobs.removeBackend(id);
              }})
    , m_front(m_io, m_config, m_jobs, m_backends, m_log)
    , m_server(
          m_io, m_config.limits, [this](Exchange& exchange) { return m_front.handle(exchange); }, ProxyFront::errorBody,
          m_log)
    , m_host({.io = m_io,
                 .front = m_front,
                 .jobs = m_jobs,
                 .backends = m_backends,
                 .changed = [this] { ++m_version; },
                 .rulesChanged =
                     [this](std::vector<UserRule> rules) {
                         m_keyRules = std::move(rules);
                         m_jobs.setConfig(withKeyRules(m_config));
                     },
                 .metrics = [this] { return m_metrics.text(makeSnapshot()); },
                 .log = m_log},
          m_config)
    , m_links(m_io,
          {[this](Exchange& exchange) { return m_front.handlePooled(exchange); }, m_hooks.makePoolSocket,
              [this] { ++m_version; }, m_log})
    , m_sharing({.log = m_log, .freeMemoryRequested = m_hooks.freeMemoryRequested, .snoozed = m_hooks.snoozed})
    , m_ticker(m_io.get_executor())
{
    m_logs.onLogged(m_hooks.logged);
}

QueueEngine::~QueueEngine()
{
    if (!m_thread.joinable())
        return;
    post([this] { stopAll(); });
    m_thread.join();
}

/// Closes everything; the core thread's last act, see `start`.
void QueueEngine::stopAll()
{
    m_ending = true;
    m_subscribers.clear();
    m_ticker.cancel();
    m_server.close();
    m_host.close();
    m_links.close();
    m_jobs.cancelAll();
    if (m_status)
        m_status->close();
    if (m_metricsFront)
        m_metricsFront->close();
    m_backends.close();
    m_demo.reset();
    m_work.reset();
    m_io.stop();
}

Result<> QueueEngine::start()
{
    const std::size_t connectionsMax = connectionsWithin(raiseOpenFilesLimit());
    if (m_config.limits.connectionsMax == 0 || m_config.limits.connectionsMax > connectionsMax)
        m_config.limits.connectionsMax = connectionsMax;
    m_server.setLimits(m_config.limits);
    if (auto listening = listen(); !listening) {
        m_server.close();
        return listening;
    }
    if (m_config.demo) {
        m_demo = std::make_unique<DemoBackend>(m_io, m_log);
        auto url = m_demo->start();
        if (!url)
            return url.error();
        m_config.backends = {BackendConfig{.name = "demo (simulated)", .url = *url, .kind = BackendKind::Demo}};
    }
    if (auto configured = m_backends.configure(m_config.backends, m_config.concurrency); !configured)
        return configured;
    auto hosting = m_host.configure(m_config);
    if (!hosting && m_config.hosting.required) {
        m_server.close();
        return hosting;
    }
    tellHosting(hosting);
    m_history = std::make_unique<HistoryStore>(HistoryStoreOptions{.config = m_config.history});
    m_jobs.seedToday(m_history->usageAtStart(), WallTime::clock::now());
    m_given.seed(m_history->givenAtStart(), m_jobs.date());
    m_thread = std::thread([this] {
        m_io.run();
        m_io.restart(); // connections that were closed still have to notice
        m_io.run_for(endTimeMax);
    });
    post([this] {
        checkSharing();
        giveToHosted();
        m_links.configure(m_config.pools, offerToPools());
        tick();
    });
    return {};
}

Result<> QueueEngine::listen()
{
    if (auto proxy = named(m_server.listen(m_config.host, m_config.port), m_config.port); !proxy)
        return proxy;
    if (m_config.metricsEnabled) {
        const auto text = [this] { return m_host.metricsText() + m_metrics.text(makeSnapshot()); };
        m_metricsFront = std::make_unique<MetricsFront>(m_io, text, statusLimits(m_config.limits), m_log);
        const auto metrics =
            named(m_metricsFront->listen(m_config.metricsHost, m_config.metricsPort), m_config.metricsPort);
        if (!metrics)
            return metrics;
    }
    if (!m_config.statusEnabled)
        return {};
    StatusOptions options;
    options.limits = statusLimits(m_config.limits);
    if (!m_config.controlTokenFile.empty()) {
        auto token = controlToken(m_config.controlTokenFile, m_log);
        if (!token)
            return token.error();
        options.token = *token;
    }
    EngineHooks hooks = m_hooks;
    hooks.log = m_log;
    m_status = std::make_unique<StatusFront>(m_io, *this, m_metrics, m_logs, hooks, options);
    return named(m_status->listen(m_config.statusHost, m_config.statusPort), m_config.statusPort);
}

Result<> QueueEngine::setConfig(Config config)
{
    return onCore([this, config = std::move(config)]() mutable -> Result<> {
        if (config.host != m_config.host || config.port != m_config.port || config.statusHost != m_config.statusHost
            || config.statusPort != m_config.statusPort || config.statusEnabled != m_config.statusEnabled
            || config.metricsHost != m_config.metricsHost || config.metricsPort != m_config.metricsPort
            || config.metricsEnabled != m_config.metricsEnabled || config.demo != m_config.demo)
            return fail(Errc::BadConfig, "a changed address or demo mode needs a restart");
        if (m_demo)
            config.backends = m_config.backends;
        if (config.limits.connectionsMax == 0 || config.limits.connectionsMax > m_config.limits.connectionsMax)
            config.limits.connectionsMax = m_config.limits.connectionsMax;
        return apply(config);
    });
}

Result<> QueueEngine::apply(const Config& config)
{
    if (auto configured = m_backends.configure(config.backends, config.concurrency); !configured)
        return configured;
    m_config = config;
    m_jobs.setConfig(withKeyRules(config));
    m_front.setConfig(config);
    tellHosting(m_host.configure(config)); // the rest counts all the same
    if (m_history)
        m_history->setConfig(config.history);
    m_links.configure(config.pools, offerToPools());
    giveToHosted();
    m_server.setLimits(config.limits);
    if (m_status)
        m_status->setLimits(statusLimits(config.limits));
    if (m_metricsFront)
        m_metricsFront->setLimits(statusLimits(config.limits));
    ++m_version;
    return {};
}

// ---- pictures ----

Snapshot QueueEngine::snapshot() const
{
    return onCore([this] { return makeSnapshot(); });
}

Snapshot QueueEngine::makeSnapshot() const
{
    const TimePoint now = Clock::now();
    Snapshot snapshot;
    snapshot.sequence = m_version + m_jobs.version() + (m_history ? m_history->version() : 0);
    snapshot.version = versionNumber();
    snapshot.demo = m_config.demo;
    snapshot.draining = m_front.draining();
    snapshot.address = textOf(m_server.address());
    if (m_status)
        snapshot.statusAddress = textOf(m_status->address());
    snapshot.upTime = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_startedAt);
    m_jobs.describe(snapshot, now);
    snapshot.keys = m_front.keys();
    for (const auto& backend : m_backends.all()) {
        snapshot.backends.push_back(backend->view(now));
        snapshot.backends.back().running = m_jobs.dispatcher().running(backend->id());
        if (backend->available())
            snapshot.slots += snapshot.backends.back().slots;
    }
    if (m_history)
        snapshot.history = m_history->state();
    if (m_pause.pause().until)
        snapshot.pausedUntil =
            std::chrono::floor<std::chrono::milliseconds>(*m_pause.pause().until).time_since_epoch().count();
    snapshot.runtime = m_runtime;
    snapshot.pools = m_links.views(now);
    for (PoolView& pool : snapshot.pools) {
        pool.today = m_given.today(pool.name, m_jobs.date());
        pool.total = m_given.total(pool.name);
    }
    snapshot.paused = m_pause.pause().paused;
    snapshot.sharing = m_sharing.view();
    snapshot.hosting = m_host.view(now);
    snapshot.slots += m_host.slots();
    summarise(snapshot, WallTime::clock::now());
    return snapshot;
}

Subscription QueueEngine::subscribe(std::function<void(const Snapshot&)> changed)
{
    const std::uint64_t id = onCore([this, changed = std::move(changed)] {
        m_subscribers.emplace(++m_lastSubscriber, std::move(changed));
        m_publishedVersion = 0;
        return m_lastSubscriber;
    });
    return Subscription([this, id] { onCore([this, id] { return m_subscribers.erase(id); }); });
}

void QueueEngine::publish(TimePoint now)
{
    const std::uint64_t version = m_version + m_jobs.version() + m_history->version();
    if (m_subscribers.empty() || version == m_publishedVersion || now - m_publishedAt < publishEvery)
        return;
    m_publishedVersion = version;
    m_publishedAt = now;
    const Snapshot picture = makeSnapshot();
    const auto subscribers = m_subscribers; // one may end itself, or another, while it is called
    for (const auto& [id, changed] : subscribers) {
        if (m_subscribers.contains(id))
            changed(picture);
    }
}

// ---- passing of time ----

void QueueEngine::tick()
{
    if (m_ending)
        return;
    const TimePoint now = Clock::now();
    m_jobs.tick(now);
    m_jobs.refuseUnservable(now, backendGoneMax);
    m_host.tick(now);
    checkSharing();
    if (!m_links.empty())
        tickLinks(now);
    checkDrain(now);
    checkPause();
    checkHistory();
    publish(now);
    m_ticker.expires_after(
        m_subscribers.empty() || m_jobs.live() == 0 ? tickEvery : std::chrono::milliseconds(publishEvery));
    m_ticker.async_wait([this](error_code error) {
        if (!error)
            tick();
    });
}

/// The picture says why it does not host; so does the log.
void QueueEngine::tellHosting(const Result<>& hosting)
{
    if (!hosting)
        m_log(LogLevel::Error,
            "hosting error=" + std::string(codeName(hosting.error().code)) + " detail=\"" + hosting.error().detail
                + '"');
}

/// The settings' rules, then those of the keys whose users have none there.
Config QueueEngine::withKeyRules(Config config) const
{
    for (const UserRule& rule : m_keyRules)
        if (std::ranges::find(config.users, rule.name, &UserRule::name) == config.users.end())
            config.users.push_back(rule);
    return config;
}

/// Says once in the log what became of the history.
void QueueEngine::checkHistory()
{
    HistoryState state = m_history->state();
    if (state.reasonCode != m_historyTold.reasonCode && state.reasonCode.empty())
        m_log(LogLevel::Info, "history written again lost=" + std::to_string(state.rowsLost));
    else if (state.reasonCode != m_historyTold.reasonCode && state.reasonCode != "off")
        m_log(LogLevel::Warning, "history reason=" + state.reasonCode + ": " + state.reasonText + ' ' + state.fixText);
    if (state.rowsLost > 0 && m_historyTold.rowsLost == 0)
        m_log(LogLevel::Warning, "history full: jobs that end are not recorded until it can be written");
    m_historyTold = std::move(state);
}

/// What the links may do. They keep running jobs unless the permission is Stop.
PoolOffer QueueEngine::offerToPools() const
{
    PoolOffer offer = poolOffer(m_backends);
    if (const SharingView& sharing = m_sharing.view(); sharing.verdict != SharingVerdict::Go) {
        offer.permission = sharing.verdict == SharingVerdict::Finish ? PoolPermission::Finish : PoolPermission::Stop;
        offer.reason = sharing.reasonText;
    } else if (m_jobs.paused()) {
        offer.permission = PoolPermission::Finish;
        offer.reason = "The queue is paused.";
    }
    return offer;
}

/// A pool's job that still waits here goes back as well when nothing may be taken: it must not start later.
void QueueEngine::tickLinks(TimePoint now)
{
    const PoolOffer offer = offerToPools();
    m_links.tick(now, offer);
    if (offer.permission == PoolPermission::Go)
        return;
    std::vector<LiveJob*> waiting;
    for (const auto& [id, live] : m_jobs.all())
        if (live->handBack && !live->running && !live->cancelled)
            waiting.push_back(live);
    for (LiveJob* const live : waiting)
        live->handBack();
}

void QueueEngine::checkDrain(TimePoint now)
{
    if (!m_drain)
        return;
    if ((m_jobs.live() > 0 || !m_links.drained()) && now < m_drain->until)
        return;
    if (m_jobs.live() > 0 && !m_drain->cancelled) {
        m_drain->cancelled = true;
        m_drain->until = now + cancelTimeMax;
        m_jobs.cancelAll();
        return;
    }
    const auto done = std::exchange(m_drain->done, nullptr);
    m_drain.reset();
    if (done)
        done();
}

void QueueEngine::jobFinished(const FinishedJob& finished, std::chrono::nanoseconds toFirstPiece)
{
    m_metrics.jobFinished(finished, toFirstPiece);
    m_history->add(finished, std::chrono::floor<std::chrono::milliseconds>(toFirstPiece));
    if (!finished.job.pool.empty() && finished.job.state == JobState::Running)
        m_given.add(finished.job.pool, givenBy(finished), m_jobs.date());
    const LogLevel level =
        finished.outcome == Outcome::Done || finished.outcome == Outcome::Cancelled ? LogLevel::Debug : LogLevel::Info;
    if (!m_log.wants(level))
        return;
    const JobView& job = finished.job;
    m_log(level,
        "job " + std::string(name(finished.outcome)) + " id=" + std::to_string(job.id) + " request=" + job.requestId
            + " user=\"" + job.user + "\" model=\"" + job.model + "\" path=" + job.path + " backend=\"" + job.backend
            + "\" status=" + std::to_string(finished.status) + " waited_ms=" + std::to_string(job.waited.count())
            + " ran_ms=" + std::to_string(job.ran.count()) + " prompt_tokens=" + std::to_string(job.promptTokens)
            + " output_tokens=" + std::to_string(job.outputTokens)
            + (finished.reason.empty() ? "" : " reason=\"" + finished.reason + '"'));
}

// ---- commands ----

void QueueEngine::cancelJob(JobId id)
{
    post([this, id] { m_jobs.cancel(id); });
}

void QueueEngine::startNext(JobId id)
{
    post([this, id] { m_jobs.startNext(id); });
}

void QueueEngine::pause(std::optional<WallTime> until)
{
    post([this, until] {
        m_pause.begin(until, bothClocks());
        pauseChanged();
    });
}

void QueueEngine::addLog(LogLine line)
{
    post([this, line = std::move(line)]() mutable { m_logs.add(std::move(line)); });
}

void QueueEngine::resume()
{
    post([this] {
        m_sharing.snooze({}, bothClocks());
        m_pause.end();
        pauseChanged();
    });
}

void QueueEngine::checkPause()
{
    if (!m_pause.isOver(bothClocks()))
        return;
    m_pause.end();
    pauseChanged();
}

void QueueEngine::checkSharing()
{
    if (!m_sharing.look(m_config, m_jobs.today(), bothClocks()))
        return;
    ++m_version;
    pauseOrNot();
    giveToHosted();
}

/// This machine itself answers the clients of its pool while the rules of sharing let it.
void QueueEngine::giveToHosted()
{
    m_backends.setTakesPooled(answersHostedPool(m_config) && m_sharing.view().verdict == SharingVerdict::Go);
}

/// Jobs wait while a person wants them to, and while the rules hold back the apps, too.
void QueueEngine::pauseOrNot()
{
    m_jobs.setPaused(m_pause.pause().paused || m_sharing.view().holdsOwn);
}

void QueueEngine::pauseChanged()
{
    pauseOrNot();
    if (m_hooks.pauseChanged)
        m_hooks.pauseChanged(m_pause.pause());
}

void QueueEngine::drain(std::chrono::milliseconds limit, std::function<void()> done)
{
    post([this, limit, done = std::move(done)]() mutable {
        ++m_version;
        m_front.setDraining(true);
        m_host.setDraining(true);
        m_links.drain();
        m_drain = Drain{limit.count() < 0 ? TimePoint::max() : Clock::now() + limit, std::move(done)};
        checkDrain(Clock::now());
    });
}

void QueueEngine::setRuntime(RuntimeView runtime)
{
    post([this, runtime = std::move(runtime)]() mutable {
        if (runtime == m_runtime)
            return;
        ++m_version;
        const bool answersNow = runtime.state == RuntimeState::Running && m_runtime.state != RuntimeState::Running;
        m_runtime = std::move(runtime);
        m_backends.startedWith(m_runtime.backend, m_runtime.slots);
        if (answersNow) // its backend need not wait for its next look
            m_backends.lookAgain();
    });
}

void QueueEngine::lookAtBackends()
{
    post([this] { m_backends.lookAgain(); });
}

void QueueEngine::setReadings(SensorReadings readings)
{
    post([this, readings = std::move(readings)] { m_sharing.setReadings(readings); });
}

void QueueEngine::snooze(Snooze snooze)
{
    post([this, snooze = std::move(snooze)] {
        m_sharing.snooze(snooze, bothClocks());
        checkSharing();
    });
}

void QueueEngine::freeMemory()
{
    post([this] { m_backends.freeMemory(); });
}

void QueueEngine::commandWorker(WorkerNumber, WorkerCommand) { }

void QueueEngine::undrain()
{
    post([this] {
        ++m_version;
        m_front.setDraining(false);
        m_host.setDraining(false);
        m_links.undrain();
        m_drain.reset();
    });
}

} // namespace

std::unique_ptr<Engine> makeEngine(Config config, EngineHooks hooks)
{
    return std::make_unique<QueueEngine>(std::move(config), std::move(hooks));
}

} // namespace drover
