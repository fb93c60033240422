// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/backend_table.h"
#include "core/dispatch/dispatcher.h"
#include "core/dispatch/fair_queue.h"
#include "core/dispatch/foresight.h"
#include "core/dispatch/last_served.h"
#include "core/dispatch/ledger.h"

#include <unordered_map>

namespace drover {

/// What the dispatcher's events are made of. After each event nothing waits that could start (`startWhatCan`).
struct Dispatcher::State {
    explicit State(QueuePolicy policyGiven);

    /// Longest waits and ageing; beyond it a deadline could not be computed with.
    static constexpr std::chrono::hours longest{24 * 365 * 10};
    /// A backend's figures are not trusted beyond this, so that a wrong one does not cost its user the queue for ever.
    static constexpr std::uint64_t tokensOfAJobMax = 100'000'000;
    /// How many backends, and lines of a user, are asked for their level when somebody comes in. Who comes in level
    /// with the least of these has no credit there, wherever else it may run.
    static constexpr std::size_t levelsAskedMax = 32;

    /// A place guessed to be beyond is not played through to see whether the job is among the first after all.
    static constexpr std::uint32_t positionsPlayedMax = 4 * exactPositionsMax;

    /// What is remembered of a job that was handed back.
    struct HandedBack {
        int times = 0;
        std::vector<BackendId> by = {}; ///< where it does not run again; sorted
    };

    struct ByDeadline {
        bool operator()(const JobEntry& a, const JobEntry& b) const { return a.deadline < b.deadline; }
    };
    struct ByStart {
        bool operator()(const JobEntry& a, const JobEntry& b) const { return a.started < b.started; }
    };

    void setTime(TimePoint time) { now = std::max(now, time); }
    JobEntry* find(JobId id);

    // Where a job may run.
    ModelEntry& homeOf(ModelEntry& model); ///< whose groups jobs of this model wait in
    Eligible eligible(const JobEntry& job);
    void change(BackendId id, const BackendCapacity& capacity);
    void remove(BackendEntry& backend);
    void settle(const std::vector<ModelEntry*>& affected); ///< other backends serve these models than before
    void adopt(ModelEntry& model); ///< its jobs that wait among strangers go to groups of its own
    void moveHome(std::vector<JobEntry*>& waitingJobs); ///< each to the group that it belongs to
    void allowAgain(BackendEntry& backend); ///< jobs handed back by it may run there again
    void allowAll(JobEntry& job); ///< one that waits may run again wherever it was handed back
    void lookAtGroupsOf(const BackendEntry& backend);

    // A job's way.
    JobEntry& make(const Job& job, ModelEntry& model);
    void wait(JobEntry& job, const Eligible& eligible);
    void leaveLine(JobEntry& job);
    void start(JobEntry& job, BackendEntry& backend); ///< one that is in no line
    void freeSlot(JobEntry& job);
    void keepToMaximum(User& user); ///< stands aside, or comes back, as its running jobs say
    void end(JobEntry& job); ///< `job` is gone after
    void refuse(JobEntry& job, Errc code, std::uint32_t position); ///< one that waits; `job` is gone after
    std::optional<RefuseJob> overLimit(const Job& job) const;
    bool sheds(JobEntry& job);

    // Charges and levels.
    double cost(std::uint64_t promptTokens, std::uint64_t outputTokens, std::chrono::nanoseconds ran) const;
    void bill(JobEntry& job, double amount); ///< `amount` is absolute
    void billTime(JobEntry& job);
    void counterChanged(User& user);
    void comeIn(User& user, const Eligible& eligible);
    void lift(User& user, double level);
    double levelAt(const Eligible& eligible); ///< at which a user comes in who asks for these backends
    double levelOf(const BackendEntry& backend);
    double levelOfLines(const User& user);
    void raiseCommonLevel();
    void restartCounters();

    void startWhatCan();
    Actions take(); ///< starts what can, and gives the actions of this event

    Foresight foresee();
    std::uint32_t position(const JobEntry& job);

    QueuePolicy policy;
    BackendTable backends;
    LastServed lastServed;
    Ledger ledger;
    FairQueue queue;
    std::unordered_map<JobId, JobEntry> jobs;
    std::unordered_map<JobId, HandedBack> handedBack;
    IndexedHeap<JobEntry, &JobEntry::deadlinePlace, ByDeadline> deadlines; ///< waiting jobs that have one
    IndexedHeap<JobEntry, &JobEntry::runningPlace, ByStart> running;
    std::size_t waitingBytes = 0;
    double commonLevel = 0; ///< nobody comes in below it at an idle backend; only rises
    double typicalRest = 0; ///< what a job was lately charged beyond its estimate, as a moving mean
    std::uint64_t arrivals = 0;
    bool paused = false;
    TimePoint now{};
    Actions actions;
};

} // namespace drover
