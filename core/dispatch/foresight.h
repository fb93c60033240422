// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/fair_queue.h"

#include <functional>
#include <unordered_map>
#include <vector>

namespace drover {

/// Plays through in which order the jobs of a queue would start if nobody else came; the queue stays as it is.
///
/// Looks at as many lines as jobs were asked for, plus one for each group and lane, however many there are. Jobs that
/// no available backend can take come last. Valid until the queue changes.
class Foresight {
public:
    /// `cost` is what a job is expected to be charged, before division by weight.
    Foresight(const FairQueue& queue, TimePoint now, std::function<double(const JobEntry&)> cost);

    /// Null when all have been given.
    const JobEntry* next();

    /// A guess at the place of a job that is far back in line, from the numbers of jobs and lines; 1 is next.
    /// O(groups).
    static std::size_t guess(const FairQueue& queue, const JobEntry& job);

private:
    struct Candidate {
        bool stuck = false; ///< no backend of its group is available
        Lane lane = Lane::Normal;
        Rank rank = {};
        const Line* line = nullptr;
        const JobEntry* job = nullptr;
        const LineHeap* heap = nullptr; ///< where the line stands, as long as its children there were not looked at

        bool operator<(const Candidate& other) const { return key() > other.key(); } // std::push_heap: greatest first
        std::tuple<bool, Lane, double, std::uint64_t, std::uint64_t> key() const
        {
            return {stuck, lane, rank.counter, rank.lastStart, rank.turn};
        }
    };
    struct Course {
        double counter = 0;
        std::uint64_t lastStart = 0;
    };

    void look(const LineHeap& heap, std::size_t index, bool stuck);
    void push(Candidate candidate);
    Candidate pop();
    const JobEntry* nextUrgent(bool stuck);

    const FairQueue& m_queue;
    TimePoint m_now;
    std::function<double(const JobEntry&)> m_cost;
    std::vector<std::pair<bool, const JobEntry*>> m_urgent; ///< first of each group, with `stuck`
    std::vector<Candidate> m_candidates; ///< a heap
    std::unordered_map<const User*, Course> m_courses; ///< of users whose jobs were given
    std::uint64_t m_turn;
};

} // namespace drover
