// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/dispatch/job.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace drover {

/// What the I/O side must do. The dispatcher decides; it never does.
struct StartJob {
    JobId id;
    BackendId backend;
    bool operator==(const StartJob&) const = default;
};

/// The job is out of the queue; `position` is where it stood (1 is next), or would have stood.
struct RefuseJob {
    JobId id;
    Errc code; ///< QueueFull, UserQueueFull, WaitedTooLong, NoBackend
    std::uint32_t position;
    bool operator==(const RefuseJob&) const = default;
};

using Action = std::variant<StartJob, RefuseJob>;
using Actions = std::vector<Action>;

/// What the dispatcher must know of a user's rule.
struct UserPolicy {
    double weight = 1; ///< held to 0.01..100
    std::uint32_t runningMax = 0; ///< 0 means no limit
    std::uint32_t waitingMax = 0; ///< 0 means `QueuePolicy::waitingPerUserMax`
};
using UserPolicies = std::map<std::string, UserPolicy, std::less<>>;

/// How jobs are chosen, from the settings.
struct QueuePolicy {
    Fairness fairness = Fairness::Tokens;
    Shedding shedding = Shedding::None;
    UserPolicies users = {}; ///< everybody else has a default one
    std::size_t waitingMax = 1024;
    std::size_t waitingPerUserMax = 512;
    std::size_t bytesMax = 512u << 20;
    std::chrono::milliseconds codelTarget{5'000};
    std::chrono::milliseconds codelInterval{30'000};
    std::chrono::milliseconds laneAgeing{30'000};
};

/// What becomes of a job that is handed back when no other backend can take it.
enum class Otherwise { Refuse, Wait };

/// Decides which job runs where and when. Events go in, actions come out; time is an argument.
///
/// Next is decided by lane, then by user: the waiting user who was charged least for its weight (design.md D3), one
/// FIFO line per user and lane. Whoever comes in without waiting jobs is lifted to the least counter of those who wait
/// for the same backends, so nobody saves up credit. Where counters are equal, who came in since is before who was
/// served, then first come first. A lane whose oldest job has waited `laneAgeing` counts as one lane better, after
/// twice that as two; lanes that count the same are shared fairly, like one.
///
/// A user who has `runningMax` jobs running stands aside: its jobs wait and are in nobody's way. When one ends it comes
/// in level with the others, so that standing aside saves up no credit.
///
/// A job whose model is on busy backends never blocks jobs for free ones. Of the free ones that take its realm it runs
/// where its model is loaded; then where most slots are free, then where the model ran fastest lately
/// (`tokensPerSecond`, in steps of a fifth; one that was never tried is tried), then where it ran last, then by id.
///
/// Choosing costs O(log users + models of the backend * log backends) however many wait or are busy; only a backend
/// that takes any model looks at each model that is waited for. Every submitted job ends exactly once: refused,
/// cancelled, or finished. Not thread-safe; lives on the core thread; time that goes back counts as standing still.
/// Holds no more than the waiting and running jobs, the backends' models, the users at work, and 10,000 users who are
/// idle but were charged more than the others.
class Dispatcher {
public:
    explicit Dispatcher(QueuePolicy policy);
    ~Dispatcher();

    /// A job arrives: it is started, waits, or is refused by the limits of the policy; one that can start at once is
    /// never refused. One whose model no backend has waits too: ask `canServe` first. Ids are never reused; one that
    /// is known already is ignored.
    Actions submit(const Job& job, TimePoint now);

    /// The client left or somebody cancelled. Frees the slot when it ran. Unknown ids are ignored.
    Actions cancel(JobId id, TimePoint now);

    /// Tokens so far of a running job, both absolute; charges the difference to its user, or gives it back. While
    /// `promptTokens` is 0 the job's estimate stands.
    void progress(JobId id, std::uint64_t promptTokens, std::uint64_t outputTokens, TimePoint now);

    /// A running job is over; its slot is free. Charge what is true first, by `progress`.
    Actions finished(JobId id, TimePoint now);

    /// The backend could not be reached before the first byte. The job waits again, first in its line, for another
    /// backend, whatever the limits; refused with NoBackend when no other available one has its model. What it was
    /// charged is given back. It does not run there again until that backend has been unavailable and came back. Its
    /// slot is free at once: call `setBackend` first when it should get no other jobs either.
    ///
    /// With `Otherwise::Wait` it is never refused here: it waits until a backend that has its model is back, or its
    /// time is over.
    ///
    /// Jobs of a backend that is gone for good may be handed back before or after `removeBackend`; before, its free
    /// slots still get jobs.
    Actions handBack(JobId id, TimePoint now, Otherwise otherwise = Otherwise::Refuse);

    /// How often a job that waits or runs was handed back.
    int handedBack(JobId id) const;

    /// A backend is new, or what it can do has changed. Jobs running above a lowered number of slots go on. What was
    /// learnt of its speed with models that it keeps stays. Costs O(its models) plus the waiting jobs of models that
    /// nobody had, or nobody has any more.
    Actions setBackend(BackendId id, const BackendCapacity& capacity, TimePoint now);

    /// It is gone; the owner ends or hands back what ran there, before or after. Waiting jobs no backend has a model
    /// for go on waiting until their time is over. Costs as `setBackend`.
    Actions removeBackend(BackendId id, TimePoint now);

    /// Passing of time: waits that are over, ageing, CoDel. Call about four times a second.
    Actions tick(TimePoint now);

    /// Nothing starts while paused.
    Actions setPaused(bool paused, TimePoint now);

    /// This waiting job is chosen before all others that can run where it can, whatever its user's `runningMax`; the
    /// last one asked for comes first.
    Actions startNext(JobId id, TimePoint now);

    /// Takes effect at once. Lowered limits send nobody away who waits; another unit of fairness starts all counters
    /// from 0.
    Actions setPolicy(QueuePolicy policy, TimePoint now);

    /// Some available backend has the model and takes jobs of the realm.
    bool canServe(std::string_view model, Realm realm = Realm::Own) const;
    /// That one is available, has it and takes them.
    bool canServe(BackendId backend, std::string_view model, Realm realm = Realm::Own) const;

    /// Output tokens per second that the backend gave lately with the model, from the start of a job to its end; 0
    /// while it is not known.
    double tokensPerSecond(BackendId backend, std::string_view model) const;

    std::size_t waiting() const;
    std::size_t waitingOf(std::string_view user) const;
    std::size_t waitingBytes() const;
    std::size_t running() const;
    int running(BackendId backend) const;
    std::size_t usersKnown() const; ///< those with a counter kept

    /// Place in line, 1 is next; 0 when it is not waiting. Exact for the first `exactPositionsMax` in line, unless they
    /// seem to be four times as far back; an estimate after. Never costs more than that many steps.
    std::uint32_t position(JobId id) const;
    static constexpr std::uint32_t exactPositionsMax = 256;

    /// The waiting jobs in the order in which they would start if nobody else came and each cost its estimate plus what
    /// jobs lately cost beyond theirs; at most `most` of them. Those of users who stand aside come after the others,
    /// and those that no available backend can take last.
    std::vector<JobId> order(std::size_t most) const;

    /// The counter of a user: what it has been charged, in the unit of the policy's fairness divided by weight, and the
    /// levels it was lifted to. 0 when it is not known. Only differences mean something; for tests and the window.
    double charged(std::string_view user) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace drover
