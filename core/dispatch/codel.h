// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/job.h"

namespace drover {

/// Tells a standing queue from a burst by how long jobs waited when their turn comes (CoDel, RFC 8289 section 5), one
/// for each line as in RFC 8290, so that who makes the queue stand is who is shed.
///
/// Nothing is shed until the wait was above `target` for a whole `interval`; from then on one job at a time, ever
/// faster (interval / sqrt(count)), until a wait is below the target.
class Codel {
public:
    struct Law {
        std::chrono::milliseconds target;
        std::chrono::milliseconds interval;
    };

    /// To be asked about the job whose turn it is: shall it be shed instead of started? `waited` is its time in the
    /// queue; give 0 when it is the last of its line, which is never shed.
    bool shed(std::chrono::nanoseconds waited, TimePoint now, Law law);

private:
    bool standing(std::chrono::nanoseconds waited, TimePoint now, Law law);
    static TimePoint next(TimePoint from, std::uint32_t count, Law law);

    TimePoint m_aboveUntil{}; ///< when the wait will have been above the target for an interval; epoch: it is below
    TimePoint m_nextShed{};
    std::uint32_t m_count = 0; ///< shed since shedding began
    std::uint32_t m_countBefore = 0; ///< m_count when shedding began
    bool m_shedding = false;
};

} // namespace drover
