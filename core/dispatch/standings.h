// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/line.h"

namespace drover {

/// Everybody's standings: in which order lanes and users would be served if every job could run on every backend. The
/// order of the line is foretold from these, and the level at which others come in where there is work.
///
/// A user has at most two for each lane, so a charge costs O(log users) whatever the number of models it waits for.
/// Lines and users are borrowed.
class Standings {
public:
    /// Those of one lane.
    struct Place {
        IndexedHeap<Standing, &Standing::rankPlace, StandingByRank> byRank = {};
        IndexedHeap<Standing, &Standing::agePlace, StandingByAge> byAge = {};
        std::size_t jobs = 0;
    };
    using Part = std::array<Place, laneCount>;

    /// A line that has jobs; of an available group or not. Rank::turn is `turn`, the same for all of a user and lane.
    void add(Line& line, bool available, std::uint64_t turn);
    void remove(Line& line);

    /// The line has jobs more, or fewer (negative). Call `firstChanged` when another is the first.
    void addJobs(Line& line, std::ptrdiff_t count);
    void firstChanged(Line& line);

    /// Call after a user's counter or turns have changed.
    void reposition(User& user);
    /// Call after those of several users have.
    void reorder();

    /// `change` makes it stand aside, or come back.
    template <class Change> void setAside(User& user, Change change)
    {
        forEach(user, [this](Standing& standing) { leave(standing); });
        change();
        forEach(user, [this](Standing& standing) { enter(standing); });
    }

    /// Rank::turn of the user's lines in the lane; 0 when it has none there.
    static std::uint64_t turnOf(const User& user, Lane lane);
    static void setTurn(User& user, Lane lane, std::uint64_t turn); ///< call `reposition` after
    static bool waitsForAvailable(const User& user);

    const Part& part(bool available, bool aside) const { return m_parts[partIndex(available, aside)]; }

    /// Least counter of those who wait for an available backend and do not stand aside; infinity when nobody does.
    double leastCounter() const;

private:
    static std::size_t partIndex(bool available, bool aside) { return (available ? 2U : 0U) + (aside ? 1U : 0U); }
    template <class Visit> static void forEach(User& user, Visit visit)
    {
        for (Standing* standing = user.standings.get(); standing; standing = standing->next.get())
            visit(*standing);
    }
    Place& placeOf(const Standing& standing);
    void enter(Standing& standing);
    void leave(Standing& standing);
    void aged(Standing& standing);

    std::array<Part, 4> m_parts = {};
};

} // namespace drover
