// SPDX-License-Identifier: MIT
#include "core/dispatch/fair_queue.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace drover {

bool Group::hasChoice() const
{
    return urgent.first || std::any_of(lanes.begin(), lanes.end(), [](const GroupLane& lane) { return lane.jobs > 0; });
}

std::size_t FairQueue::LineHash::operator()(const LineKey& key) const
{
    const auto user = reinterpret_cast<std::uintptr_t>(key.user);
    const auto group = reinterpret_cast<std::uintptr_t>(key.group);
    std::uint64_t mixed = (user >> 4) * 0x9E3779B97F4A7C15U + (group >> 4);
    mixed = (mixed ^ (mixed >> 32)) * 0x9E3779B97F4A7C15U;
    return static_cast<std::size_t>(mixed ^ (mixed >> 32));
}

FairQueue::FairQueue(std::chrono::milliseconds ageing)
    : m_ageing(ageing)
{
}

// ---- groups ----

Group* FairQueue::find(const Eligible& eligible)
{
    const auto [model, realm, without] = eligible;
    if (without.empty())
        return model->groups[static_cast<std::size_t>(realm)];
    const auto place = std::find_if(model->choosyGroups.begin(), model->choosyGroups.end(), [&](const Group* group) {
        return group->realm == eligible.realm && std::ranges::equal(group->without, eligible.without);
    });
    return place == model->choosyGroups.end() ? nullptr : *place;
}

Group& FairQueue::make(const Eligible& eligible, bool available)
{
    Group& group = *m_groups.emplace_back(std::make_unique<Group>());
    group.model = eligible.model;
    group.realm = eligible.realm;
    group.without.assign(eligible.without.begin(), eligible.without.end());
    group.available = available;
    group.urgent.group = &group;
    group.index = m_groups.size() - 1;
    if (group.without.empty())
        group.model->groups[static_cast<std::size_t>(group.realm)] = &group;
    else
        group.model->choosyGroups.push_back(&group);
    return group;
}

void FairQueue::dropIfEmpty(Group& group)
{
    if (group.size > 0)
        return;
    if (group.looksAt)
        std::erase(m_lookedAt, &group);
    if (group.without.empty())
        group.model->groups[static_cast<std::size_t>(group.realm)] = nullptr;
    else
        std::erase(group.model->choosyGroups, &group);
    const std::size_t index = group.index;
    std::swap(m_groups[index], m_groups.back());
    m_groups[index]->index = index;
    m_groups.pop_back();
}

void FairQueue::setAvailable(Group& group, bool available)
{
    if (group.available == available)
        return;
    group.available = available;
    for (auto* lanes : {&group.lanes, &group.asideLanes})
        for (const GroupLane& lane : *lanes)
            for (Line* line : lane.byRank.items()) {
                const std::uint64_t turn = Standings::turnOf(*line->user, line->lane);
                m_standings.remove(*line);
                m_standings.add(*line, available, turn);
            }
}

std::vector<JobEntry*> FairQueue::strangers(const Group& group, const ModelEntry& model)
{
    std::vector<JobEntry*> found;
    const auto look = [&](const Line& line) {
        for (JobEntry* job = line.first; job; job = job->next)
            if (job->model == &model)
                found.push_back(job);
    };
    look(group.urgent);
    for (const auto* lanes : {&group.lanes, &group.asideLanes})
        for (const GroupLane& lane : *lanes)
            for (const Line* line : lane.byRank.items())
                look(*line);
    return found;
}

// ---- jobs ----

Group& FairQueue::insert(JobEntry& job, const Eligible& eligible, bool available)
{
    Group* known = find(eligible);
    Group& group = known ? *known : make(eligible, available);
    put(job, group, 0);
    return group;
}

/// `turn` is that of the lane when the user has no other jobs in it; 0: a new one.
void FairQueue::put(JobEntry& job, Group& group, std::uint64_t turn)
{
    Line& line = job.urgent ? group.urgent : lineOf(job, group);
    ++group.size;
    ++m_size;
    if (group.model != job.model)
        ++job.model->strangers;
    if (!line.user && line.size == 0)
        m_urgentGroups.push_back(&group);
    link(job, line);
    if (!line.user)
        return;
    if (line.size == 1) {
        const std::uint64_t known = Standings::turnOf(*line.user, line.lane);
        m_standings.add(line, group.available, known > 0 ? known : turn > 0 ? turn : nextTurn());
        enterLane(line);
        return;
    }
    ++laneOf(line).jobs;
    m_standings.addJobs(line, 1);
    if (line.first == &job)
        firstChanged(line);
}

void FairQueue::remove(JobEntry& job)
{
    Line& line = *job.line;
    Group& group = *line.group;
    --m_size;
    --group.size;
    if (group.model != job.model)
        --job.model->strangers;
    if (!line.user) {
        unlink(job);
        if (line.size == 0)
            std::erase(m_urgentGroups, &group);
    } else if (line.size == 1) {
        leaveLane(line);
        m_standings.remove(line);
        unlink(job);
        m_lines[static_cast<std::size_t>(line.lane)].erase(LineKey{line.user, &group});
    } else {
        const bool wasFirst = line.first == &job;
        --laneOf(line).jobs;
        m_standings.addJobs(line, -1);
        unlink(job);
        if (wasFirst)
            firstChanged(line);
    }
    dropIfEmpty(group);
}

Group& FairQueue::move(JobEntry& job, const Eligible& eligible, bool available)
{
    const std::uint64_t turn = Standings::turnOf(*job.user, job.lane);
    Group* known = find(eligible);
    if (known == job.line->group)
        return *known;
    Group& group = known ? *known : make(eligible, available);
    remove(job);
    put(job, group, turn);
    return group;
}

// ---- lines ----

Line& FairQueue::lineOf(JobEntry& job, Group& group)
{
    const auto [place, made] = m_lines[static_cast<std::size_t>(job.lane)].try_emplace(LineKey{job.user, &group});
    Line& line = place->second;
    if (made) {
        line.user = job.user;
        line.group = &group;
        line.lane = job.lane;
    }
    return line;
}

void FairQueue::rank(Line& line)
{
    line.rank = line.rankNow();
    line.user->ranked = std::max(line.user->ranked, line.user->counter);
}

Line* FairQueue::first(GroupLane& lane)
{
    for (;;) {
        Line* line = lane.byRank.top();
        if (!line)
            return nullptr;
        User& user = *line->user;
        if (line->rank.counter == user.counter && line->rank.lastStart == user.lastStart)
            return line; // a turn begins with a start, and another first job is ranked at once
        line->rank = {user.counter, user.lastStart, line->standing->turn, line->rank.first};
        user.ranked = std::max(user.ranked, user.counter);
        lane.byRank.moved(*line);
    }
}

void FairQueue::reposition(User& user)
{
    m_standings.reposition(user);
    if (user.counter > user.ranked || !user.standings)
        return; // its lines rank no better than they are filed, which `first` finds out
    user.ranked = user.counter;
    forEachLine(user, [](Line& line) {
        rank(line);
        laneOf(line).byRank.moved(line);
    });
}

void FairQueue::takeTurn(User& user, Lane lane)
{
    user.lastStart = nextTurn();
    Standings::setTurn(user, lane, user.lastStart);
    m_standings.reposition(user);
}

void FairQueue::setAside(User& user, bool aside)
{
    forEachLine(user, leaveLane);
    m_standings.setAside(user, [&user, aside] { user.aside = aside; });
    forEachLine(user, enterLane);
}

void FairQueue::link(JobEntry& job, Line& line)
{
    JobEntry* before = nullptr; // the one it goes before; null: last
    if (job.urgent) {
        before = line.first;
        while (before && before->urgent > job.urgent)
            before = before->next;
    } else if (job.handedBack || (line.last && line.last->order() > job.order())) {
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

void FairQueue::enterLane(Line& line)
{
    GroupLane& lane = laneOf(line);
    rank(line);
    lane.byRank.insert(line);
    lane.byAge.insert(line);
    lane.jobs += line.size;
}

void FairQueue::leaveLane(Line& line)
{
    GroupLane& lane = laneOf(line);
    lane.byRank.remove(line);
    lane.byAge.remove(line);
    lane.jobs -= line.size;
}

void FairQueue::firstChanged(Line& line)
{
    GroupLane& lane = laneOf(line);
    rank(line);
    lane.byRank.moved(line);
    lane.byAge.moved(line);
    m_standings.firstChanged(line);
}

// ---- choosing ----

Lane FairQueue::agedLane(Lane lane, TimePoint oldest, TimePoint now) const
{
    if (lane == Lane::Pool)
        return lane;
    const auto steps = m_ageing.count() > 0 ? (now - oldest) / m_ageing : 2;
    return static_cast<Lane>(std::max<std::int64_t>(0, static_cast<int>(lane) - std::max<std::int64_t>(0, steps)));
}

void FairQueue::lookAt(Group& group)
{
    if (std::exchange(group.looksAt, true))
        return;
    m_lookedAt.push_back(&group);
}

void FairQueue::lookAtAll()
{
    for (const auto& group : m_groups)
        lookAt(*group);
}

AgedLanes FairQueue::aged(TimePoint now) const
{
    AgedLanes aged = notAged;
    for (const Group* group : m_lookedAt)
        for (const Lane lane : {Lane::Normal, Lane::Batch})
            if (const Line* oldest = group->lanes[static_cast<std::size_t>(lane)].byAge.top()) {
                Lane& best = aged[static_cast<std::size_t>(lane)];
                best = std::min(best, agedLane(lane, oldest->first->arrived, now));
            }
    return aged;
}

JobEntry* FairQueue::best(TimePoint now)
{
    JobEntry* urgent = nullptr;
    for (const Group* group : m_lookedAt) {
        JobEntry* asked = group->urgent.first;
        if (asked && (!urgent || asked->urgent > urgent->urgent))
            urgent = asked;
    }
    if (urgent)
        return urgent;
    const AgedLanes lanesNow = aged(now);
    const Line* best = nullptr;
    for (Group* group : m_lookedAt)
        for (GroupLane& lane : group->lanes) {
            const Line* line = lane.byRank.top();
            if (!line || (best && !before(*line, *best, lanesNow)))
                continue; // its true rank is no better
            line = first(lane);
            if (!best || before(*line, *best, lanesNow))
                best = line;
        }
    return best ? best->first : nullptr;
}

double FairQueue::leastCounter(Group& group)
{
    double least = std::numeric_limits<double>::infinity();
    for (GroupLane& lane : group.lanes)
        if (const Line* line = first(lane))
            least = std::min(least, line->rank.counter);
    return least;
}

} // namespace drover
