// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/pause.h"
#include "core/dispatch/job.h"

namespace drover {

/// Knows when a pause ends by itself.
///
/// That is when the clock on the wall shows the time that was promised: so a machine that slept meanwhile goes on when
/// it wakes. A wall clock that was set back makes no pause longer: it also ends once the time that was left at its
/// beginning has passed on a clock that nobody sets. Pure; time is an argument.
class PauseClock {
public:
    /// The same moment on both clocks.
    struct Moment {
        TimePoint steady{};
        WallTime wall{};
    };

    /// From now on, in place of any pause there was. One whose end is not in the future is none.
    void begin(std::optional<WallTime> until, Moment now);
    void end() { m_pause = {}; }

    const Pause& pause() const { return m_pause; }

    /// It should be ended now.
    bool isOver(Moment now) const;

private:
    Pause m_pause = {};
    TimePoint m_latestEnd{}; ///< of a pause with an end
};

} // namespace drover
