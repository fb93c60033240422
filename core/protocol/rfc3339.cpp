// SPDX-License-Identifier: MIT
#include "core/protocol/rfc3339.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace drover {

namespace {

/// The number in `count` digits at `at`; -1 when there are other bytes.
int digits(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size())
        return -1;
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Seconds that "Z", "+01:00", "-0530" is ahead of UTC; nothing for other text.
std::optional<std::int64_t> offset(std::string_view zone)
{
    if (zone == "Z" || zone == "z")
        return 0;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':')
        return std::nullopt;
    const int hours = digits(zone, 1, 2);
    const int minutes = digits(zone, 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return std::nullopt;
    const std::int64_t seconds = (hours * 60 + minutes) * 60;
    return zone[0] == '-' ? -seconds : seconds;
}

} // namespace

std::optional<std::int64_t> parseRfc3339(std::string_view text)
{
    using namespace std::chrono;
    const std::array<int, 6> parts{digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2), digits(text, 11, 2),
        digits(text, 14, 2), digits(text, 17, 2)};
    for (const int part : parts) {
        if (part < 0)
            return std::nullopt;
    }
    if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't' && text[10] != ' ') || text[13] != ':'
        || text[16] != ':' || parts[3] > 23 || parts[4] > 59 || parts[5] > 60)
        return std::nullopt;
    const year_month_day date{
        year(parts[0]), month(static_cast<unsigned>(parts[1])), day(static_cast<unsigned>(parts[2]))};
    if (!date.ok())
        return std::nullopt;
    std::string_view zone = text.substr(19);
    if (zone.starts_with('.'))
        zone.remove_prefix(std::min(zone.find_first_not_of("0123456789", 1), zone.size()));
    const auto ahead = offset(zone);
    if (!ahead)
        return std::nullopt;
    const std::int64_t seconds = std::int64_t{sys_days(date).time_since_epoch().count()} * 86'400 + parts[3] * 3600
        + parts[4] * 60 + parts[5] - *ahead;
    return seconds < 0 ? std::nullopt : std::optional(seconds);
}

std::string formatRfc3339(std::int64_t seconds)
{
    using namespace std::chrono;
    const sys_days date{days(seconds / 86'400)};
    const year_month_day parts(date);
    const auto time = static_cast<int>(seconds % 86'400);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(parts.year()),
        static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()), time / 3600, time / 60 % 60,
        time % 60);
    return text.data();
}

std::string formatRfc3339Nanoseconds(std::int64_t nanoseconds)
{
    std::string text = formatRfc3339(nanoseconds / 1'000'000'000);
    std::array<char, 24> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%09dZ", static_cast<int>(nanoseconds % 1'000'000'000));
    text.pop_back();
    return text + fraction.data();
}

} // namespace drover
