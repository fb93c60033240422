// SPDX-License-Identifier: MIT
#include "app/settings/pause_end.h"

#include "app/settings/number_text.h"

#include <QTime>

namespace drover::app {

namespace {

constexpr int morningHour = 8;

drover::WallTime wallTimeOf(const QDateTime& time)
{
    return drover::WallTime(
        std::chrono::duration_cast<drover::WallTime::duration>(std::chrono::milliseconds(time.toMSecsSinceEpoch())));
}

QDateTime at(const QDateTime& day, int daysLater, QTime time)
{
    auto result = day.addDays(daysLater); // keeps the time zone
    result.setTime(time);
    return result;
}

/// "8:00" or "18:30"; an invalid time for other text.
QTime clockTime(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == text.npos || colon == 0 || colon > 2 || text.size() != colon + 3)
        return {};
    const auto hour = parseWhole(text.substr(0, colon));
    const auto minute = parseWhole(text.substr(colon + 1));
    return hour && minute ? QTime(static_cast<int>(*hour), static_cast<int>(*minute)) : QTime();
}

} // namespace

drover::WallTime tomorrowMorning(const QDateTime& now)
{
    return wallTimeOf(at(now, 1, QTime(morningHour, 0)));
}

drover::Result<drover::WallTime> parsePauseEnd(std::string_view text, const QDateTime& now)
{
    if (text == "tomorrow")
        return tomorrowMorning(now);
    if (const QTime time = clockTime(text); time.isValid()) {
        const auto today = at(now, 0, time);
        return wallTimeOf(today > now ? today : at(now, 1, time));
    }
    constexpr std::int64_t longest = std::chrono::milliseconds(drover::pauseLengthMax).count();
    const auto length = parseWhole(text) ? std::nullopt : parseUnits(text, durationUnits, 1);
    if (!length || *length <= 0 || *length > longest)
        return drover::fail(drover::Errc::BadRequest,
            "a time such as 15m or 2h, at most 31 days, a clock time such as 18:00, or tomorrow");
    return wallTimeOf(now.addMSecs(*length));
}

} // namespace drover::app
