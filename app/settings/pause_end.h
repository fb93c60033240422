// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/pause.h"

#include <QDateTime>

#include <string_view>

namespace drover::app {

/// When the day after `now` begins for a person: at 8:00 in `now`'s time zone.
drover::WallTime tomorrowMorning(const QDateTime& now);

/// When a pause ends that a person named: "15m", "1h30m"; "18:00", the next one there is; "tomorrow", at 8:00.
///
/// All in `now`'s time zone. Fails with BadRequest for other text, a plain number (nobody knows its unit), nothing at
/// all of time and more than `pauseLengthMax`; the detail ends a sentence "TEXT must be ...". Pure.
drover::Result<drover::WallTime> parsePauseEnd(std::string_view text, const QDateTime& now);

} // namespace drover::app
