// SPDX-License-Identifier: MIT
#include "core/api/local_time.h"
#include "core/api/pause.h"
#include "core/engine_summary.h"

#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

/// A moment of the local clock, whatever the time zone.
WallTime local(int day, int hour, int minute, int second = 0)
{
    std::tm parts{};
    parts.tm_year = 2026 - 1900;
    parts.tm_mon = 10; // November: no change of the clock is near
    parts.tm_mday = day;
    parts.tm_hour = hour;
    parts.tm_min = minute;
    parts.tm_sec = second;
    parts.tm_isdst = -1;
    return WallTime::clock::from_time_t(std::mktime(&parts));
}

} // namespace

class ClockTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAMomentAsPeopleDo_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char* title, WallTime when, WallTime now, const char* expected) {
            QTest::newRow(title) << clockText(when, now) << std::string(expected);
        };
        row("today", local(21, 15, 40), local(21, 15, 25), "15:40");
        row("rounded up", local(21, 15, 40, 1), local(21, 15, 25), "15:41");
        row("after midnight", local(22, 0, 10), local(21, 23, 55), "tomorrow 00:10");
        row("tomorrow", local(22, 8, 0), local(21, 0, 1), "tomorrow 08:00");
        row("the month's end", local(31, 8, 0), local(30, 12, 0), "tomorrow 08:00"); // the 31st is December's 1st
        row("later", local(24, 8, 0), local(21, 12, 0), "2026-11-24 08:00");
    }
    void namesAMomentAsPeopleDo()
    {
        QFETCH(std::string, text);
        QTEST(text, "expected");
    }

    void saysUntilWhenNewJobsWait()
    {
        Snapshot snapshot;
        snapshot.backends = {{.name = "here", .state = BackendState::Ready}};
        snapshot.paused = true;
        snapshot.running = 1;
        snapshot.waiting = 2;
        summarise(snapshot, local(21, 15, 25));
        QCOMPARE(snapshot.reasonText, std::string("Paused: 1 running, 2 waiting. Nothing new starts."));

        snapshot.pausedUntil =
            std::chrono::floor<std::chrono::milliseconds>(local(21, 15, 40)).time_since_epoch().count();
        summarise(snapshot, local(21, 15, 25));

        QCOMPARE(snapshot.reasonCode, std::string("paused_until"));
        QCOMPARE(
            snapshot.reasonText, std::string("Paused until 15:40: 1 running, 2 waiting. New jobs wait until then."));
    }
};

QTEST_GUILESS_MAIN(ClockTextTest)
#include "clock_text_test.moc"
