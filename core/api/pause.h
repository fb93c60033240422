// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace drover {

/// A moment that people name by clock and date.
using WallTime = std::chrono::system_clock::time_point;

/// Whether waiting jobs are held back, and until when.
struct Pause {
    bool paused = false;
    std::optional<WallTime> until = {}; ///< it ends by itself then; nothing: when somebody resumes
    bool operator==(const Pause&) const = default;
};

/// A pause with an end is at most as long as this; a later end is moved to it.
inline constexpr std::chrono::hours pauseLengthMax{31 * 24};

/// A moment as the clock on the wall shows it, for a person who reads it at `now`: "15:40", "tomorrow 08:00", else
/// "2026-11-24 08:00". Seconds are rounded up, so that what is announced is never late. Local time; any thread.
std::string clockText(WallTime when, WallTime now);

} // namespace drover
