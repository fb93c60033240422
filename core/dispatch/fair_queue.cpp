// SPDX-License-Identifier: MIT
#include "core/dispatch/fair_queue.h"

#include <algorithm>
#include <limits>

namespace drover {

double Group::leastCounter() const
{
    double least = std::numeric_limits<double>::infinity();
    for (const GroupLane& lane : lanes)
        if (const Line* first = lane.byRank.top())
            least = std::min(least, first->rank.counter);
    return least;
}

FairQueue::FairQueue(std::chrono::milliseconds ageing)
    : m_ageing(ageing)
{
}

void FairQueue::insert(JobEntry& job, const std::vector<BackendEntry*>& eligible)
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
    file(line);
}

void FairQueue::remove(JobEntry& job)
{
    Line& line = *job.line;
    Group& group = *line.group;
    if (line.user) {
        unfile(line);
        unlink(job);
        if (line.first)
            file(line);
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
        laneOf(*line).byRank.moved(*line);
    }
}

void FairQueue::takeTurn(User& user, Lane lane)
{
    user.lastStart = nextTurn();
    for (Line* line = user.lines.get(); line; line = line->nextOfUser.get()) {
        line->rank.lastStart = user.lastStart;
        if (line->lane == lane)
            line->rank.turn = user.lastStart;
        laneOf(*line).byRank.moved(*line);
    }
}

void FairQueue::setAside(User& user, bool aside)
{
    for (Line* line = user.lines.get(); line; line = line->nextOfUser.get())
        unfile(*line);
    user.aside = aside;
    for (Line* line = user.lines.get(); line; line = line->nextOfUser.get())
        file(*line);
}

Lane FairQueue::agedLane(Lane lane, TimePoint oldest, TimePoint now) const
{
    if (lane == Lane::Pool)
        return lane;
    const auto steps = m_ageing.count() > 0 ? (now - oldest) / m_ageing : 2;
    return static_cast<Lane>(std::max<std::int64_t>(0, static_cast<int>(lane) - std::max<std::int64_t>(0, steps)));
}

Group& FairQueue::groupOf(const std::vector<BackendEntry*>& eligible)
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
    line->rank = {user.counter, user.lastStart, turnOf(user, job.lane), 0};
    line->nextOfUser = std::move(user.lines);
    user.lines = std::move(line);
    return *user.lines;
}

std::uint64_t FairQueue::turnOf(const User& user, Lane lane)
{
    for (const Line* line = user.lines.get(); line; line = line->nextOfUser.get())
        if (line->lane == lane)
            return line->rank.turn;
    return nextTurn();
}

void FairQueue::link(JobEntry& job, Line& line)
{
    JobEntry* before = nullptr; // the one it goes before; null: last
    if (job.urgent) {
        before = line.first;
    } else if (job.handedBack) {
        before = line.first;
        while (before && before->order() < job.order())
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

GroupLane& FairQueue::laneOf(Line& line)
{
    auto& lanes = line.user->aside ? line.group->asideLanes : line.group->lanes;
    return lanes[static_cast<std::size_t>(line.lane)];
}

void FairQueue::file(Line& line)
{
    GroupLane& lane = laneOf(line);
    line.rank.first = line.first->order();
    lane.byRank.insert(line);
    lane.byAge.insert(line);
    lane.jobs += line.size;
}

void FairQueue::unfile(Line& line)
{
    if (line.place == nowhere)
        return;
    GroupLane& lane = laneOf(line);
    lane.byRank.remove(line);
    lane.byAge.remove(line);
    lane.jobs -= line.size;
}

void FairQueue::drop(Line& line)
{
    std::unique_ptr<Line>* link = &line.user->lines;
    while (link->get() != &line)
        link = &(*link)->nextOfUser;
    *link = std::move(line.nextOfUser);
}

} // namespace drover
