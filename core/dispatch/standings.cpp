// SPDX-License-Identifier: MIT
#include "core/dispatch/standings.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace drover {

void Standings::add(Line& line, bool available, std::uint64_t turn)
{
    User& user = *line.user;
    Standing* standing = user.standings.get();
    while (standing && (standing->lane != line.lane || standing->available != available))
        standing = standing->next.get();
    const bool made = !standing;
    if (made) {
        auto fresh = std::make_unique<Standing>();
        fresh->user = &user;
        fresh->lane = line.lane;
        fresh->available = available;
        fresh->turn = turn;
        fresh->next = std::move(user.standings);
        user.standings = std::move(fresh);
        standing = user.standings.get();
    }
    line.standing = standing;
    standing->lines.insert(line);
    if (made) {
        standing->counter = user.counter;
        standing->arrived = standing->first().arrived;
        enter(*standing);
    } else {
        aged(*standing);
    }
    addJobs(line, line.size);
}

void Standings::remove(Line& line)
{
    Standing& standing = *line.standing;
    addJobs(line, -static_cast<std::ptrdiff_t>(line.size));
    if (standing.lines.size() == 1)
        leave(standing);
    standing.lines.remove(line);
    line.standing = nullptr;
    if (!standing.lines.empty())
        return aged(standing);
    std::unique_ptr<Standing>* link = &line.user->standings;
    while (link->get() != &standing)
        link = &(*link)->next;
    *link = std::move(standing.next);
}

void Standings::addJobs(Line& line, std::ptrdiff_t count)
{
    Standing& standing = *line.standing;
    standing.jobs += static_cast<std::uint32_t>(count);
    placeOf(standing).jobs += static_cast<std::size_t>(count);
    standing.lastSequence = std::max(standing.lastSequence, line.last->sequence);
}

void Standings::firstChanged(Line& line)
{
    Standing& standing = *line.standing;
    standing.lines.moved(line);
    aged(standing);
}

/// Another job may be its first.
void Standings::aged(Standing& standing)
{
    const TimePoint arrived = standing.first().arrived;
    if (arrived == standing.arrived)
        return;
    standing.arrived = arrived;
    placeOf(standing).byAge.moved(standing);
}

void Standings::reposition(User& user)
{
    forEach(user, [this, &user](Standing& standing) {
        standing.counter = user.counter;
        placeOf(standing).byRank.moved(standing);
    });
}

void Standings::reorder()
{
    for (Part& part : m_parts)
        for (Place& place : part) {
            const std::vector<Standing*> standings = place.byRank.items();
            place.byRank.clear();
            for (Standing* standing : standings) {
                standing->counter = standing->user->counter;
                place.byRank.insert(*standing);
            }
        }
}

std::uint64_t Standings::turnOf(const User& user, Lane lane)
{
    for (const Standing* standing = user.standings.get(); standing; standing = standing->next.get())
        if (standing->lane == lane)
            return standing->turn;
    return 0;
}

void Standings::setTurn(User& user, Lane lane, std::uint64_t turn)
{
    forEach(user, [lane, turn](Standing& standing) {
        if (standing.lane == lane)
            standing.turn = turn;
    });
}

bool Standings::waitsForAvailable(const User& user)
{
    const Standing* standing = user.standings.get();
    while (standing && !standing->available)
        standing = standing->next.get();
    return standing;
}

double Standings::leastCounter() const
{
    double least = std::numeric_limits<double>::infinity();
    for (const Place& place : part(true, false))
        if (const Standing* first = place.byRank.top())
            least = std::min(least, first->counter);
    return least;
}

Standings::Place& Standings::placeOf(const Standing& standing)
{
    return m_parts[partIndex(standing.available, standing.user->aside)][static_cast<std::size_t>(standing.lane)];
}

void Standings::enter(Standing& standing)
{
    Place& place = placeOf(standing);
    place.byRank.insert(standing);
    place.byAge.insert(standing);
    place.jobs += standing.jobs;
}

void Standings::leave(Standing& standing)
{
    Place& place = placeOf(standing);
    place.byRank.remove(standing);
    place.byAge.remove(standing);
    place.jobs -= standing.jobs;
}

} // namespace drover
