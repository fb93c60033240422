// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/fair_queue.h"

#include <functional>
#include <unordered_map>
#include <vector>

namespace drover {

/// Plays through in which order the jobs of a queue would start if nobody else came; the queue stays as it is.
///
/// Looks at about as many lines as jobs were asked for, plus one for each group and lane, however many there are. Jobs
/// that no available backend can take come last, those of users who stand aside after the others. Valid until the queue
/// changes.
class Foresight {
public:
    /// `cost` is what a job is expected to be charged, before division by weight.
    Foresight(const FairQueue& queue, TimePoint now, std::function<double(const JobEntry&)> cost);

    /// Null when all have been given.
    const JobEntry* next();

    /// A guess at the place of a job that is far back in line, from the numbers of jobs and lines; 1 is next.
    /// O(groups).
    static std::size_t guess(FairQueue& queue, const JobEntry& job, TimePoint now);

private:
    /// A line whose jobs before `job` were given.
    struct Candidate {
        Rank rank = {};
        const Line* line = nullptr;
        const JobEntry* job = nullptr;
        const GroupLane* unseen = nullptr; ///< where its children in the heap have not been looked at; else null
    };
    /// std's heaps have the greatest first.
    struct LaterByRank {
        bool operator()(const Candidate& a, const Candidate& b) const { return b.rank < a.rank; }
    };
    struct LaterByAge {
        bool operator()(const Candidate& a, const Candidate& b) const { return b.job->arrived < a.job->arrived; }
    };
    struct LanePlay {
        std::vector<Candidate> byRank; ///< heaps; more lines come in from those of the queue as they are needed
        std::vector<Candidate> byAge;
    };
    /// Where a user has come to.
    struct Course {
        double counter = 0;
        std::uint64_t lastStart = 0;
        std::array<std::uint64_t, laneCount> turns{}; ///< by lane; 0: as it is
    };

    /// Whose jobs are given together, in this order.
    enum class Part { Available, AvailableAside, Unavailable, UnavailableAside };

    void begin(Part part);
    const JobEntry* nextOfPlay();
    const JobEntry* nextUrgent();
    const Candidate* firstByRank(LanePlay& play);
    const JobEntry* oldest(LanePlay& play);
    void give(const JobEntry& job);
    bool refresh(Candidate& candidate) const;

    const FairQueue& m_queue;
    TimePoint m_now;
    std::function<double(const JobEntry&)> m_cost;
    Part m_part = Part::Available;
    std::vector<const JobEntry*> m_urgent; ///< first of each group
    std::array<LanePlay, laneCount> m_lanes;
    std::unordered_map<const User*, Course> m_courses; ///< of users whose jobs were given
    std::unordered_map<const Line*, const JobEntry*> m_firsts; ///< of lines whose jobs were given; null: all were
    std::uint64_t m_turn;
};

} // namespace drover
