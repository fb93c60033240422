// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/codel.h"
#include "core/dispatch/indexed_heap.h"
#include "core/dispatch/job.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace drover {

struct BackendEntry;
struct Group;
struct JobEntry;
struct User;

/// What decides between lines that stand in the same lane: least counter; then whose last start is longest ago, those
/// who came in since before all; then, among the lanes that one user asked for, the one whose turn is longest ago; then
/// the first job's place.
struct Rank {
    double counter = 0;
    std::uint64_t lastStart = 0;
    std::uint64_t turn = 0; ///< when the user came to wait in this lane, or a job of both last started; the same for
                            ///< all lines of a user and lane, and for no others
    std::uint64_t first = 0; ///< JobEntry::order of the first job

    bool operator<(const Rank& other) const
    {
        return std::tie(counter, lastStart, turn, first)
            < std::tie(other.counter, other.lastStart, other.turn, other.first);
    }
};

/// Jobs of one user, lane and group, first come first.
struct Line {
    User* user = nullptr; ///< null for a group's line of urgent jobs
    Group* group = nullptr;
    Lane lane = Lane::Normal;
    Rank rank = {};
    JobEntry* first = nullptr;
    JobEntry* last = nullptr;
    std::uint32_t size = 0;
    std::uint32_t place = nowhere;
    std::uint32_t agePlace = nowhere;
    std::unique_ptr<Line> nextOfUser = {};
    std::unique_ptr<Codel> codel = {}; ///< only when there is shedding
};

/// Somebody the dispatcher has a counter for.
struct User {
    const std::string* name = nullptr;
    double weight = 1;
    double counter = 0; ///< charged, each charge divided by the weight of its time
    std::uint64_t lastStart = 0; ///< turn at which a job of this user last started; 0 when none since it came in
    std::uint32_t waiting = 0;
    std::uint32_t running = 0;
    std::uint32_t runningMax = 0; ///< 0: no limit of its own
    bool aside = false; ///< has as many running as it may; FairQueue::setAside changes it
    std::unique_ptr<Line> lines = {}; ///< those it has jobs in, linked by Line::nextOfUser
    std::uint32_t idlePlace = nowhere;
};

/// A job that waits or runs.
struct JobEntry {
    JobId id = 0;
    User* user = nullptr;
    std::string model = {};
    std::size_t bytes = 0;
    std::uint64_t sequence = 0; ///< order of arrival
    std::uint64_t urgent = 0; ///< turn at which somebody asked to start it next; 0 when nobody did
    TimePoint arrived{};
    TimePoint deadline = TimePoint::max(); ///< of waiting
    TimePoint started{};
    double charged = 0; ///< before division by weight
    double chargedAtStart = 0;
    BackendEntry* backend = nullptr; ///< where it runs; null while it waits
    Line* line = nullptr; ///< where it waits; null while it runs
    JobEntry* previous = nullptr;
    JobEntry* next = nullptr;
    std::uint32_t promptTokens = 0;
    std::uint32_t deadlinePlace = nowhere;
    std::uint32_t runningPlace = nowhere;
    Lane lane = Lane::Normal;
    bool handedBack = false;

    /// Its place among the jobs of its user and lane; handed-back ones are first.
    std::uint64_t order() const { return handedBack ? sequence : sequence + (std::uint64_t{1} << 63); }
};

struct LineByRank {
    bool operator()(const Line& a, const Line& b) const { return a.rank < b.rank; }
};
struct LineByAge {
    bool operator()(const Line& a, const Line& b) const { return a.first->arrived < b.first->arrived; }
};

/// The lines of one lane in one group.
struct GroupLane {
    IndexedHeap<Line, &Line::place, LineByRank> byRank = {};
    IndexedHeap<Line, &Line::agePlace, LineByAge> byAge = {};
    std::size_t jobs = 0;
};

/// The waiting jobs that can run on the same backends.
struct Group {
    std::vector<BackendEntry*> backends = {}; ///< by id; borrowed
    std::array<GroupLane, laneCount> lanes = {};
    std::array<GroupLane, laneCount> asideLanes = {}; ///< of users who stand aside; nothing is chosen from these
    Line urgent = {}; ///< the last one asked for first
    std::size_t size = 0;

    /// Least counter of those who wait and do not stand aside; infinity when nobody does.
    double leastCounter() const;
};

/// For each lane, the one it counts as because its oldest job has waited long.
using AgedLanes = std::array<Lane, laneCount>;
inline constexpr AgedLanes notAged{Lane::Interactive, Lane::Normal, Lane::Batch, Lane::Pool};

/// The waiting jobs, grouped by the backends that can take them, so that a job for a busy backend is in nobody's way.
///
/// Within a group by lane, within a lane by user (Rank), within a user first come first. A lane whose oldest job has
/// waited `ageing` counts as the next better one, and after twice that as the best; lanes that count the same are one.
/// The pools' lane never counts as another.
/// (So nobody waits longer than that because of better lanes, yet among those it waits with the fair order holds: one's
/// old jobs are no reason to pass by others.) Choosing costs O(groups), everything else O(log users). Groups and lines
/// exist only while they hold jobs; the number of groups is that of distinct sets of backends, not of models. Jobs,
/// users and backends are borrowed.
class FairQueue {
public:
    explicit FairQueue(std::chrono::milliseconds ageing);

    /// Last of its line; first when it was handed back; before all when it is urgent.
    void insert(JobEntry& job, const std::vector<BackendEntry*>& eligible);
    void remove(JobEntry& job);

    /// Call after a user's counter has changed.
    void reposition(User& user);

    /// A job of this user and lane starts: the user gets a new turn there.
    void takeTurn(User& user, Lane lane);

    /// The user's jobs wait and cannot be chosen, or can again; urgent ones can always.
    void setAside(User& user, bool aside);

    void setAgeing(std::chrono::milliseconds ageing) { m_ageing = ageing; }

    /// What `lane` counts as when its oldest job arrived then.
    Lane agedLane(Lane lane, TimePoint oldest, TimePoint now) const;

    /// The job whose turn it is among the groups that `canRun(group)` holds for; null when there is none.
    template <class CanRun> JobEntry* best(CanRun canRun, TimePoint now) const;

    const std::vector<std::unique_ptr<Group>>& groups() const { return m_groups; }
    std::size_t size() const { return m_size; }
    std::uint64_t turn() const { return m_turn; }
    std::uint64_t nextTurn() { return ++m_turn; }

private:
    static bool before(const Line& a, const Line& b, const AgedLanes& aged)
    {
        const Lane laneOfA = aged[static_cast<std::size_t>(a.lane)];
        const Lane laneOfB = aged[static_cast<std::size_t>(b.lane)];
        return std::tie(laneOfA, a.rank) < std::tie(laneOfB, b.rank);
    }
    Group& groupOf(const std::vector<BackendEntry*>& eligible);
    Line& lineOf(JobEntry& job, Group& group);
    std::uint64_t turnOf(const User& user, Lane lane);
    static void link(JobEntry& job, Line& line);
    static void unlink(JobEntry& job);
    static void file(Line& line);
    static void unfile(Line& line);
    static void drop(Line& line);
    static GroupLane& laneOf(Line& line);

    std::chrono::milliseconds m_ageing;
    std::vector<std::unique_ptr<Group>> m_groups;
    std::size_t m_size = 0;
    std::uint64_t m_turn = 0;
};

template <class CanRun> JobEntry* FairQueue::best(CanRun canRun, TimePoint now) const
{
    AgedLanes aged = notAged;
    JobEntry* urgent = nullptr;
    for (const auto& group : m_groups) {
        if (!canRun(*group))
            continue;
        JobEntry* first = group->urgent.first;
        if (first && (!urgent || first->urgent > urgent->urgent))
            urgent = first;
        for (const Lane lane : {Lane::Normal, Lane::Batch})
            if (const Line* oldest = group->lanes[static_cast<std::size_t>(lane)].byAge.top()) {
                Lane& best = aged[static_cast<std::size_t>(lane)];
                best = std::min(best, agedLane(lane, oldest->first->arrived, now));
            }
    }
    if (urgent)
        return urgent;
    const Line* best = nullptr;
    for (const auto& group : m_groups) {
        if (!canRun(*group))
            continue;
        for (const GroupLane& lane : group->lanes) {
            const Line* line = lane.byRank.top();
            if (line && (!best || before(*line, *best, aged)))
                best = line;
        }
    }
    return best ? best->first : nullptr;
}

} // namespace drover
