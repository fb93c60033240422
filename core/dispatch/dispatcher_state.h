// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/backend_table.h"
#include "core/dispatch/dispatcher.h"
#include "core/dispatch/fair_queue.h"
#include "core/dispatch/foresight.h"
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

    struct ByDeadline {
        bool operator()(const JobEntry& a, const JobEntry& b) const { return a.deadline < b.deadline; }
    };
    struct ByStart {
        bool operator()(const JobEntry& a, const JobEntry& b) const { return a.started < b.started; }
    };

    void setTime(TimePoint time) { now = std::max(now, time); }
    JobEntry* find(JobId id);

    // Where a job may run.
    std::vector<BackendEntry*> allowed(const JobEntry& job); ///< has the model, and the job was not handed back from it
    std::vector<BackendEntry*> eligible(
        const JobEntry& job); ///< the same, but every one with the model when it is empty
    bool allowAgain(BackendId backend); ///< jobs handed back by it may run there again; true when there were any
    void regroup();

    // A job's way.
    JobEntry& make(Job job);
    void wait(JobEntry& job, const std::vector<BackendEntry*>& backendsEligible);
    void leaveLine(JobEntry& job);
    void start(JobEntry& job);
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
    void comeIn(User& user, const std::vector<BackendEntry*>& backendsEligible);
    void lift(User& user, const std::vector<BackendEntry*>& backendsEligible);
    bool waitsForAvailable(const User& user) const;
    void findLeastWaiting(); ///< sets leastWaiting
    double levelOf(const BackendEntry& backend) const; ///< at which a user comes in; by leastWaiting
    void raiseCommonLevel();
    void forgetLast(const User& user);
    void restartCounters();

    void startWhatCan();
    Actions take(); ///< starts what can, and gives the actions of this event

    Foresight foresee() const;
    std::uint32_t position(const JobEntry& job) const;

    QueuePolicy policy;
    BackendTable backends;
    Ledger ledger;
    FairQueue queue;
    std::unordered_map<JobId, JobEntry> jobs;
    std::unordered_map<JobId, std::vector<BackendId>> handedBackBy;
    IndexedHeap<JobEntry, &JobEntry::deadlinePlace, ByDeadline> deadlines; ///< waiting jobs that have one
    IndexedHeap<JobEntry, &JobEntry::runningPlace, ByStart> running;
    std::unordered_map<const BackendEntry*, double> leastWaiting; ///< least counter of those who wait for a backend
    std::size_t waitingBytes = 0;
    double commonLevel = 0; ///< nobody comes in below it at an idle backend; only rises
    double typicalRest = 0; ///< what a job was lately charged beyond its estimate, as a moving mean
    std::uint64_t arrivals = 0;
    bool paused = false;
    TimePoint now{};
    Actions actions;
};

} // namespace drover
