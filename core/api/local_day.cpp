// SPDX-License-Identifier: MIT
#include "core/api/local_day.h"

namespace drover {

namespace {

int dateOf(const std::tm& parts)
{
    return (parts.tm_year + 1900) * 10'000 + (parts.tm_mon + 1) * 100 + parts.tm_mday;
}

} // namespace

LocalDay localDayOf(WallTime when)
{
    const std::tm parts = localTime(when);
    LocalDay day;
    day.date = dateOf(parts);
    std::tm midnight{};
    midnight.tm_year = parts.tm_year;
    midnight.tm_mon = parts.tm_mon;
    midnight.tm_mday = parts.tm_mday + 1;
    midnight.tm_isdst = -1;
    day.end = std::chrono::system_clock::from_time_t(std::mktime(&midnight));
    // Where clocks are put forward at midnight there is none: mktime may then give the last hour of this day.
    while (day.end <= when || dateOf(localTime(day.end)) == day.date)
        day.end += std::chrono::minutes(15);
    return day;
}

} // namespace drover
