// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/standings.h"

namespace drover {

/// The lines of one lane in one group.
struct GroupLane {
    IndexedHeap<Line, &Line::place, LineByRank> byRank = {};
    IndexedHeap<Line, &Line::agePlace, LineByAge> byAge = {};
    std::size_t jobs = 0;
};

/// The waiting jobs that can run on the same backends: those of one model and realm that were handed back by the same
/// backends, or by none.
struct Group {
    ModelEntry* model = nullptr;
    Realm realm = Realm::Own;
    std::vector<BackendId> without = {}; ///< those that handed its jobs back; sorted
    bool available = false; ///< some of its backends are
    bool looksAt = false; ///< is among those that are looked at
    std::array<GroupLane, laneCount> lanes = {};
    std::array<GroupLane, laneCount> asideLanes = {}; ///< of users who stand aside; nothing is chosen from these
    Line urgent = {}; ///< the last one asked for first
    std::size_t size = 0;
    std::size_t index = 0; ///< in FairQueue::groups

    Eligible eligible() const { return {model, realm, without}; }
    bool hasChoice() const; ///< somebody waits who does not stand aside
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
/// old jobs are no reason to pass by others.)
///
/// Choosing costs O(groups that are looked at), everything else O(log users). A user's lines in other groups are ranked
/// anew only when they come to be first, since ranks only grow but for what is given back. Groups and lines exist only
/// while they hold jobs. Jobs, users and models are borrowed.
class FairQueue {
public:
    explicit FairQueue(std::chrono::milliseconds ageing);

    /// The group of jobs for these backends; null when none waits.
    static Group* find(const Eligible& eligible);

    /// Last of its line; first when it was handed back; before all when it is urgent. The group, when it is made for
    /// it, is `available` or not.
    Group& insert(JobEntry& job, const Eligible& eligible, bool available);
    void remove(JobEntry& job); ///< its group may be gone after

    /// To another group, with its turn; the group where it then is.
    Group& move(JobEntry& job, const Eligible& eligible, bool available);

    /// The jobs of a group that ask for a model other than the group's, as they stand in line.
    static std::vector<JobEntry*> strangers(const Group& group, const ModelEntry& model);

    void setAvailable(Group& group, bool available);

    /// Call after a user's counter has changed.
    void reposition(User& user);
    /// Call after all counters have.
    void reorder() { m_standings.reorder(); }

    /// A job of this user and lane starts: the user gets a new turn there.
    void takeTurn(User& user, Lane lane);

    /// The user's jobs wait and cannot be chosen, or can again; urgent ones can always.
    void setAside(User& user, bool aside);

    void setAgeing(std::chrono::milliseconds ageing) { m_ageing = ageing; }

    /// What `lane` counts as when its oldest job arrived then.
    Lane agedLane(Lane lane, TimePoint oldest, TimePoint now) const;

    /// The groups that `best` chooses from, until one is gone or taken out.
    void lookAt(Group& group);
    void lookAtAll();
    template <class CanRun> void keepLookingAt(CanRun canRun);

    /// The job whose turn it is among the groups that are looked at; null when there is none.
    JobEntry* best(TimePoint now);

    /// The line whose turn it is in a lane, ranked as of now; null when there is none.
    static Line* first(GroupLane& lane);

    /// Least counter of those who wait in the group and do not stand aside; infinity when nobody does.
    static double leastCounter(Group& group);

    const Standings& standings() const { return m_standings; }
    const std::vector<Group*>& urgentGroups() const { return m_urgentGroups; }

    /// Those that hold jobs, in no order.
    const std::vector<std::unique_ptr<Group>>& groups() const { return m_groups; }
    std::size_t size() const { return m_size; }
    std::uint64_t turn() const { return m_turn; }
    std::uint64_t nextTurn() { return ++m_turn; }

private:
    struct LineKey {
        const User* user;
        const Group* group;
        bool operator==(const LineKey&) const = default;
    };
    struct LineHash {
        std::size_t operator()(const LineKey& key) const;
    };

    static bool before(const Line& a, const Line& b, const AgedLanes& aged)
    {
        const Lane laneOfA = aged[static_cast<std::size_t>(a.lane)];
        const Lane laneOfB = aged[static_cast<std::size_t>(b.lane)];
        return std::tie(laneOfA, a.rank) < std::tie(laneOfB, b.rank);
    }
    AgedLanes aged(TimePoint now) const;
    Group& make(const Eligible& eligible, bool available);
    void dropIfEmpty(Group& group);
    void put(JobEntry& job, Group& group, std::uint64_t turn);
    Line& lineOf(JobEntry& job, Group& group);
    static void link(JobEntry& job, Line& line);
    static void unlink(JobEntry& job);
    static void enterLane(Line& line);
    static void leaveLane(Line& line);
    void firstChanged(Line& line);
    static void rank(Line& line);
    static GroupLane& laneOf(Line& line);

    std::chrono::milliseconds m_ageing;
    std::vector<std::unique_ptr<Group>> m_groups;
    std::vector<Group*> m_lookedAt;
    std::array<std::unordered_map<LineKey, Line, LineHash>, laneCount> m_lines;
    Standings m_standings;
    std::vector<Group*> m_urgentGroups; ///< those with urgent jobs
    std::size_t m_size = 0;
    std::uint64_t m_turn = 0;
};

template <class CanRun> void FairQueue::keepLookingAt(CanRun canRun)
{
    std::erase_if(m_lookedAt, [&](Group* group) { return !(group->looksAt = group->hasChoice() && canRun(*group)); });
}

} // namespace drover
