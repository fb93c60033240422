// SPDX-License-Identifier: MIT
#include "core/dispatch/fair_queue.h"

#include <algorithm>
#include <limits>

namespace drover {

const Line* Group::best() const
{
    for (const LineHeap& heap : lanes)
        if (!heap.empty())
            return heap.top();
    return nullptr;
}

double Group::leastCounter() const
{
    double least = std::numeric_limits<double>::infinity();
    for (const LineHeap& heap : lanes)
        if (!heap.empty())
            least = std::min(least, heap.top()->rank.counter);
    return least;
}

FairQueue::FairQueue(std::chrono::milliseconds ageing)
    : m_ageing(ageing)
{
}

void FairQueue::insert(JobEntry& job, const std::vector<Backend*>& eligible, TimePoint now)
{
    Group& group = groupOf(eligible);
    Line& line = job.urgent ? group.urgent : lineOf(job, group);
    ++group.size;
    ++m_size;
    if (!line.user) {
        link(job, line);
        return;
    }
    unfile(line);
    link(job, line);
    file(line, now);
}

void FairQueue::remove(JobEntry& job, TimePoint now)
{
    Line& line = *job.line;
    Group& group = *line.group;
    if (line.user) {
        unfile(line);
        unlink(job);
        if (line.first)
            file(line, now);
        else
            drop(line);
    } else {
        unlink(job);
    }
    --m_size;
    if (--group.size == 0) {
        auto same = [&group](const auto& one) { return one.get() == &group; };
        m_groups.erase(std::find_if(m_groups.begin(), m_groups.end(), same));
    }
}

void FairQueue::reposition(User& user)
{
    for (Line* line = user.lines.get(); line; line = line->nextOfUser.get()) {
        line->rank.counter = user.counter;
        line->rank.lastStart = user.lastStart;
        heapOf(*line).moved(*line);
    }
}

void FairQueue::takeTurn(Line& line)
{
    const std::uint64_t turn = nextTurn();
    if (!line.user)
        return;
    line.rank.turn = turn;
    heapOf(line).moved(line);
    line.user->lastStart = turn;
    reposition(*line.user);
}

void FairQueue::age(TimePoint now)
{
    while (!m_ages.empty() && m_ages.top()->ages <= now) {
        Line& line = *m_ages.top();
        unfile(line);
        file(line, now);
    }
}

void FairQueue::setAgeing(std::chrono::milliseconds ageing, TimePoint now)
{
    if (ageing == m_ageing)
        return;
    m_ageing = ageing;
    std::vector<Line*> lines;
    for (const auto& group : m_groups)
        for (const LineHeap& heap : group->lanes)
            lines.insert(lines.end(), heap.items().begin(), heap.items().end());
    for (Line* line : lines) {
        unfile(*line);
        file(*line, now);
    }
}

Lane FairQueue::agedLane(Lane lane, TimePoint arrived, TimePoint now) const
{
    const auto steps = m_ageing.count() > 0 ? (now - arrived) / m_ageing : 2;
    return static_cast<Lane>(std::max<std::int64_t>(0, static_cast<int>(lane) - std::max<std::int64_t>(0, steps)));
}

Group& FairQueue::groupOf(const std::vector<Backend*>& eligible)
{
    for (const auto& group : m_groups)
        if (group->backends == eligible)
            return *group;
    auto made = std::make_unique<Group>();
    made->backends = eligible;
    made->urgent.group = made.get();
    return *m_groups.emplace_back(std::move(made));
}

Line& FairQueue::lineOf(JobEntry& job, Group& group)
{
    User& user = *job.user;
    for (Line* line = user.lines.get(); line; line = line->nextOfUser.get())
        if (line->group == &group && line->lane == job.lane)
            return *line;
    auto line = std::make_unique<Line>();
    line->user = &user;
    line->group = &group;
    line->lane = job.lane;
    line->agedLane = job.lane;
    line->rank = {user.counter, user.lastStart, nextTurn()};
    line->nextOfUser = std::move(user.lines);
    user.lines = std::move(line);
    return *user.lines;
}

void FairQueue::link(JobEntry& job, Line& line)
{
    JobEntry* before = nullptr; // the one it goes before; null: last
    if (job.urgent) {
        before = line.first;
    } else if (job.handedBack) {
        before = line.first;
        while (before && before->handedBack && before->sequence < job.sequence)
            before = before->next;
    }
    job.line = &line;
    job.next = before;
    job.previous = before ? before->previous : line.last;
    (job.previous ? job.previous->next : line.first) = &job;
    (before ? before->previous : line.last) = &job;
    ++line.size;
}

void FairQueue::unlink(JobEntry& job)
{
    Line& line = *job.line;
    (job.previous ? job.previous->next : line.first) = job.next;
    (job.next ? job.next->previous : line.last) = job.previous;
    job.previous = job.next = nullptr;
    job.line = nullptr;
    --line.size;
}

void FairQueue::file(Line& line, TimePoint now)
{
    const TimePoint arrived = line.first->arrived;
    line.agedLane = agedLane(line.lane, arrived, now);
    line.group->jobs[static_cast<std::size_t>(line.agedLane)] += line.size;
    heapOf(line).insert(line);
    if (line.agedLane == Lane::Interactive)
        return;
    const int steps = static_cast<int>(line.lane) - static_cast<int>(line.agedLane) + 1;
    line.ages = arrived + steps * m_ageing;
    m_ages.insert(line);
}

void FairQueue::unfile(Line& line)
{
    if (line.place == nowhere)
        return;
    line.group->jobs[static_cast<std::size_t>(line.agedLane)] -= line.size;
    heapOf(line).remove(line);
    if (line.agePlace != nowhere)
        m_ages.remove(line);
}

void FairQueue::drop(Line& line)
{
    std::unique_ptr<Line>* link = &line.user->lines;
    while (link->get() != &line)
        link = &(*link)->nextOfUser;
    *link = std::move(line.nextOfUser);
}

} // namespace drover
