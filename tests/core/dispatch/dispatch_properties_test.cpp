// SPDX-License-Identifier: MIT
#include "core/dispatch/dispatcher.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace drover;
using namespace std::chrono_literals;

namespace {

/// Throws at anything a dispatcher must never do, while random things happen to it.
class Ordeal {
public:
    explicit Ordeal(std::uint32_t seed)
        : m_random(seed)
        , m_policy(randomPolicy())
        , m_dispatcher(m_policy)
    {
        for (BackendId id = 1; id <= 3; ++id)
            change(id);
    }

    void step()
    {
        m_now += std::chrono::milliseconds(upTo(2000));
        const int what = upTo(100);
        if (what < 40)
            submit();
        else if (what < 60)
            end(anyRunning());
        else if (what < 70)
            progress(anyRunning());
        else if (what < 75)
            cancel(m_jobs.empty() ? 0 : std::next(m_jobs.begin(), upTo(static_cast<int>(m_jobs.size())))->first);
        else if (what < 80)
            handBack(anyRunning());
        else if (what < 84)
            change(static_cast<BackendId>(1 + upTo(4)));
        else if (what < 86)
            remove(static_cast<BackendId>(1 + upTo(4)));
        else if (what < 88)
            take(m_dispatcher.setPaused(m_paused = upTo(5) == 0, m_now));
        else if (what < 91)
            startNext(m_jobs.empty() ? 99'999 : std::prev(m_jobs.end())->first);
        else if (what < 92)
            take(m_dispatcher.setPolicy(m_policy = randomPolicy(), m_now));
        else
            take(m_dispatcher.tick(m_now));
        check();
    }

    /// Lets all that is left run to its end.
    void finishAll()
    {
        m_paused = false;
        take(m_dispatcher.setPaused(false, m_now));
        m_backends[9] = {.slots = 2, .available = true, .anyModel = true};
        take(m_dispatcher.setBackend(9, m_backends[9], m_now));
        for (JobId id = anyRunning(); id != 0; id = anyRunning())
            end(id);
        check();
        require(m_jobs.empty(), "every job ends");
        require(m_dispatcher.waiting() == 0 && m_dispatcher.waitingBytes() == 0, "nothing is left waiting");
        require(m_dispatcher.running() == 0, "nothing is left running");
        for (const auto& [id, times] : m_ends)
            require(times == 1, "every job ends once");
        require(m_ends.size() == m_lastId, "every job ends");
    }

    std::size_t starts = 0;
    std::size_t refusals = 0;

private:
    struct Known {
        Job job;
        BackendId backend = 0; ///< 0 while it waits
        std::set<BackendId> failedAt = {};
        bool special = false; ///< handed back, or made next, so out of its order
        bool urgent = false; ///< made next, which no maximum stops
    };

    int upTo(int end) { return static_cast<int>(m_random() % static_cast<std::uint32_t>(std::max(1, end))); }
    static void require(bool holds, const char* what)
    {
        if (!holds)
            throw std::logic_error(what);
    }

    QueuePolicy randomPolicy()
    {
        return {.fairness = static_cast<Fairness>(upTo(3)),
            .shedding = static_cast<Shedding>(upTo(2)),
            .users = {{"u0", {.weight = 1.0 + upTo(5)}}, {"u1", {.runningMax = static_cast<std::uint32_t>(upTo(3))}},
                {"u2", {.runningMax = 1, .waitingMax = 4}}},
            .waitingMax = static_cast<std::size_t>(5 + upTo(60)),
            .waitingPerUserMax = static_cast<std::size_t>(3 + upTo(30)),
            .bytesMax = static_cast<std::size_t>(100 + upTo(5000)),
            .codelTarget = 2s,
            .codelInterval = 10s,
            .laneAgeing = std::chrono::milliseconds(upTo(40'000))};
    }

    void submit()
    {
        Job job{.id = ++m_lastId,
            .user = "u" + std::to_string(upTo(8)),
            .model = "m" + std::to_string(upTo(4)),
            .lane = static_cast<Lane>(upTo(3)),
            .promptTokens = static_cast<std::uint32_t>(upTo(500)),
            .bytes = static_cast<std::size_t>(upTo(100)),
            .waitMax = upTo(2) ? std::chrono::milliseconds(1 + upTo(100'000)) : 0ms};
        m_jobs[job.id] = {job};
        m_submitted = job.id;
        take(m_dispatcher.submit(job, m_now));
        m_submitted = 0;
    }

    void change(BackendId id)
    {
        BackendCapacity capacity{.slots = upTo(4), .available = upTo(4) > 0, .anyModel = upTo(6) == 0};
        for (int model = 0; model < 4; ++model)
            if (upTo(2))
                capacity.models.push_back("m" + std::to_string(model));
        if (!capacity.models.empty() && upTo(2))
            capacity.loaded.push_back(capacity.models.back());
        if (capacity.available)
            for (auto& [job, known] : m_jobs)
                if (!m_backends[id].available)
                    known.failedAt.erase(id);
        m_backends[id] = capacity;
        take(m_dispatcher.setBackend(id, capacity, m_now));
    }

    void remove(BackendId id)
    {
        const auto jobs = m_jobs;
        for (const auto& [job, known] : jobs)
            if (known.backend == id)
                end(job);
        m_backends.erase(id);
        take(m_dispatcher.removeBackend(id, m_now));
    }

    void end(JobId id)
    {
        if (!m_jobs.contains(id) || m_jobs[id].backend == 0)
            return;
        ended(id);
        take(m_dispatcher.finished(id, m_now));
    }
    void cancel(JobId id)
    {
        if (!m_jobs.contains(id))
            return;
        ended(id);
        take(m_dispatcher.cancel(id, m_now));
    }
    void startNext(JobId id)
    {
        if (m_jobs.contains(id)) {
            m_jobs[id].special = true;
            m_jobs[id].urgent = m_jobs[id].urgent || m_jobs[id].backend == 0;
        }
        take(m_dispatcher.startNext(id, m_now));
    }
    void handBack(JobId id)
    {
        if (id == 0)
            return;
        Known& known = m_jobs[id];
        known.failedAt.insert(known.backend);
        known.backend = 0;
        known.special = true;
        take(m_dispatcher.handBack(id, m_now));
    }
    void progress(JobId id)
    {
        m_dispatcher.progress(
            id, static_cast<std::uint64_t>(upTo(1000)), static_cast<std::uint64_t>(upTo(1000)), m_now);
    }

    JobId anyRunning()
    {
        std::vector<JobId> running;
        for (const auto& [id, known] : m_jobs)
            if (known.backend != 0)
                running.push_back(id);
        return running.empty() ? 0 : running[static_cast<std::size_t>(upTo(static_cast<int>(running.size())))];
    }

    void ended(JobId id)
    {
        m_jobs.erase(id);
        ++m_ends[id];
    }

    bool has(BackendId id, const std::string& model)
    {
        const auto& models = m_backends[id].models;
        return m_backends[id].anyModel || std::find(models.begin(), models.end(), model) != models.end();
    }

    int runningOn(BackendId id)
    {
        return static_cast<int>(
            std::count_if(m_jobs.begin(), m_jobs.end(), [id](const auto& one) { return one.second.backend == id; }));
    }

    bool waitsAsManyAsMay(const std::string& user)
    {
        const auto own = m_policy.users.find(user);
        const std::size_t most = own != m_policy.users.end() && own->second.waitingMax > 0 ? own->second.waitingMax
                                                                                           : m_policy.waitingPerUserMax;
        return m_dispatcher.waitingOf(user) >= most;
    }

    bool atMaximum(const std::string& user)
    {
        const auto own = m_policy.users.find(user);
        const auto running = std::count_if(m_jobs.begin(), m_jobs.end(),
            [&user](const auto& one) { return one.second.backend != 0 && one.second.job.user == user; });
        return own != m_policy.users.end() && own->second.runningMax > 0 && running >= own->second.runningMax;
    }

    void take(const Actions& actions)
    {
        for (const Action& action : actions) {
            if (const auto* start = std::get_if<StartJob>(&action)) {
                started(*start);
            } else {
                const auto& refusal = std::get<RefuseJob>(action);
                require(
                    m_jobs.contains(refusal.id) && m_jobs[refusal.id].backend == 0, "only waiting jobs are refused");
                require(refusal.position >= 1, "a refused job has a place");
                const bool byLimit = refusal.code == Errc::QueueFull || refusal.code == Errc::UserQueueFull;
                require(!byLimit || refusal.id == m_submitted, "limits send nobody away who waits");
                require(refusal.code != Errc::UserQueueFull || waitsAsManyAsMay(m_jobs[refusal.id].job.user),
                    "a user's own limit is that of its rule");
                ended(refusal.id);
                ++refusals;
            }
        }
    }

    void started(const StartJob& start)
    {
        require(!m_paused, "nothing starts while paused");
        require(m_jobs.contains(start.id), "only jobs that have not ended start");
        Known& known = m_jobs[start.id];
        require(known.backend == 0, "only waiting jobs start");
        require(m_backends.contains(start.backend) && m_backends[start.backend].available, "backends are available");
        require(has(start.backend, known.job.model), "backends have the model");
        require(known.urgent || !atMaximum(known.job.user), "nobody has more running than its rule allows");
        require(runningOn(start.backend) < m_backends[start.backend].slots, "no slot is used twice");
        for (const auto& [id, other] : m_jobs)
            require(id >= start.id || known.special || other.backend != 0 || other.special
                    || other.job.user != known.job.user || other.job.model != known.job.model
                    || other.job.lane != known.job.lane,
                "first come first of one user");
        known.backend = start.backend;
        ++starts;
    }

    void check()
    {
        std::size_t waiting = 0;
        std::size_t running = 0;
        std::size_t bytes = 0;
        std::map<std::string, std::size_t> waitingOf;
        for (const auto& [id, known] : m_jobs) {
            if (upTo(20) == 0)
                require((known.backend == 0) == (m_dispatcher.position(id) > 0), "who waits has a place");
            if (known.backend != 0) {
                ++running;
                continue;
            }
            ++waiting;
            bytes += known.job.bytes;
            ++waitingOf[known.job.user];
            for (const auto& [backend, capacity] : m_backends)
                require(m_paused || !capacity.available || runningOn(backend) >= capacity.slots
                        || !has(backend, known.job.model) || known.failedAt.contains(backend)
                        || (!known.urgent && atMaximum(known.job.user)),
                    "no slot is free while a job waits for it");
        }
        require(m_dispatcher.waiting() == waiting && m_dispatcher.running() == running, "counts are right");
        require(m_dispatcher.waitingBytes() == bytes, "bytes are right");
        for (const auto& [user, count] : waitingOf)
            require(m_dispatcher.waitingOf(user) == count, "counts by user are right");
        for (const auto& [id, capacity] : m_backends)
            require(m_dispatcher.running(id) == runningOn(id), "counts by backend are right");
        if (upTo(4) == 0)
            checkOrder(waiting);
    }

    void checkOrder(std::size_t waiting)
    {
        const std::vector<JobId> order = m_dispatcher.order(SIZE_MAX);
        require(order.size() == waiting, "the order has every waiting job");
        require(std::set<JobId>(order.begin(), order.end()).size() == waiting, "the order has each job once");
        for (std::size_t i = 0; i < order.size(); i += 5)
            require(m_dispatcher.position(order[i]) == i + 1, "positions and order agree");
    }

    std::mt19937 m_random;
    QueuePolicy m_policy;
    Dispatcher m_dispatcher;
    TimePoint m_now = TimePoint{} + std::chrono::hours(1);
    bool m_paused = false;
    JobId m_lastId = 0;
    JobId m_submitted = 0; ///< while it is being submitted
    std::map<JobId, Known> m_jobs; ///< that have not ended
    std::map<JobId, int> m_ends;
    std::map<BackendId, BackendCapacity> m_backends;
};

} // namespace

/// What must hold whatever happens.
class DispatchPropertiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsItsPromisesWhateverHappens_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 30; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void keepsItsPromisesWhateverHappens()
    {
        QFETCH(int, seed);
        Ordeal ordeal(static_cast<std::uint32_t>(seed));
        try {
            for (int i = 0; i < 1000; ++i)
                ordeal.step();
            ordeal.finishAll();
        } catch (const std::logic_error& broken) {
            QFAIL(broken.what());
        }

        QVERIFY(ordeal.starts > 30);
        QVERIFY(ordeal.refusals > 10);
    }
};

QTEST_GUILESS_MAIN(DispatchPropertiesTest)
#include "dispatch_properties_test.moc"
