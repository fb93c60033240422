// SPDX-License-Identifier: MIT
#include "core/api/pause.h"

#include "core/api/local_time.h"

#include <array>

namespace drover {

std::string clockText(WallTime when, WallTime now)
{
    const std::tm shown = localTime(std::chrono::ceil<std::chrono::minutes>(when));
    const std::tm today = localTime(now);
    std::tm nextDay = today;
    ++nextDay.tm_mday;
    nextDay.tm_hour = 12; // no change to or from summer time is there
    nextDay.tm_isdst = -1;
    std::mktime(&nextDay);
    const auto sameDay = [&shown](const std::tm& day) {
        return shown.tm_year == day.tm_year && shown.tm_yday == day.tm_yday;
    };

    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), sameDay(today) || sameDay(nextDay) ? "%H:%M" : "%Y-%m-%d %H:%M", &shown);
    return (sameDay(nextDay) ? "tomorrow " : "") + std::string(text.data());
}

} // namespace drover
