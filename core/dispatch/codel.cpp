// SPDX-License-Identifier: MIT
#include "core/dispatch/codel.h"

#include <cmath>

namespace drover {

bool Codel::shed(std::chrono::nanoseconds waited, TimePoint now, Law law)
{
    const bool stands = standing(waited, now, law);
    if (!stands) {
        m_shedding = false;
        return false;
    }
    if (m_shedding) {
        if (now < m_nextShed)
            return false;
        ++m_count;
        m_nextShed = next(m_nextShed, m_count, law);
        return true;
    }
    m_shedding = true;
    const std::uint32_t shedLately = m_count - m_countBefore;
    const bool lately = now - m_nextShed < 16 * law.interval;
    m_count = shedLately > 1 && lately ? shedLately : 1;
    m_countBefore = m_count;
    m_nextShed = next(now, m_count, law);
    return true;
}

bool Codel::standing(std::chrono::nanoseconds waited, TimePoint now, Law law)
{
    if (waited < law.target) {
        m_aboveUntil = {};
        return false;
    }
    if (m_aboveUntil == TimePoint{}) {
        m_aboveUntil = now + law.interval;
        return false;
    }
    return now >= m_aboveUntil;
}

TimePoint Codel::next(TimePoint from, std::uint32_t count, Law law)
{
    const std::chrono::duration<double, std::nano> interval = law.interval;
    return from + std::chrono::nanoseconds(std::llround(interval.count() / std::sqrt(static_cast<double>(count))));
}

} // namespace drover
