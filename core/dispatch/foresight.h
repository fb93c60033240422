// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/fair_queue.h"

#include <functional>
#include <unordered_map>
#include <vector>

namespace drover {

/// Plays through in which order the jobs of a queue would start if nobody else came; the queue stays as it is.
///
/// Looks at about as many standings and lines as jobs were asked for, however many there are. Jobs that no available
/// backend can take come last, those of users who stand aside after the others. Valid until the queue changes.
class Foresight {
public:
    /// `cost` is what a job is expected to be charged, before division by weight.
    Foresight(const FairQueue& queue, TimePoint now, std::function<double(const JobEntry&)> cost);

    /// Null when all have been given.
    const JobEntry* next();

    /// A guess at the place of a waiting job, from the numbers of jobs and users; 1 is next. O(1).
    static std::size_t guess(const FairQueue& queue, const JobEntry& job, TimePoint now);

private:
    /// Whose jobs are given together, in this order.
    enum class Part { Available, AvailableAside, Unavailable, UnavailableAside };
    static constexpr std::array parts{Part::Available, Part::AvailableAside, Part::Unavailable, Part::UnavailableAside};
    static const Standings::Part& in(const FairQueue& queue, Part part);

    struct Candidate {
        Rank rank = {};
        TimePoint arrived{}; ///< of its first job
        const Standing* standing = nullptr;
        bool seen = false; ///< its children in the heap have been looked at
    };
    /// std's heaps have the greatest first.
    struct LaterByRank {
        bool operator()(const Candidate& a, const Candidate& b) const { return b.rank < a.rank; }
    };
    struct LaterByAge {
        bool operator()(const Candidate& a, const Candidate& b) const { return b.arrived < a.arrived; }
    };
    struct LanePlay {
        std::vector<Candidate> byRank; ///< heaps; more standings come in from those of the queue as they are needed
        std::vector<Candidate> byAge;
    };
    /// The next job of a line.
    struct Next {
        const JobEntry* job = nullptr;
        const Line* line = nullptr;
        bool seen = false; ///< the line's children in the heap have been looked at
    };
    struct LaterByOrder {
        bool operator()(const Next& a, const Next& b) const { return b.job->order() < a.job->order(); }
    };
    /// Where a user has come to.
    struct Course {
        double counter = 0;
        std::uint64_t lastStart = 0;
        std::array<std::uint64_t, laneCount> turns{}; ///< by lane; 0: as it is
    };

    void begin(Part part);
    const JobEntry* nextOfPlay();
    const JobEntry* nextUrgent();
    const Candidate* firstByRank(std::size_t lane);
    const JobEntry* oldest(std::size_t lane);
    const JobEntry* firstOf(const Standing& standing) const;
    const JobEntry* takeFirst(const Standing& standing);
    void give(const JobEntry& job);
    bool refresh(Candidate& candidate) const;
    static Candidate candidate(const Standing& standing);

    const FairQueue& m_queue;
    TimePoint m_now;
    std::function<double(const JobEntry&)> m_cost;
    Part m_part = Part::Available;
    std::vector<const JobEntry*> m_urgent; ///< first of each group
    std::array<LanePlay, laneCount> m_lanes;
    std::unordered_map<const User*, Course> m_courses; ///< of users whose jobs were given
    std::unordered_map<const Standing*, std::vector<Next>> m_left; ///< heaps, of standings whose jobs were given
    std::uint64_t m_turn;
};

} // namespace drover
