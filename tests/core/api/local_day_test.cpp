// SPDX-License-Identifier: MIT
#include "core/api/local_day.h"

#include <QTest>
#include <QTimeZone>

#include <ctime>

using namespace drover;
using namespace std::chrono_literals;

namespace {

WallTime at(const QString& utc)
{
    return WallTime(std::chrono::milliseconds(QDateTime::fromString(utc, Qt::ISODate).toMSecsSinceEpoch()));
}

} // namespace

/// In time zones that put their clocks forward or back; the test chooses the process's zone itself.
class LocalDayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsAtTheNextLocalMidnight_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("now");
        QTest::addColumn<int>("date");
        QTest::addColumn<QString>("end");
        const auto row = [](const char* name, const char* zone, const char* now, int date, const char* end) {
            QTest::newRow(name) << QString::fromLatin1(zone) << QString::fromLatin1(now) << date
                                << QString::fromLatin1(end);
        };
        row("usual day", "Europe/Berlin", "2026-11-21T15:00:00Z", 20261121, "2026-11-21T23:00:00Z");
        row("first moment of a day", "Europe/Berlin", "2026-11-21T23:00:00Z", 20261122, "2026-11-22T23:00:00Z");
        row("last moment of a day", "Europe/Berlin", "2026-11-21T22:59:59Z", 20261121, "2026-11-21T23:00:00Z");
        row("day of 23 hours", "Europe/Berlin", "2026-03-28T23:00:00Z", 20260329, "2026-03-29T22:00:00Z");
        row("day of 25 hours", "Europe/Berlin", "2026-10-24T22:00:00Z", 20261025, "2026-10-25T23:00:00Z");
        row("the hour that comes twice", "Europe/Berlin", "2026-10-25T01:30:00Z", 20261025, "2026-10-25T23:00:00Z");
        row("no midnight", "America/Havana", "2026-03-07T20:00:00Z", 20260307, "2026-03-08T05:00:00Z");
        row("midnight twice", "America/Havana", "2026-11-01T04:30:00Z", 20261101, "2026-11-02T05:00:00Z");
        row("half an hour off", "Asia/Kolkata", "2026-11-21T18:29:00Z", 20261121, "2026-11-21T18:30:00Z");
        row("end of the year", "Pacific/Auckland", "2026-12-31T10:00:00Z", 20261231, "2026-12-31T11:00:00Z");
    }
    void endsAtTheNextLocalMidnight()
    {
        QFETCH(QString, zone);
        QFETCH(QString, now);
        QFETCH(int, date);
        QFETCH(QString, end);
        if (!QTimeZone(zone.toLatin1()).isValid())
            QSKIP("this system does not know the zone");
        qputenv("TZ", zone.toLatin1());
        tzset();

        const LocalDay day = localDayOf(at(now));

        QCOMPARE(day.date, date);
        const auto seconds = std::chrono::system_clock::to_time_t(day.end);
        QCOMPARE(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(Qt::ISODate), end);
    }
};

QTEST_GUILESS_MAIN(LocalDayTest)
#include "local_day_test.moc"
