// SPDX-License-Identifier: MIT
#include "core/dispatch/pause_clock.h"

#include <algorithm>

namespace drover {

void PauseClock::begin(std::optional<WallTime> until, Moment now)
{
    if (!until) {
        m_pause = {.paused = true};
        return;
    }
    if (*until <= now.wall)
        return end();
    const WallTime end = std::min<WallTime>(*until, now.wall + pauseLengthMax);
    m_pause = {.paused = true, .until = end};
    m_latestEnd = now.steady + std::chrono::duration_cast<Clock::duration>(end - now.wall);
}

bool PauseClock::isOver(Moment now) const
{
    return m_pause.paused && m_pause.until && (now.wall >= *m_pause.until || now.steady >= m_latestEnd);
}

} // namespace drover
