// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/backend_table.h"
#include "core/dispatch/codel.h"

#include <memory>
#include <tuple>

namespace drover {

struct JobEntry;
struct Standing;
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
    Rank rank = {}; ///< as of when it was last looked at; the true one (`rankNow`) is never less
    JobEntry* first = nullptr;
    JobEntry* last = nullptr;
    std::uint32_t size = 0;
    std::uint32_t place = nowhere;
    std::uint32_t agePlace = nowhere;
    std::uint32_t standingPlace = nowhere;
    Standing* standing = nullptr;
    std::unique_ptr<Codel> codel = {}; ///< only when there is shedding

    Rank rankNow() const; ///< of a line that has a user and jobs
};

/// A job that waits or runs.
struct JobEntry {
    JobId id = 0;
    User* user = nullptr;
    ModelEntry* model = nullptr;
    std::size_t bytes = 0;
    std::uint64_t sequence = 0; ///< order of arrival
    std::uint64_t urgent = 0; ///< turn at which somebody asked to start it next; 0 when nobody did
    TimePoint arrived{};
    TimePoint deadline = TimePoint::max(); ///< of waiting
    TimePoint started{};
    double charged = 0; ///< before division by weight
    double chargedAtStart = 0;
    std::uint64_t outputTokens = 0; ///< so far, since it last started
    BackendEntry* backend = nullptr; ///< where it runs; null while it waits
    Line* line = nullptr; ///< where it waits; null while it runs
    JobEntry* previous = nullptr;
    JobEntry* next = nullptr;
    std::uint32_t promptTokens = 0;
    std::uint32_t deadlinePlace = nowhere;
    std::uint32_t runningPlace = nowhere;
    Lane lane = Lane::Normal;
    Realm realm = Realm::Own;
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

struct LineByFirst {
    bool operator()(const Line& a, const Line& b) const { return a.first->order() < b.first->order(); }
};

/// The lines of one user and lane whose groups are available, or those whose groups are not: what can be said of the
/// order of the line without looking at each group.
struct Standing {
    User* user = nullptr;
    Lane lane = Lane::Normal;
    bool available = false;
    std::uint32_t jobs = 0;
    IndexedHeap<Line, &Line::standingPlace, LineByFirst> lines = {};
    std::uint64_t turn = 0; ///< Rank::turn
    double counter = 0; ///< the user's, here for the heap; Standings::reposition copies it
    TimePoint arrived{}; ///< when the first job did, here for the heap
    std::uint64_t lastSequence = 0; ///< of the job that came last
    std::uint32_t rankPlace = nowhere;
    std::uint32_t agePlace = nowhere;
    std::unique_ptr<Standing> next = {}; ///< of the same user

    const JobEntry& first() const { return *lines.top()->first; }
    Rank rank() const;
};

/// Somebody the dispatcher has a counter for. Not copied: its standings have its address.
struct User {
    const std::string* name = nullptr;
    double weight = 1;
    double counter = 0; ///< charged, each charge divided by the weight of its time
    double ranked = 0; ///< the greatest counter that one of its lines was ranked by
    std::uint64_t lastStart = 0; ///< turn at which a job of this user last started; 0 when none since it came in
    std::uint32_t waiting = 0;
    std::uint32_t running = 0;
    std::uint32_t runningMax = 0; ///< 0: no limit of its own
    bool aside = false; ///< has as many running as it may; FairQueue::setAside changes it
    std::unique_ptr<Standing> standings = {}; ///< its lines, by lane; linked by Standing::next
    BackendEntry* lastOn = nullptr; ///< the backends whose lastUser it is, linked by BackendEntry::nextOfLast
    std::uint32_t lastOnBusy = 0; ///< how many of them have jobs running
    std::uint32_t idlePlace = nowhere;
    std::uint32_t servedPlace = nowhere;
};

/// Calls `visit` with every line of the user, in no order.
template <class Visit> void forEachLine(const User& user, Visit visit)
{
    for (const Standing* standing = user.standings.get(); standing; standing = standing->next.get())
        for (Line* line : standing->lines.items())
            visit(*line);
}

struct ByCounter {
    bool operator()(const User& a, const User& b) const { return a.counter < b.counter; }
};

struct StandingByRank {
    bool operator()(const Standing& a, const Standing& b) const
    {
        return a.counter != b.counter ? a.counter < b.counter : a.rank() < b.rank();
    }
};
struct StandingByAge {
    bool operator()(const Standing& a, const Standing& b) const { return a.arrived < b.arrived; }
};

inline Rank Standing::rank() const
{
    return {counter, user->lastStart, turn, 0};
}

inline Rank Line::rankNow() const
{
    return {user->counter, user->lastStart, standing->turn, first->order()};
}

} // namespace drover
