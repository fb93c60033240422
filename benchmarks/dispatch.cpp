// SPDX-License-Identifier: MIT
//
// What the dispatcher alone costs for a hosted pool: workers with 10 models each out of several hundred, clients of 200
// users. Prints a table of medians and 99th percentiles in nanoseconds. Time is made up: a step takes a millisecond.
#include "core/dispatch/dispatcher.h"

#include <algorithm>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace drover;
using namespace std::chrono_literals;

constexpr int modelsInAll = 300;
constexpr int modelsOfABackend = 10;
constexpr int slotsOfABackend = 2;
constexpr int users = 200;
constexpr std::size_t waitingWanted = 10'000;
constexpr std::size_t samplesMost = 20'000;
constexpr auto timeMost = 2s; ///< for each row, so that a slow dispatcher can be measured too

struct Row {
    std::string what;
    std::vector<double> samples; ///< nanoseconds

    void print()
    {
        std::sort(samples.begin(), samples.end());
        const auto at = [this](double part) {
            return samples[static_cast<std::size_t>(part * static_cast<double>(samples.size() - 1))];
        };
        std::printf("| %-58s | %9.0f | %9.0f | %7zu |\n", what.c_str(), at(0.5), at(0.99), samples.size());
    }
};

/// A pool with its jobs; runs them in the order of their starts.
class Pool {
public:
    explicit Pool(int backends)
        : m_dispatcher({.waitingMax = 1'000'000, .waitingPerUserMax = 1'000'000})
    {
        for (int model = 0; model < modelsInAll; ++model)
            m_models.push_back("model-" + std::to_string(model) + ":latest");
        for (int i = 0; i < backends; ++i)
            join();
        m_asked = backends == 1 ? m_offered : m_models;
    }

    void join()
    {
        BackendCapacity capacity{.slots = slotsOfABackend, .available = true};
        for (int i = 0; i < modelsOfABackend; ++i)
            capacity.models.push_back(m_models[m_random() % m_models.size()]);
        m_offered = capacity.models;
        follow(m_dispatcher.setBackend(++m_lastBackend, capacity, m_now));
    }

    void submit()
    {
        m_now += 1ms;
        const JobId id = ++m_lastJob;
        follow(m_dispatcher.submit({.id = id,
                                       .user = "user " + std::to_string(m_random() % users),
                                       .model = m_asked[m_random() % m_asked.size()],
                                       .lane = Lane::Normal,
                                       .promptTokens = 100,
                                       .bytes = 600},
            m_now));
    }

    /// Ends one of those that run, any.
    void finish()
    {
        if (m_running.empty())
            return;
        m_now += 1ms;
        std::swap(m_running[m_random() % m_running.size()], m_running.back());
        const JobId id = m_running.back().id;
        m_running.pop_back();
        m_dispatcher.progress(id, 100, 50 + m_random() % 100, m_now);
        follow(m_dispatcher.finished(id, m_now));
    }

    void runUntil(std::size_t running)
    {
        for (std::size_t tries = 0; m_running.size() < running && tries < 100 * running; ++tries)
            submit();
    }
    void waitUntil(std::size_t waiting)
    {
        while (m_dispatcher.waiting() < waiting)
            submit();
    }

    /// The worker that joined last vanishes: it is removed, and its jobs are handed back.
    void leaveLast()
    {
        const BackendId backend = m_lastBackend;
        follow(m_dispatcher.removeBackend(backend, m_now));
        std::vector<JobId> lost;
        for (const StartJob& one : m_running)
            if (one.backend == backend)
                lost.push_back(one.id);
        std::erase_if(m_running, [backend](const StartJob& one) { return one.backend == backend; });
        for (const JobId id : lost)
            follow(m_dispatcher.handBack(id, m_now, Otherwise::Wait));
    }

    std::size_t firstInLine() const { return m_dispatcher.order(Dispatcher::exactPositionsMax).size(); }
    std::uint32_t position() { return m_dispatcher.position(m_lastJob - m_random() % (waitingWanted / 2)); }

private:
    void follow(const Actions& actions)
    {
        for (const Action& action : actions)
            if (const auto* start = std::get_if<StartJob>(&action))
                m_running.push_back(*start);
    }

    Dispatcher m_dispatcher;
    std::mt19937 m_random{1};
    TimePoint m_now{1h};
    std::vector<std::string> m_models;
    std::vector<std::string> m_offered; ///< by the backend that joined last
    std::vector<std::string> m_asked; ///< clients ask for these
    std::vector<StartJob> m_running;
    BackendId m_lastBackend = 0;
    JobId m_lastJob = 0;
};

template <class Step> double timeOf(Step step)
{
    const auto begin = Clock::now();
    step();
    return std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
}

template <class Step> void measure(std::string what, Step step)
{
    Row row{std::move(what), {}};
    const auto end = Clock::now() + timeMost;
    while (row.samples.size() < samplesMost && Clock::now() < end)
        row.samples.push_back(timeOf(step));
    row.print();
}

std::string named(const char* what, int backends)
{
    return std::string(what) + ", " + std::to_string(backends) + (backends == 1 ? " worker" : " workers");
}

void measurePool(int backends)
{
    const auto slots = static_cast<std::size_t>(backends) * slotsOfABackend;
    const auto step = [](Pool& pool) {
        return [&pool] {
            pool.submit();
            pool.finish();
        };
    };
    {
        Pool pool(backends);
        measure(named("submit, start, finish; all idle", backends), step(pool));
    }
    {
        Pool pool(backends);
        pool.runUntil(slots / 2);
        measure(named("submit, start, finish; half busy", backends), step(pool));
    }
    {
        Pool pool(backends);
        pool.waitUntil(waitingWanted);
        measure(named("submit, start, finish; 10,000 wait", backends), step(pool));
        measure(named("a place in line; 10,000 wait", backends), [&pool] { pool.position(); });
        measure(named("the first 256 in line; 10,000 wait", backends), [&pool] { pool.firstInLine(); });
        Row joins{named("a worker joins; 10,000 wait", backends), {}};
        Row leaves{named("it leaves, its jobs are handed back", backends), {}};
        const auto end = Clock::now() + timeMost;
        while (joins.samples.size() < samplesMost / 10 && Clock::now() < end) {
            joins.samples.push_back(timeOf([&pool] { pool.join(); }));
            leaves.samples.push_back(timeOf([&pool] { pool.leaveLast(); }));
        }
        joins.print();
        leaves.print();
    }
}

} // namespace

int main()
{
    std::printf("| %-58s | %9s | %9s | %7s |\n", "", "median ns", "99 % ns", "samples");
    std::printf("|---|---:|---:|---:|\n");
    for (const int backends : {1, 100, 1'000})
        measurePool(backends);
}
