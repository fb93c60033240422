// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace drover {

/// Seconds since 1970 of "2026-11-21T08:19:17.712583376Z" or "...+01:00"; fractions are dropped. Nothing for other text
/// and for years before 1970.
std::optional<std::int64_t> parseRfc3339(std::string_view text);

/// "2026-11-21T08:19:17Z". Seconds since 1970, up to the year 9999.
std::string formatRfc3339(std::int64_t seconds);

/// "2026-11-21T08:19:17.712583376Z": nine digits of fraction, as Go writes `created_at`. Nanoseconds since 1970.
std::string formatRfc3339Nanoseconds(std::int64_t nanoseconds);

} // namespace drover
