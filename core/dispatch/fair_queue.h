// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/codel.h"
#include "core/dispatch/indexed_heap.h"
#include "core/dispatch/job.h"

#include <array>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace drover {

struct Backend;
struct Group;
struct JobEntry;
struct User;

/// What decides between lines of the same lane: least counter; then whose last start is longest ago, those who came in
/// since before all; then whose turn is longest ago.
struct Rank {
    double counter = 0;
    std::uint64_t lastStart = 0;
    std::uint64_t turn = 0; ///< when the line was made or a job of it last started

    bool operator<(const Rank& other) const
    {
        return std::tie(counter, lastStart, turn) < std::tie(other.counter, other.lastStart, other.turn);
    }
};

/// Jobs of one user, lane and group, first come first.
struct Line {
    User* user = nullptr; ///< null for a group's line of urgent jobs
    Group* group = nullptr;
    Lane lane = Lane::Normal; ///< that its jobs asked for
    Lane agedLane = Lane::Normal; ///< that its first job has come to by waiting; where the line stands
    Rank rank = {};
    JobEntry* first = nullptr;
    JobEntry* last = nullptr;
    std::uint32_t size = 0;
    std::uint32_t place = nowhere;
    std::uint32_t agePlace = nowhere;
    TimePoint ages = TimePoint::max(); ///< when it comes to the next better lane
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
    Backend* backend = nullptr; ///< where it runs; null while it waits
    Line* line = nullptr; ///< where it waits; null while it runs
    JobEntry* previous = nullptr;
    JobEntry* next = nullptr;
    std::uint32_t promptTokens = 0;
    std::uint32_t deadlinePlace = nowhere;
    std::uint32_t runningPlace = nowhere;
    Lane lane = Lane::Normal;
    bool handedBack = false;
};

struct LineByRank {
    bool operator()(const Line& a, const Line& b) const { return a.rank < b.rank; }
};
struct LineByAge {
    bool operator()(const Line& a, const Line& b) const { return a.ages < b.ages; }
};
using LineHeap = IndexedHeap<Line, &Line::place, LineByRank>;

/// The waiting jobs that can run on the same backends.
struct Group {
    std::vector<Backend*> backends = {}; ///< by id; borrowed
    std::array<LineHeap, 3> lanes = {}; ///< by Line::agedLane
    std::array<std::size_t, 3> jobs = {}; ///< in each of them
    Line urgent = {}; ///< the last one asked for first
    std::size_t size = 0;

    /// The line whose turn it is; null when there are only urgent jobs.
    const Line* best() const;
    /// Least counter of those who wait; infinity when nobody does.
    double leastCounter() const;
};

/// The waiting jobs, grouped by the backends that can take them, so that a job for a busy backend is in nobody's way.
///
/// Within a group by lane, within a lane by user (Rank), within a user first come first. A job that has waited
/// `ageing` comes to the next better lane, since it is the first of its line that decides where the line stands.
/// Choosing costs O(groups), everything else O(log users). Groups and lines exist only while they hold jobs; their
/// number is that of distinct sets of backends, not of models. Jobs, users and backends are borrowed.
class FairQueue {
public:
    explicit FairQueue(std::chrono::milliseconds ageing);

    /// Last of its line; first when it was handed back; before all when it is urgent.
    void insert(JobEntry& job, const std::vector<Backend*>& eligible, TimePoint now);
    void remove(JobEntry& job, TimePoint now);

    /// Call after a user's counter has changed.
    void reposition(User& user);

    /// A job of this line starts: the line and its user get a new turn.
    void takeTurn(Line& line);

    /// Brings lines to better lanes whose first job has waited long enough.
    void age(TimePoint now);
    void setAgeing(std::chrono::milliseconds ageing, TimePoint now);

    /// The job whose turn it is among the groups that `canRun(group)` holds for; null when there is none.
    template <class CanRun> JobEntry* best(CanRun canRun) const;

    const std::vector<std::unique_ptr<Group>>& groups() const { return m_groups; }
    Lane agedLane(Lane lane, TimePoint arrived, TimePoint now) const;
    std::size_t size() const { return m_size; }
    std::uint64_t turn() const { return m_turn; }
    std::uint64_t nextTurn() { return ++m_turn; }

    /// True when `a` comes before `b`, which may be in different groups.
    static bool before(const Line& a, const Line& b)
    {
        return a.agedLane != b.agedLane ? a.agedLane < b.agedLane : a.rank < b.rank;
    }

private:
    Group& groupOf(const std::vector<Backend*>& eligible);
    Line& lineOf(JobEntry& job, Group& group);
    void link(JobEntry& job, Line& line);
    void unlink(JobEntry& job);
    void file(Line& line, TimePoint now);
    void unfile(Line& line);
    void drop(Line& line);
    LineHeap& heapOf(Line& line) { return line.group->lanes[static_cast<std::size_t>(line.agedLane)]; }

    std::chrono::milliseconds m_ageing;
    std::vector<std::unique_ptr<Group>> m_groups;
    IndexedHeap<Line, &Line::agePlace, LineByAge> m_ages;
    std::size_t m_size = 0;
    std::uint64_t m_turn = 0;
};

template <class CanRun> JobEntry* FairQueue::best(CanRun canRun) const
{
    JobEntry* urgent = nullptr;
    const Line* best = nullptr;
    for (const auto& group : m_groups) {
        if (!canRun(*group))
            continue;
        JobEntry* first = group->urgent.first;
        if (first && (!urgent || first->urgent > urgent->urgent))
            urgent = first;
        const Line* line = group->best();
        if (line && (!best || before(*line, *best)))
            best = line;
    }
    if (urgent)
        return urgent;
    return best ? best->first : nullptr;
}

} // namespace drover
