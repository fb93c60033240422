// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace drover::app {

/// A unit and its size in the smallest one.
struct Unit {
    std::string_view name;
    std::int64_t size;
};

inline constexpr std::array durationUnits = {Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"m", 60'000},
    Unit{"s", 1'000}, Unit{"ms", 1}, Unit{"min", 60'000}};
inline constexpr std::array byteUnits = {Unit{"TiB", 1LL << 40}, Unit{"GiB", 1LL << 30}, Unit{"MiB", 1LL << 20},
    Unit{"KiB", 1LL << 10}, Unit{"TB", 1'000'000'000'000}, Unit{"GB", 1'000'000'000}, Unit{"MB", 1'000'000},
    Unit{"kB", 1'000}, Unit{"KB", 1'000}, Unit{"B", 1}};

inline constexpr std::array countUnits = {Unit{"M", 1'000'000}, Unit{"k", 1'000}, Unit{"K", 1'000}};

/// Those that numbers are written in, the largest first; the rest is understood only.
inline constexpr std::span<const Unit> durationUnitsWritten = std::span(durationUnits).first(5);
inline constexpr std::span<const Unit> byteUnitsWritten = std::span(byteUnits).first(4);
inline constexpr std::span<const Unit> countUnitsWritten = std::span(countUnits).first(2);

/// Without blanks around it.
std::string_view trimmed(std::string_view text);

struct Decimal {
    double number = 0;
    std::size_t length = 0; ///< of its text; 0 when there is none
};

/// A decimal number at the beginning of a text, whatever the locale.
Decimal parseDecimal(std::string_view text);

/// Sums "1h 30m"; a plain number counts in `plain`. Nothing when it is no such text or too large.
std::optional<std::int64_t> parseUnits(std::string_view text, std::span<const Unit> units, std::int64_t plain);

/// A whole number with nothing around it.
std::optional<std::int64_t> parseWhole(std::string_view text);

/// In the largest unit that leaves no rest, `gap` between number and unit.
std::string inUnits(std::int64_t number, std::span<const Unit> units, std::string_view gap);

/// True for UTF-8 (RFC 3629 section 4) without control characters.
bool isPlainText(std::string_view text);

} // namespace drover::app
