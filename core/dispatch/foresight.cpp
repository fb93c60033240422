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

/// How many jobs of its user and lane are before it, as far as can be told without counting.
std::size_t depthOf(const JobEntry& job)
{
    const Standing& standing = *job.line->standing;
    const std::uint64_t first = standing.first().sequence;
    if (job.sequence <= first || standing.lastSequence <= first)
        return 0;
    const std::uint64_t span = standing.lastSequence - first;
    return static_cast<std::size_t>((job.sequence - first) * (standing.jobs - 1) / span);
}

/// 0..1: how many of the users beside are before one of this rank. Those who came in level with others are in the order
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

const Standings::Part& Foresight::in(const FairQueue& queue, Part part)
{
    const bool available = part == Part::Available || part == Part::AvailableAside;
    const bool aside = part == Part::AvailableAside || part == Part::UnavailableAside;
    return queue.standings().part(available, aside);
}

Foresight::Candidate Foresight::candidate(const Standing& standing)
{
    return {standing.rank(), standing.first().arrived, &standing};
}

void Foresight::begin(Part part)
{
    m_part = part;
    if (part == Part::Available || part == Part::Unavailable)
        for (const Group* group : m_queue.urgentGroups())
            if (group->available == (part == Part::Available))
                m_urgent.push_back(group->urgent.first);
    const Standings::Part& standings = in(m_queue, part);
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        if (standings[i].jobs == 0)
            continue;
        push(m_lanes[i].byRank, candidate(*standings[i].byRank.top()), LaterByRank{});
        push(m_lanes[i].byAge, candidate(*standings[i].byAge.top()), LaterByAge{});
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
    const Candidate* best = nullptr;
    Lane bestLane = Lane::Normal;
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        const Candidate* first = firstByRank(i);
        if (!first)
            continue;
        const Lane aged = m_queue.agedLane(static_cast<Lane>(i), oldest(i)->arrived, m_now);
        if (!best || aged < bestLane || (aged == bestLane && first->rank < best->rank)) {
            best = first;
            bestLane = aged;
        }
    }
    return best ? takeFirst(*best->standing) : nullptr;
}

const JobEntry* Foresight::nextUrgent()
{
    const JobEntry** best = nullptr;
    for (const JobEntry*& first : m_urgent)
        if (first && (!best || first->urgent > (*best)->urgent))
            best = &first;
    return best ? std::exchange(*best, (*best)->next) : nullptr;
}

/// The standing whose turn it is in this lane, up to date; null when there is none. Ranks only grow, so what is first
/// and up to date is the first.
const Foresight::Candidate* Foresight::firstByRank(std::size_t lane)
{
    std::vector<Candidate>& heap = m_lanes[lane].byRank;
    while (!heap.empty()) {
        Candidate fresh = heap.front();
        const bool hasJobs = firstOf(*fresh.standing);
        if (!refresh(fresh) && fresh.seen && hasJobs)
            return &heap.front();
        pop(heap, LaterByRank{});
        if (!std::exchange(fresh.seen, true))
            for (const std::size_t child : {1, 2})
                if (const auto* below =
                        in(m_queue, m_part)[lane].byRank.at(2 * std::size_t{fresh.standing->rankPlace} + child))
                    push(heap, candidate(*below), LaterByRank{});
        if (hasJobs)
            push(heap, fresh, LaterByRank{});
    }
    return nullptr;
}

/// The job of this lane that waits longest; one of a lane that has jobs left.
const JobEntry* Foresight::oldest(std::size_t lane)
{
    std::vector<Candidate>& heap = m_lanes[lane].byAge;
    for (;;) {
        Candidate front = heap.front();
        const JobEntry* first = firstOf(*front.standing);
        if (first && first->arrived == front.arrived)
            return first;
        pop(heap, LaterByAge{});
        if (!std::exchange(front.seen, true))
            for (const std::size_t child : {1, 2})
                if (const auto* below =
                        in(m_queue, m_part)[lane].byAge.at(2 * std::size_t{front.standing->agePlace} + child))
                    push(heap, candidate(*below), LaterByAge{});
        if (!first)
            continue;
        front.arrived = first->arrived;
        push(heap, front, LaterByAge{});
    }
}

/// What is left of a standing; null when nothing is.
const JobEntry* Foresight::firstOf(const Standing& standing) const
{
    const auto place = m_left.find(&standing);
    if (place == m_left.end())
        return &standing.first();
    return place->second.empty() ? nullptr : place->second.front().job;
}

const JobEntry* Foresight::takeFirst(const Standing& standing)
{
    const auto [place, made] = m_left.try_emplace(&standing);
    std::vector<Next>& left = place->second;
    if (made)
        left.push_back({standing.lines.top()->first, standing.lines.top()});
    Next next = pop(left, LaterByOrder{});
    const JobEntry* job = next.job;
    if (!std::exchange(next.seen, true))
        for (const std::size_t child : {1, 2})
            if (const Line* below = standing.lines.at(2 * std::size_t{next.line->standingPlace} + child))
                push(left, Next{below->first, below}, LaterByOrder{});
    next.job = job->next;
    if (next.job)
        push(left, next, LaterByOrder{});
    return job;
}

void Foresight::give(const JobEntry& job)
{
    const User& user = *job.user;
    Course& course = m_courses.try_emplace(&user, Course{user.counter, user.lastStart}).first->second;
    course.counter += m_cost(job) / user.weight;
    course.lastStart = ++m_turn;
    course.turns[static_cast<std::size_t>(job.lane)] = course.lastStart;
}

/// Brings a candidate's rank up to what was given since; false when it was.
bool Foresight::refresh(Candidate& candidate) const
{
    const auto place = m_courses.find(candidate.standing->user);
    if (place == m_courses.end())
        return false;
    Rank rank{place->second.counter, place->second.lastStart, candidate.rank.turn, 0};
    if (const std::uint64_t turn = place->second.turns[static_cast<std::size_t>(candidate.standing->lane)])
        rank.turn = turn;
    if (!(candidate.rank < rank))
        return false;
    candidate.rank = rank;
    return true;
}

/// As if users in the same aged lane took turns: all jobs that come before whatever the turns, `depth` rounds of all
/// users beside, and a part of one more.
std::size_t Foresight::guess(const FairQueue& queue, const JobEntry& job, TimePoint now)
{
    if (!job.line->standing)
        return 1; // an urgent one
    const Standing& standing = *job.line->standing;
    std::size_t ahead = 0;
    for (const Group* group : queue.urgentGroups())
        ahead += group->urgent.size;
    const Standings::Part& part = queue.standings().part(standing.available, standing.user->aside);
    for (const Part each : parts) {
        const Standings::Part& before = in(queue, each);
        if (&before == &part)
            break;
        for (const Standings::Place& place : before)
            ahead += place.jobs;
    }
    AgedLanes aged = notAged;
    for (std::size_t i = 0; i < aged.size(); ++i)
        if (const Standing* oldest = part[i].byAge.top())
            aged[i] = queue.agedLane(static_cast<Lane>(i), oldest->first().arrived, now);
    const Lane own = aged[static_cast<std::size_t>(standing.lane)];
    std::size_t jobs = 0;
    std::size_t beside = 0;
    Rank first = standing.rank();
    for (std::size_t i = 0; i < aged.size(); ++i) {
        const Standings::Place& place = part[i];
        if (aged[i] < own)
            ahead += place.jobs;
        if (aged[i] != own || place.jobs == 0)
            continue;
        jobs += place.jobs;
        beside += place.byRank.size();
        first = std::min(first, place.byRank.top()->rank());
    }
    const double inRound = static_cast<double>(beside) * partOfRound(standing.rank(), first, queue.turn());
    const std::size_t inTurn = depthOf(job) * beside + static_cast<std::size_t>(inRound) + 1;
    return std::min(queue.size(), ahead + std::min(jobs, inTurn));
}

} // namespace drover
