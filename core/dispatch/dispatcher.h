// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/dispatch/job.h"

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

/// How jobs are chosen, from the settings.
struct QueuePolicy {
    Fairness fairness = Fairness::Tokens;
    Shedding shedding = Shedding::None;
    std::map<std::string, double> weights = {};
    std::size_t waitingMax = 1024;
    std::size_t waitingPerUserMax = 512;
    std::size_t bytesMax = 512u << 20;
    std::chrono::milliseconds codelTarget{5'000};
    std::chrono::milliseconds codelInterval{30'000};
    std::chrono::milliseconds laneAgeing{30'000};
};

/// Decides which job runs where and when. Events go in, actions come out; time is an argument.
///
/// Next is decided by lane, then by user: the waiting user who was charged least for its weight (design.md D3), one
/// FIFO line per user and lane. A job whose models are on busy backends never blocks jobs for free ones. Choosing costs
/// O(log users) however many wait. Every submitted job ends exactly once: refused, cancelled, or finished. Not
/// thread-safe; lives on the core thread. Holds no more than the waiting and running jobs plus users at work.
class Dispatcher {
public:
    explicit Dispatcher(QueuePolicy policy);
    ~Dispatcher();

    /// A job arrives: it is started, waits, or is refused. Ids are never reused.
    Actions submit(Job job, TimePoint now);

    /// The client left or somebody cancelled. Frees the slot when it ran. Unknown ids are ignored.
    Actions cancel(JobId id, TimePoint now);

    /// Tokens so far of a running job, both absolute; charges the difference to its user.
    void progress(JobId id, std::uint64_t promptTokens, std::uint64_t outputTokens, TimePoint now);

    /// A running job is over; its slot is free. Charge what is true first, by `progress`.
    Actions finished(JobId id, TimePoint now);

    /// The backend could not be reached before the first byte. The job waits again, first in its line, for another
    /// backend; refused with NoBackend when no other available one has its model. What it was charged is given back.
    Actions handBack(JobId id, TimePoint now);

    /// A backend is new, or what it can do has changed. Jobs running above a lowered number of slots go on.
    Actions setBackend(BackendId id, BackendCapacity capacity, TimePoint now);

    /// It is gone; the owner ends or hands back what ran there first. Waiting jobs no backend has a model for go on
    /// waiting until their time is over.
    Actions removeBackend(BackendId id, TimePoint now);

    /// Passing of time: waits that are over, ageing, CoDel. Call about four times a second.
    Actions tick(TimePoint now);

    /// Nothing starts while paused.
    Actions setPaused(bool paused, TimePoint now);

    /// This waiting job is chosen before all others that can run where it can.
    Actions startNext(JobId id, TimePoint now);

    Actions setPolicy(QueuePolicy policy, TimePoint now);

    bool canServe(std::string_view model) const; ///< some available backend has the model

    std::size_t waiting() const;
    std::size_t waitingOf(std::string_view user) const;
    std::size_t waitingBytes() const;
    std::size_t running() const;
    int running(BackendId backend) const;
    std::size_t usersKnown() const; ///< those with a counter kept

    /// Place in line, 1 is next; 0 when it is not waiting. Exact for the first `exactPositionsMax` in line, an estimate
    /// after; never costs more than that many steps.
    std::uint32_t position(JobId id) const;
    static constexpr std::uint32_t exactPositionsMax = 256;

    /// The waiting jobs in the order in which they would start if each cost its estimate; at most `most` of them.
    std::vector<JobId> order(std::size_t most) const;

    /// What a user has been charged, in the unit of the policy's fairness divided by weight; for tests and the window.
    double charged(std::string_view user) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace drover
