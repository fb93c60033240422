// SPDX-License-Identifier: MIT
#include "app/settings/pause_end.h"

#include <QTest>
#include <QTimeZone>

using namespace drover::app;

namespace {

QDateTime berlin(const char* text)
{
    auto time = QDateTime::fromString(QLatin1String(text), Qt::ISODate);
    time.setTimeZone(QTimeZone("Europe/Berlin"));
    return time;
}

QDateTime timeOf(drover::WallTime time, const QTimeZone& zone)
{
    const auto since = std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch();
    return QDateTime::fromMSecsSinceEpoch(since.count(), zone);
}

} // namespace

class PauseEndTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void understandsWhatPeopleSay_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QDateTime>("now");
        QTest::addColumn<QDateTime>("end");
        const auto row = [](const char* text, const char* now, const char* end) {
            QTest::addRow("%s at %s", text, now) << QByteArray(text) << berlin(now) << berlin(end);
        };
        constexpr auto afternoon = "2026-11-21T15:25:10";
        row("15m", afternoon, "2026-11-21T15:40:10");
        row("1h30m", afternoon, "2026-11-21T16:55:10");
        row("90s", afternoon, "2026-11-21T15:26:40");
        row("2d", afternoon, "2026-11-23T15:25:10");
        row("18:00", afternoon, "2026-11-21T18:00:00");
        row("8:00", afternoon, "2026-11-22T08:00:00");
        row("15:25", afternoon, "2026-11-22T15:25:00");
        row("tomorrow", afternoon, "2026-11-22T08:00:00");
        row("tomorrow", "2026-12-31T23:59:59", "2027-01-01T08:00:00");
        row("tomorrow", "2026-03-28T20:00:00", "2026-03-29T08:00:00"); // the clock goes forward that night
        row("2:30", "2026-03-28T20:00:00", "2026-03-29T03:30:00"); // which is a time that there is not
    }
    void understandsWhatPeopleSay()
    {
        QFETCH(QByteArray, text);
        QFETCH(QDateTime, now);
        QFETCH(QDateTime, end);

        const auto parsed = parsePauseEnd(text.toStdString(), now);

        QVERIFY(parsed.has_value());
        QCOMPARE(timeOf(*parsed, now.timeZone()), end);
    }

    void refusesTheRest_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "15", "0m", "-5m", "32d", "9999999999999h", "24:00", "8:60", "8:0", "123:00",
                 ":30", "soon", "15x", "tomorrow 8:00", "TOMORROW"})
            QTest::addRow("'%s'", text) << QByteArray(text);
    }
    void refusesTheRest()
    {
        QFETCH(QByteArray, text);
        const auto parsed = parsePauseEnd(text.toStdString(), berlin("2026-11-21T15:25:10"));
        QVERIFY(!parsed.has_value());
        QVERIFY(!parsed.error().detail.empty());
    }
};

QTEST_GUILESS_MAIN(PauseEndTest)
#include "pause_end_test.moc"
