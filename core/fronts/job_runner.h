// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/local_day.h"
#include "core/api/snapshot.h"
#include "core/dispatch/daily_usage.h"
#include "core/dispatch/dispatcher.h"
#include "core/fronts/user_ledger.h"
#include "core/net/signal.h"

#include <deque>
#include <functional>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace drover {

/// A job that waits or runs, as its front keeps it: lives in the front's coroutine, from `submit` to `end`.
struct LiveJob {
    Job job = {};
    std::string requestId = {};
    std::string pool = {}; ///< that asked, or empty
    std::string model = {}; ///< as the client wrote it
    std::string_view path = {}; ///< of static storage
    Dialect dialect = Dialect::Ollama;
    IdentitySource source = IdentitySource::Address;
    bool streamed = false;
    TimePoint arrived{};
    TimePoint started{};
    TimePoint firstPiece{};
    TimePoint unservableSince = TimePoint::max(); ///< nothing available has its model since then
    TimePoint silentSince = TimePoint::max(); ///< its backend is waited for since then; max() while it is not
    std::uint32_t positionAtArrival = 0;
    std::uint64_t promptTokens = 0;
    std::uint64_t outputTokens = 0;
    std::string backend = {}; ///< name, once it was started

    /// Told when `start`, `refusal`, `cancelled` or `keepAliveDue` became others.
    Signal news = {};
    std::optional<BackendId> start = {}; ///< run there; taken by the front
    std::optional<RefuseJob> refusal = {};
    bool cancelled = false; ///< by the client leaving, or by a person
    bool keepAliveDue = false;
    bool running = false;
    std::function<void()> abort = {}; ///< ends a running job at once; set by the front while it runs
    std::function<void()> handBack = {}; ///< of a pool's job: cancels it and gives it back to the pool
    std::function<void()> keepAlive = {}; ///< called instead of `news` when a reminder is due; may be empty
};

/// What a front tells about a job that is over.
struct JobEnd {
    Outcome outcome = Outcome::Done;
    int status = 0;
    std::string reason = {};
    std::optional<std::uint64_t> promptTokens = {}; ///< as the backend told
    std::optional<std::uint64_t> outputTokens = {};
    std::optional<Errc> error = {}; ///< what went wrong when not Done
};

/// Executes what the dispatcher decides and turns what happens into its events; knows every live job. Core thread.
class JobRunner {
public:
    using Finished = std::function<void(const FinishedJob&, std::chrono::nanoseconds timeToFirstPiece)>;

    /// `finished` is called with each job that is over, the metrics' and the log's source.
    JobRunner(asio::io_context& io, const Config& config, Finished finished);

    void setConfig(const Config& config);

    JobId nextId() { return ++m_lastId; }

    /// What the rule of its user says against it at present: UserBlocked, ModelNotAllowed, DailyTokensUsed.
    std::optional<Errc> ruleAgainst(const LiveJob& live) const;
    const UserRule& ruleOf(std::string_view user) const { return m_users.rules().of(user); }
    /// Of today, with what jobs use that wait or run; nothing but zeros for a user without a limit.
    TokenAllowance allowanceOf(const std::string& user, WallTime now) const;

    /// A request that does not become a job: it is counted and shown like one that was refused.
    void turnAway(LiveJob& live, const JobEnd& end);

    /// The job waits or is started; `live.news` tells. It must live until `end`.
    void submit(LiveJob& live);

    /// The client left or somebody cancels: out of the queue at once, or its backend's connection is closed.
    void cancel(LiveJob& live);
    bool cancel(JobId id); ///< false when there is no such job
    void progress(LiveJob& live, std::uint64_t pieces);
    void freeSlot(JobId id); ///< soon: its backend is done with it, though its client is not
    void handBack(LiveJob& live, Otherwise otherwise); ///< its backend could not be reached; told by `news`
    void end(LiveJob& live, const JobEnd& end);

    /// Wakes `live.news` with `keepAliveDue` at that time, if it still waits or runs then.
    void remindAt(LiveJob& live, TimePoint when);

    void setBackend(BackendId id, BackendCapacity capacity);
    void removeBackend(BackendId id);
    void startNext(JobId id);
    void setPaused(bool paused);
    void cancelAll(); ///< waiting and running
    /// Refuses, with NoBackend, those that wait for a model that nothing has had for `longest`; looks once a second.
    void refuseUnservable(TimePoint now, std::chrono::milliseconds longest);

    /// Passing of time; call about four times a second.
    void tick(TimePoint now);

    const LiveJob* find(JobId id) const;
    /// Every live job, in no order.
    const std::unordered_map<JobId, LiveJob*>& all() const { return m_live; }
    const Dispatcher& dispatcher() const { return m_dispatcher; }
    std::size_t live() const { return m_live.size(); }
    bool paused() const { return m_paused; }
    std::uint64_t version() const { return m_version; } ///< grows with everything that a snapshot shows

    /// Milliseconds until a new job would probably start, from how long jobs ran lately; 1 s..10 min.
    std::chrono::milliseconds expectedWait() const;

    /// What was used since midnight.
    const DailyUsage& today() const { return m_today; }
    int date() const { return m_day.date; } ///< of that day, see LocalDay
    /// What a Drover before this one counted today, in all and per user; once, before the first job.
    void seedToday(const std::vector<std::pair<std::string, UsageSum>>& usage, WallTime now);

    /// Fills jobs, users, counts, rates, totals and today.
    void describe(Snapshot& snapshot, TimePoint now) const;

private:
    void perform(const Actions& actions);
    void stopRunning(LiveJob& live);
    void yieldToOwn();
    bool isKeptWaiting(const LiveJob& live) const;
    void wake(LiveJob& live);
    std::uint64_t tokensUnderWay(std::string_view user) const;
    void keep(FinishedJob finished, std::chrono::nanoseconds toFirstPiece);
    JobView viewOf(const LiveJob& live, TimePoint now) const;
    void keepRates(TimePoint now);
    static QueuePolicy policyOf(const Config& config);

    asio::io_context& m_io;
    Config m_config;
    Finished m_finished;
    Dispatcher m_dispatcher;
    UserLedger m_users;
    LocalDay m_day;
    DailyUsage m_today; ///< of `m_day`
    std::unordered_map<JobId, LiveJob*> m_live;
    std::vector<LiveJob*> m_running;
    std::size_t m_poolJobs = 0; ///< of `m_live`
    const LiveJob* m_submitting = nullptr; ///< it looks for itself what became of it
    std::deque<FinishedJob> m_recent; ///< the latest first
    struct Reminder {
        TimePoint when;
        JobId id;
        bool operator>(const Reminder& other) const { return when > other.when; }
    };
    std::priority_queue<Reminder, std::vector<Reminder>, std::greater<>> m_reminders;
    JobId m_lastId = 0;
    std::uint64_t m_version = 1;
    bool m_paused = false;

    Totals m_totals;
    std::uint64_t m_outputLive = 0; ///< pieces and tokens ever, for the rates
    std::deque<float> m_history; ///< tokens per second
    std::deque<float> m_finishedHistory;
    std::uint64_t m_outputAtSecond = 0;
    std::uint64_t m_finishedAtSecond = 0;
    TimePoint m_second{};
    TimePoint m_nextLookAtWaiting{};
    double m_runSeconds = 5; ///< of a job, a moving mean
};

} // namespace drover
