// SPDX-License-Identifier: MIT
#include "core/dispatch/foresight.h"

#include "core/dispatch/backend_table.h"

#include <algorithm>
#include <utility>

namespace drover {

Foresight::Foresight(const FairQueue& queue, TimePoint now, std::function<double(const JobEntry&)> cost)
    : m_queue(queue)
    , m_now(now)
    , m_cost(std::move(cost))
    , m_turn(queue.turn())
{
    for (const auto& group : queue.groups()) {
        const bool stuck = !BackendTable::anyAvailable(group->backends);
        if (group->urgent.first)
            m_urgent.emplace_back(stuck, group->urgent.first);
        for (const LineHeap& heap : group->lanes)
            look(heap, 0, stuck);
    }
}

const JobEntry* Foresight::next()
{
    if (const JobEntry* job = nextUrgent(false))
        return job;
    while (!m_candidates.empty()) {
        if (m_candidates.front().stuck)
            if (const JobEntry* job = nextUrgent(true))
                return job;
        Candidate candidate = pop();
        if (const LineHeap* heap = std::exchange(candidate.heap, nullptr)) {
            look(*heap, 2 * std::size_t{candidate.line->place} + 1, candidate.stuck);
            look(*heap, 2 * std::size_t{candidate.line->place} + 2, candidate.stuck);
        }
        const User& user = *candidate.line->user;
        Course& course = m_courses.try_emplace(&user, Course{user.counter, user.lastStart}).first->second;
        if (candidate.rank.counter != course.counter || candidate.rank.lastStart != course.lastStart) {
            candidate.rank.counter = course.counter;
            candidate.rank.lastStart = course.lastStart;
            push(candidate);
            continue;
        }
        const JobEntry* job = candidate.job;
        course.counter += m_cost(*job) / user.weight;
        course.lastStart = ++m_turn;
        candidate.job = job->next;
        if (candidate.job) {
            candidate.lane = m_queue.agedLane(candidate.line->lane, candidate.job->arrived, m_now);
            candidate.rank = {course.counter, course.lastStart, course.lastStart};
            push(candidate);
        }
        return job;
    }
    return nextUrgent(true);
}

std::size_t Foresight::guess(const FairQueue& queue, const JobEntry& job)
{
    const Line& line = *job.line;
    const std::uint64_t span = line.last->sequence - line.first->sequence;
    const std::uint64_t depth = job.sequence > line.first->sequence && span > 0
        ? (job.sequence - line.first->sequence) * (line.size - 1) / span
        : 0;
    std::size_t ahead = 0;
    std::size_t beside = 0;
    std::size_t lines = 0;
    const auto lane = static_cast<std::size_t>(line.agedLane);
    for (const auto& group : queue.groups()) {
        ahead += group->urgent.size;
        for (std::size_t better = 0; better < lane; ++better)
            ahead += group->jobs[better];
        beside += group->jobs[lane];
        lines += group->lanes[lane].size();
    }
    const std::size_t inTurn = static_cast<std::size_t>(depth) * lines + (lines + 1) / 2;
    return std::min(queue.size(), ahead + std::min(beside, inTurn));
}

void Foresight::look(const LineHeap& heap, std::size_t index, bool stuck)
{
    if (const Line* line = heap.at(index))
        push({stuck, line->agedLane, line->rank, line, line->first, &heap});
}

void Foresight::push(Candidate candidate)
{
    m_candidates.push_back(candidate);
    std::push_heap(m_candidates.begin(), m_candidates.end());
}

Foresight::Candidate Foresight::pop()
{
    std::pop_heap(m_candidates.begin(), m_candidates.end());
    const Candidate candidate = m_candidates.back();
    m_candidates.pop_back();
    return candidate;
}

const JobEntry* Foresight::nextUrgent(bool stuck)
{
    std::pair<bool, const JobEntry*>* best = nullptr;
    for (auto& first : m_urgent)
        if (first.second && first.first == stuck && (!best || first.second->urgent > best->second->urgent))
            best = &first;
    return best ? std::exchange(best->second, best->second->next) : nullptr;
}

} // namespace drover
