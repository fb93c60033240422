// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <cstdint>
#include <string>

namespace drover::app {

/// A point in time as people write it, milliseconds since 1970: "7d", "12h" or "90m" is so long before `now`; "today"
/// and "yesterday" are that day's midnight; "2026-11-21", "2026-11-21 14:30" and "2026-11-21T14:30:05" are local time,
/// with a "Z" or "+01:00" behind them that one's. Fails with BadRequest, the detail is what it should have been.
drover::Result<std::int64_t> parsePointInTime(const std::string& text, std::int64_t now);

} // namespace drover::app
