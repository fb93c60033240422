// SPDX-License-Identifier: MIT
#include "core/dispatch/dispatcher.h"
#include "core/dispatch/offer.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr int modelsInAll = 40;
constexpr int workersMost = 200;
constexpr int users = 12;

/// A pool whose workers come, go and change while jobs of both realms come and go. Throws at what must never be. Knows
/// itself, the slow way, where each job must run.
class PoolOrdeal {
public:
    explicit PoolOrdeal(std::uint32_t seed)
        : m_random(seed)
        , m_dispatcher({.fairness = seed % 2 ? Fairness::Tokens : Fairness::Requests,
              .waitingMax = 10'000,
              .waitingPerUserMax = 10'000})
    {
        for (int i = 0; i < workersMost / 2; ++i)
            join();
    }

    void step()
    {
        m_now += std::chrono::milliseconds(upTo(200));
        const int what = upTo(100);
        const bool calm = m_steps / 500 % 2 == 0; // else more jobs come than end
        if (what < (calm ? 28 : 50))
            submit();
        else if (what < 75)
            end(anyRunning());
        else if (what < 80)
            cancel(anyJob());
        else if (what < 83)
            handBack(anyRunning());
        else if (what < 88)
            join();
        else if (what < 92)
            change(anyWorker());
        else if (what < 96)
            vanish(anyWorker());
        else
            take(m_dispatcher.tick(m_now));
        if (++m_steps % 16 == 0)
            check();
    }

    /// Lets all that is left run to its end.
    void finishAll()
    {
        Worker everything{.capacity = {.slots = 3, .available = true, .anyModel = true}};
        m_workers[++m_lastWorker] = everything;
        take(m_dispatcher.setBackend(m_lastWorker, everything.capacity, m_now));
        for (JobId id = anyRunning(); id != 0; id = anyRunning())
            end(id);
        require(m_jobs.empty() && m_dispatcher.waiting() == 0 && m_dispatcher.running() == 0, "every job ends");
        require(m_ended == m_lastJob, "every job ends once");
    }

    std::size_t starts = 0;
    std::size_t choices = 0; ///< starts where there was a choice of workers
    std::size_t handedBack = 0;
    std::size_t comparedTurns = 0;

private:
    /// What is known of a worker and a model.
    struct Record {
        Speed speed = {};
        std::size_t lastStart = 0;
    };
    struct Worker {
        BackendCapacity capacity = {};
        int running = 0;
        std::map<std::string, Record> records = {}; ///< of the models that it lists
    };
    struct Known {
        Job job;
        BackendId worker = 0; ///< 0 while it waits
        TimePoint started = {};
        std::uint64_t outputTokens = 0;
        std::set<BackendId> failedAt = {};
        int times = 0; ///< it was handed back
    };
    using Merit = std::tuple<bool, int, int, std::size_t, std::int64_t>;

    int upTo(int end) { return static_cast<int>(m_random() % static_cast<std::uint32_t>(std::max(1, end))); }
    static void require(bool holds, const char* what)
    {
        if (!holds)
            throw std::logic_error(what);
    }

    // ---- what the slow way knows ----

    static bool lists(const BackendCapacity& capacity, const std::string& model)
    {
        const auto in = [&model](const auto& names) { return std::ranges::find(names, model) != names.end(); };
        return in(capacity.models) || (capacity.anyModel && in(capacity.loaded));
    }
    static bool takes(const BackendCapacity& capacity, Realm realm)
    {
        return realm == Realm::Own   ? capacity.takesOwn
            : realm == Realm::Pooled ? capacity.takesPooled
                                     : capacity.takesLinked;
    }
    static bool mayTake(const BackendCapacity& capacity, const Job& job)
    {
        return capacity.available && takes(capacity, job.realm) && (capacity.anyModel || lists(capacity, job.model));
    }
    bool canRun(BackendId id, const Known& known)
    {
        const Worker& worker = m_workers[id];
        return mayTake(worker.capacity, known.job) && worker.running < worker.capacity.slots
            && !known.failedAt.contains(id);
    }
    static Merit meritOf(BackendId id, const Worker& worker, const std::string& model)
    {
        const int free = worker.capacity.slots - worker.running;
        const std::int64_t byId = -static_cast<std::int64_t>(id);
        if (!lists(worker.capacity, model))
            return {false, free, Speed::unknown, 0, byId};
        const bool loaded = std::ranges::find(worker.capacity.loaded, model) != worker.capacity.loaded.end();
        const auto place = worker.records.find(model);
        if (place == worker.records.end())
            return {loaded, free, Speed::untried, 0, byId};
        return {loaded, free, place->second.speed.step(), place->second.lastStart, byId};
    }
    BackendId bestFor(const Known& known)
    {
        BackendId best = 0;
        std::size_t able = 0;
        for (const auto& [id, worker] : m_workers) {
            if (!canRun(id, known))
                continue;
            ++able;
            if (best == 0 || meritOf(id, worker, known.job.model) > meritOf(best, m_workers[best], known.job.model))
                best = id;
        }
        choices += able > 1 ? 1 : 0;
        return best;
    }

    // ---- what happens ----

    void submit()
    {
        Job job{.id = ++m_lastJob,
            .user = "u" + std::to_string(upTo(users)),
            .model = "m" + std::to_string(std::min(upTo(modelsInAll + 3), upTo(modelsInAll + 3))),
            .promptTokens = static_cast<std::uint32_t>(upTo(500)),
            .waitMax = upTo(8) ? 0ms : std::chrono::milliseconds(1 + upTo(100'000)),
            .realm = static_cast<Realm>(upTo(3))};
        m_jobs[job.id] = {job};
        take(m_dispatcher.submit(job, m_now));
    }

    BackendCapacity randomCapacity()
    {
        BackendCapacity capacity{.slots = upTo(4),
            .available = upTo(8) > 0,
            .anyModel = upTo(60) == 0,
            .takesOwn = upTo(4) > 0,
            .takesPooled = upTo(4) > 0,
            .takesLinked = upTo(4) > 0};
        for (int i = upTo(8); i > 0; --i)
            capacity.models.push_back("m" + std::to_string(upTo(modelsInAll)));
        if (!capacity.models.empty() && upTo(4) == 0)
            capacity.loaded.push_back(capacity.models.back());
        return capacity;
    }

    void join()
    {
        if (m_workers.size() < workersMost) {
            m_workers[++m_lastWorker] = {};
            change(m_lastWorker);
        }
    }
    void change(BackendId id)
    {
        if (id == 0)
            return;
        Worker& worker = m_workers[id];
        BackendCapacity capacity = upTo(2) ? randomCapacity() : worker.capacity;
        capacity.slots = upTo(4);
        if (capacity.available && !worker.capacity.available)
            for (auto& [job, known] : m_jobs)
                known.failedAt.erase(id);
        std::erase_if(worker.records, [&](const auto& record) { return !lists(capacity, record.first); });
        worker.capacity = capacity;
        take(m_dispatcher.setBackend(id, capacity, m_now));
    }

    /// As a worker does whose connection breaks: either its jobs are handed back first, or it is removed first.
    void vanish(BackendId id)
    {
        if (id == 0)
            return;
        const bool removedFirst = upTo(2) == 0;
        if (removedFirst)
            remove(id);
        for (;;) {
            const auto lost = std::ranges::find_if(m_jobs, [id](const auto& one) { return one.second.worker == id; });
            if (lost == m_jobs.end())
                break;
            if (upTo(4) == 0)
                end(lost->first);
            else
                handBack(lost->first);
            if (!removedFirst && upTo(8) == 0)
                break; // its slots get others meanwhile
        }
        if (!removedFirst)
            remove(id);
        for (JobId job = runningOn(id); job != 0; job = runningOn(id))
            handBack(job);
        require(m_dispatcher.running(id) == 0, "nothing is left on a worker that is gone");
    }
    void remove(BackendId id)
    {
        m_workers.erase(id);
        for (auto& [job, known] : m_jobs)
            known.failedAt.erase(id);
        take(m_dispatcher.removeBackend(id, m_now));
    }

    void end(JobId id)
    {
        if (id == 0)
            return;
        Known& known = m_jobs[id];
        m_dispatcher.progress(id, static_cast<std::uint64_t>(upTo(600)), known.outputTokens = outputTokens(), m_now);
        if (const auto worker = m_workers.find(known.worker); worker != m_workers.end()) {
            if (lists(worker->second.capacity, known.job.model))
                worker->second.records[known.job.model].speed.add(known.outputTokens, m_now - known.started);
            --worker->second.running;
        }
        const BackendId freed = known.worker;
        forget(id);
        const auto before = countersOfWaiting();
        const Actions actions = m_dispatcher.finished(id, m_now);
        compareTurn(actions, freed, before);
        take(actions);
    }
    void cancel(JobId id)
    {
        if (id == 0)
            return;
        if (m_jobs[id].worker != 0 && m_workers.contains(m_jobs[id].worker))
            --m_workers[m_jobs[id].worker].running;
        forget(id);
        take(m_dispatcher.cancel(id, m_now));
    }
    void handBack(JobId id)
    {
        if (id == 0)
            return;
        Known& known = m_jobs[id];
        if (const auto worker = m_workers.find(known.worker); worker != m_workers.end()) {
            --worker->second.running;
            known.failedAt.insert(known.worker);
        }
        known.worker = 0;
        ++known.times;
        ++handedBack;
        const auto otherwise = upTo(2) ? Otherwise::Refuse : Otherwise::Wait;
        const bool others = std::ranges::any_of(m_workers, [&known](const auto& one) {
            return mayTake(one.second.capacity, known.job) && !known.failedAt.contains(one.first);
        });
        take(m_dispatcher.handBack(id, m_now, otherwise));
        require(m_jobs.contains(id) == (others || otherwise == Otherwise::Wait), "it is refused when nobody is left");
    }

    std::uint64_t outputTokens() { return upTo(4) ? static_cast<std::uint64_t>(upTo(1000)) : 0; }
    void forget(JobId id)
    {
        m_jobs.erase(id);
        ++m_ended;
    }

    // ---- what must hold ----

    void take(const Actions& actions)
    {
        for (const Action& action : actions) {
            if (const auto* start = std::get_if<StartJob>(&action)) {
                started(*start);
                continue;
            }
            const auto& refusal = std::get<RefuseJob>(action);
            require(m_jobs.contains(refusal.id) && m_jobs[refusal.id].worker == 0, "only waiting jobs are refused");
            if (refusal.code == Errc::NoBackend)
                for (const auto& [id, worker] : m_workers)
                    require(
                        !mayTake(worker.capacity, m_jobs[refusal.id].job) || m_jobs[refusal.id].failedAt.contains(id),
                        "nobody is refused whom another worker could serve");
            forget(refusal.id);
        }
    }

    void started(const StartJob& start)
    {
        require(m_jobs.contains(start.id), "only jobs that have not ended start");
        Known& known = m_jobs[start.id];
        require(known.worker == 0, "only waiting jobs start");
        require(m_workers.contains(start.backend), "workers that are gone get nothing");
        require(canRun(start.backend, known), "it runs where it may, within the slots");
        require(start.backend == bestFor(known), "it runs where it does best");
        known.worker = start.backend;
        known.started = m_now;
        Worker& worker = m_workers[start.backend];
        ++worker.running;
        if (lists(worker.capacity, known.job.model))
            worker.records[known.job.model].lastStart = ++starts;
        else
            ++starts;
    }

    std::map<std::string, double> countersOfWaiting()
    {
        std::map<std::string, double> counters;
        for (int user = 0; user < users; ++user)
            counters["u" + std::to_string(user)] = m_dispatcher.charged("u" + std::to_string(user));
        return counters;
    }

    /// Who was charged least of those whom the freed worker can serve is next; those handed back are like others.
    void compareTurn(const Actions& actions, BackendId freed, const std::map<std::string, double>& counters)
    {
        const auto* start = actions.size() == 1 ? std::get_if<StartJob>(&actions.front()) : nullptr;
        if (!start || !m_workers.contains(freed))
            return;
        double least = std::numeric_limits<double>::infinity();
        for (const auto& [id, known] : m_jobs)
            if (known.worker == 0 && canRun(freed, known))
                least = std::min(least, counters.at(known.job.user));
        require(counters.at(m_jobs[start->id].job.user) == least, "who was charged least is next");
        ++comparedTurns;
    }

    void check()
    {
        std::size_t waiting = 0;
        std::map<BackendId, int> runningOnWorker;
        for (const auto& [job, known] : m_jobs) {
            require(m_dispatcher.handedBack(job) == known.times, "it is known how often a job was handed back");
            if (known.worker != 0) {
                ++runningOnWorker[known.worker];
                continue;
            }
            ++waiting;
            for (const auto& [id, worker] : m_workers)
                require(!canRun(id, known), "no slot is free while a job waits for it");
        }
        require(m_dispatcher.waiting() == waiting, "none that waits is lost");
        require(m_dispatcher.running() == m_jobs.size() - waiting, "none that runs is lost");
        for (const auto& [id, worker] : m_workers)
            require(m_dispatcher.running(id) == runningOnWorker[id], "counts by worker are right");
        for (int model = 0; model < modelsInAll + 3; ++model)
            for (const Realm realm : {Realm::Own, Realm::Pooled, Realm::Linked}) {
                const Job job{.model = "m" + std::to_string(model), .realm = realm};
                const bool can = std::ranges::any_of(
                    m_workers, [&job](const auto& one) { return mayTake(one.second.capacity, job); });
                require(m_dispatcher.canServe(job.model, realm) == can, "it is known which models are served");
            }
        require(m_dispatcher.order(SIZE_MAX).size() == waiting, "the order has every waiting job");
    }

    JobId anyRunning()
    {
        return any([](const Known& known) { return known.worker != 0; });
    }
    JobId anyJob()
    {
        return any([](const Known&) { return true; });
    }
    JobId runningOn(BackendId worker)
    {
        return any([worker](const Known& known) { return known.worker == worker; });
    }
    template <class Fits> JobId any(Fits fits)
    {
        std::vector<JobId> found;
        for (const auto& [id, known] : m_jobs)
            if (fits(known))
                found.push_back(id);
        return found.empty() ? 0 : found[static_cast<std::size_t>(upTo(static_cast<int>(found.size())))];
    }
    BackendId anyWorker()
    {
        return m_workers.empty() ? 0 : std::next(m_workers.begin(), upTo(static_cast<int>(m_workers.size())))->first;
    }

    std::mt19937 m_random;
    Dispatcher m_dispatcher;
    TimePoint m_now = TimePoint{} + 1h;
    std::size_t m_steps = 0;
    JobId m_lastJob = 0;
    BackendId m_lastWorker = 0;
    std::size_t m_ended = 0;
    std::map<JobId, Known> m_jobs; ///< that have not ended
    std::map<BackendId, Worker> m_workers;
};

} // namespace

/// What must hold in a pool whatever happens.
class DispatchPoolPropertiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsItsPromisesAsWorkersComeAndGo_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 20; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void keepsItsPromisesAsWorkersComeAndGo()
    {
        QFETCH(int, seed);
        PoolOrdeal ordeal(static_cast<std::uint32_t>(seed));
        try {
            for (int i = 0; i < 4000; ++i)
                ordeal.step();
            ordeal.finishAll();
        } catch (const std::logic_error& broken) {
            QFAIL(broken.what());
        }

        QVERIFY(ordeal.starts > 1000);
        QVERIFY(ordeal.choices > 200);
        QVERIFY(ordeal.handedBack > 50);
        QVERIFY2(ordeal.comparedTurns > 100, qPrintable(QString::number(ordeal.comparedTurns)));
    }
};

QTEST_GUILESS_MAIN(DispatchPoolPropertiesTest)
#include "dispatch_pool_properties_test.moc"
