// SPDX-License-Identifier: MIT
#include "app/history/period.h"

#include <QDateTime>
#include <QtTest>

using namespace drover::app;

namespace {

std::int64_t at(const char* localTime)
{
    return QDateTime::fromString(QLatin1String(localTime), Qt::ISODate).toMSecsSinceEpoch();
}

} // namespace

class PeriodTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTimesAsPeopleWriteThem_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("time");
        const qint64 now = at("2026-11-21T15:30:00");
        const auto row = [](const char* text, qint64 time) { QTest::newRow(text) << QByteArray(text) << time; };
        row("7d", now - 7 * 86'400'000LL);
        row("12h", now - 12 * 3'600'000LL);
        row("1h30m", now - 90 * 60'000LL);
        row("today", at("2026-11-21T00:00:00"));
        row("yesterday", at("2026-11-20T00:00:00"));
        row("2026-11-01", at("2026-11-01T00:00:00"));
        row("2026-11-01 14:30", at("2026-11-01T14:30:00"));
        row("2026-11-01T14:30:05", at("2026-11-01T14:30:05"));
        row("2026-11-01T14:30:05Z", 1'793'543'405'000);
        row("2026-11-01T14:30:05+01:00", 1'793'543'405'000 - 3'600'000);
    }

    void readsTimesAsPeopleWriteThem()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, time);

        const auto read = parsePointInTime(text.toStdString(), at("2026-11-21T15:30:00"));

        QVERIFY(read);
        QCOMPARE(*read, std::int64_t{time});
    }

    void refusesWhatIsNoTime_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "7", "soon", "2026-13-01", "2026-11-31", "-7d", "7 weeks", "21.11.2026", "s"})
            QTest::newRow(text) << QByteArray(text);
    }

    void refusesWhatIsNoTime()
    {
        QFETCH(QByteArray, text);

        const auto read = parsePointInTime(text.toStdString(), at("2026-11-21T15:30:00"));

        QVERIFY(!read);
        QVERIFY(!read.error().detail.empty());
    }
};

QTEST_GUILESS_MAIN(PeriodTest)
#include "period_test.moc"
