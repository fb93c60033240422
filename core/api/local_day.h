// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/local_time.h"

namespace drover {

/// A day of the calendar in the time zone of this machine; 23 to 25 hours where clocks are changed.
struct LocalDay {
    int date = 0; ///< 20261121; grows from day to day
    WallTime end{}; ///< the first moment of the next day
    bool operator==(const LocalDay&) const = default;
};

/// The day that a moment lies in. Any thread.
LocalDay localDayOf(WallTime when);

} // namespace drover
