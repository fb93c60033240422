// SPDX-License-Identifier: MIT
#include "core/dispatch/foresight.h"

#include <algorithm>
#include <utility>

namespace drover {

namespace {

template <class Candidate, class Later> void push(std::vector<Candidate>& heap, const Candidate& candidate, Later later)
{
    heap.push_back(candidate);
    std::push_heap(heap.begin(), heap.end(), later);
}

template <class Candidate, class Later> Candidate pop(std::vector<Candidate>& heap, Later later)
{
    std::pop_heap(heap.begin(), heap.end(), later);
    const Candidate candidate = heap.back();
    heap.pop_back();
    return candidate;
}

/// How many jobs of its line are before it, as far as can be told without counting.
std::size_t depthOf(const JobEntry& job)
{
    const Line& line = *job.line;
    if (job.sequence <= line.first->sequence || line.last->sequence <= line.first->sequence)
        return 0;
    const std::uint64_t span = line.last->sequence - line.first->sequence;
    return static_cast<std::size_t>((job.sequence - line.first->sequence) * (line.size - 1) / span);
}

/// 0..1: how many of the lines beside are before one of this rank. Those who came in level with others are in the order
/// of their turns; nothing can be told of one who was charged more.
double partOfRound(const Rank& rank, const Rank& first, std::uint64_t turn)
{
    if (rank.counter > first.counter || turn <= first.turn)
        return 0.5;
    return static_cast<double>(rank.turn - std::min(first.turn, rank.turn)) / static_cast<double>(turn - first.turn);
}

} // namespace

Foresight::Foresight(const FairQueue& queue, TimePoint now, std::function<double(const JobEntry&)> cost)
    : m_queue(queue)
    , m_now(now)
    , m_cost(std::move(cost))
    , m_turn(queue.turn())
{
    begin(Part::Available);
}

void Foresight::begin(Part part)
{
    m_part = part;
    const bool available = part == Part::Available || part == Part::AvailableAside;
    const bool aside = part == Part::AvailableAside || part == Part::UnavailableAside;
    for (const auto& group : m_queue.groups()) {
        if (group->available != available)
            continue;
        if (group->urgent.first && !aside)
            m_urgent.push_back(group->urgent.first);
        for (std::size_t i = 0; i < m_lanes.size(); ++i) {
            const GroupLane& lane = (aside ? group->asideLanes : group->lanes)[i];
            if (const Line* line = lane.byRank.top())
                push(m_lanes[i].byRank, Candidate{line->rank, line, line->first, &lane}, LaterByRank{});
            if (const Line* line = lane.byAge.top())
                push(m_lanes[i].byAge, Candidate{line->rank, line, line->first, &lane}, LaterByAge{});
        }
    }
}

const JobEntry* Foresight::next()
{
    const JobEntry* job = nextOfPlay();
    while (!job && m_part != Part::UnavailableAside) {
        begin(static_cast<Part>(static_cast<int>(m_part) + 1));
        job = nextOfPlay();
    }
    if (job)
        give(*job);
    return job;
}

const JobEntry* Foresight::nextOfPlay()
{
    if (const JobEntry* job = nextUrgent())
        return job;
    LanePlay* best = nullptr;
    std::pair<Lane, Rank> bestRank;
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        const Candidate* first = firstByRank(m_lanes[i]);
        if (!first)
            continue;
        const Lane aged = m_queue.agedLane(static_cast<Lane>(i), oldest(m_lanes[i])->arrived, m_now);
        if (!best || aged < bestRank.first || (aged == bestRank.first && first->rank < bestRank.second)) {
            best = &m_lanes[i];
            bestRank = {aged, first->rank};
        }
    }
    if (!best)
        return nullptr;
    Candidate candidate = pop(best->byRank, LaterByRank{});
    const JobEntry* job = candidate.job;
    candidate.job = m_firsts[candidate.line] = job->next;
    if (candidate.job) {
        candidate.rank.first = candidate.job->order();
        push(best->byRank, candidate, LaterByRank{}); // its user's new counter comes in by refresh
    }
    return job;
}

const JobEntry* Foresight::nextUrgent()
{
    const JobEntry** best = nullptr;
    for (const JobEntry*& first : m_urgent)
        if (first && (!best || first->urgent > (*best)->urgent))
            best = &first;
    return best ? std::exchange(*best, (*best)->next) : nullptr;
}

/// The line whose turn it is in this lane, up to date; null when there is none. Ranks only grow, so what is first and
/// up to date is the first.
const Foresight::Candidate* Foresight::firstByRank(LanePlay& play)
{
    while (!play.byRank.empty()) {
        if (!play.byRank.front().unseen) {
            Candidate fresh = play.byRank.front();
            if (!refresh(fresh))
                return &play.byRank.front();
        }
        Candidate candidate = pop(play.byRank, LaterByRank{});
        if (const GroupLane* lane = std::exchange(candidate.unseen, nullptr))
            for (const std::size_t child : {1, 2})
                if (const Line* line = lane->byRank.at(2 * std::size_t{candidate.line->place} + child))
                    push(play.byRank, Candidate{line->rank, line, line->first, lane}, LaterByRank{});
        refresh(candidate);
        push(play.byRank, candidate, LaterByRank{});
    }
    return nullptr;
}

/// The job of this lane that waits longest; one of a lane that is not empty.
const JobEntry* Foresight::oldest(LanePlay& play)
{
    for (;;) {
        const Candidate& front = play.byAge.front();
        const auto place = m_firsts.find(front.line);
        if (place == m_firsts.end() || place->second == front.job)
            return front.job;
        Candidate candidate = pop(play.byAge, LaterByAge{});
        if (const GroupLane* lane = std::exchange(candidate.unseen, nullptr))
            for (const std::size_t child : {1, 2})
                if (const Line* line = lane->byAge.at(2 * std::size_t{candidate.line->agePlace} + child))
                    push(play.byAge, Candidate{line->rank, line, line->first, lane}, LaterByAge{});
        candidate.job = place->second;
        if (candidate.job)
            push(play.byAge, candidate, LaterByAge{});
    }
}

void Foresight::give(const JobEntry& job)
{
    const User& user = *job.user;
    Course& course = m_courses.try_emplace(&user, Course{user.counter, user.lastStart}).first->second;
    course.counter += m_cost(job) / user.weight;
    course.lastStart = ++m_turn;
    course.turns[static_cast<std::size_t>(job.lane)] = course.lastStart;
}

/// Brings a candidate's rank up to what was charged and given since; false when it was.
bool Foresight::refresh(Candidate& candidate) const
{
    const auto place = m_courses.find(candidate.line->user);
    Rank rank = candidate.line->rankNow();
    rank.first = candidate.rank.first;
    if (place != m_courses.end()) {
        rank.counter = place->second.counter;
        rank.lastStart = place->second.lastStart;
        if (const std::uint64_t turn = place->second.turns[static_cast<std::size_t>(candidate.line->lane)])
            rank.turn = turn;
    }
    if (!(candidate.rank < rank))
        return false;
    candidate.rank = rank;
    return true;
}

/// As if lines of the same aged lane took turns: all jobs of better lanes, `depth` rounds of all lines beside, and a
/// part of one more.
std::size_t Foresight::guess(FairQueue& queue, const JobEntry& job, TimePoint now)
{
    AgedLanes aged = notAged;
    for (const auto& group : queue.groups())
        for (std::size_t i = 0; i < aged.size(); ++i)
            if (const Line* oldest = group->lanes[i].byAge.top())
                aged[i] = std::min(aged[i], queue.agedLane(static_cast<Lane>(i), oldest->first->arrived, now));

    const Line& line = *job.line;
    const bool aside = line.user && line.user->aside;
    const Lane own = aged[static_cast<std::size_t>(line.lane)];
    std::size_t ahead = 0;
    std::size_t jobs = 0;
    std::size_t lines = 0;
    const Rank rank = line.user ? line.rankNow() : line.rank;
    Rank first = rank;
    for (const auto& group : queue.groups()) {
        ahead += group->urgent.size;
        for (std::size_t i = 0; i < aged.size(); ++i) {
            if (aged[i] < own || aside)
                ahead += group->lanes[i].jobs;
            GroupLane& lane = (aside ? group->asideLanes : group->lanes)[i];
            if (aged[i] != own || lane.byRank.empty())
                continue;
            jobs += lane.jobs;
            lines += lane.byRank.size();
            first = std::min(first, FairQueue::first(lane)->rank);
        }
    }
    const double inRound = static_cast<double>(lines) * partOfRound(rank, first, queue.turn());
    const std::size_t inTurn = depthOf(job) * lines + static_cast<std::size_t>(inRound) + 1;
    return std::min(queue.size(), ahead + std::min(jobs, inTurn));
}

} // namespace drover
