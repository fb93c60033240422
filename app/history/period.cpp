// SPDX-License-Identifier: MIT
#include "app/history/period.h"

#include "app/settings/value_text.h"

#include <QDateTime>

namespace drover::app {

drover::Result<std::int64_t> parsePointInTime(const std::string& text, std::int64_t now)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(now).date();
    if (text == "today")
        return today.startOfDay().toMSecsSinceEpoch();
    if (text == "yesterday")
        return today.addDays(-1).startOfDay().toMSecsSinceEpoch();
    constexpr std::int64_t century = 36'500LL * 86'400'000;
    const bool hasUnit = !text.empty() && std::string_view("dhms").find(text.back()) != std::string_view::npos;
    if (hasUnit) {
        if (const auto ago = parseValue({.type = ValueType::Duration, .least = 0, .most = century}, text))
            return now - std::get<std::chrono::milliseconds>(*ago).count();
    }
    const QString written = QString::fromStdString(text).trimmed();
    const QDate date = QDate::fromString(written, Qt::ISODate);
    if (date.isValid() && written.size() == 10)
        return date.startOfDay().toMSecsSinceEpoch();
    const QDateTime time =
        QDateTime::fromString(QString(written).replace(QLatin1Char(' '), QLatin1Char('T')), Qt::ISODate);
    if (time.isValid() && written.size() > 10)
        return time.toMSecsSinceEpoch();
    return drover::fail(drover::Errc::BadRequest, "a time such as 7d, 12h, today, 2026-11-21 or \"2026-11-21 14:30\"");
}

} // namespace drover::app
