// SPDX-License-Identifier: MIT
#include "core/dispatch/pause_clock.h"

#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

/// Both clocks at some moment; each can be moved on its own.
PauseClock::Moment at(std::chrono::seconds steady, std::chrono::seconds wall)
{
    return {.steady = TimePoint(1000s + steady), .wall = WallTime(1'790'000'000s + wall)};
}

PauseClock pausedFor(std::chrono::seconds length)
{
    PauseClock clock;
    clock.begin(at(0s, 0s).wall + length, at(0s, 0s));
    return clock;
}

} // namespace

class PauseClockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsAtTheTimeThatWasPromised()
    {
        const PauseClock clock = pausedFor(900s);
        QVERIFY(clock.pause().paused);
        QVERIFY(!clock.isOver(at(899s, 899s)));
        QVERIFY(clock.isOver(at(900s, 900s)));
    }
    void endsOnTimeWhenTheMachineSleptMeanwhile() { QVERIFY(pausedFor(900s).isOver(at(10s, 900s))); }
    void getsNoLongerWhenSomebodySetsTheClockBack()
    {
        QVERIFY(!pausedFor(900s).isOver(at(899s, -3600s)));
        QVERIFY(pausedFor(900s).isOver(at(900s, -3600s)));
    }
    void goesOnForEverWithoutAnEnd()
    {
        PauseClock clock;
        clock.begin({}, at(0s, 0s));
        QVERIFY(clock.pause().paused);
        QVERIFY(!clock.isOver(at(100 * 24h, 100 * 24h)));
    }
    void aSecondPauseReplacesTheFirst()
    {
        PauseClock clock = pausedFor(900s);
        clock.begin({}, at(10s, 10s));
        QVERIFY(!clock.isOver(at(900s, 900s)));
        clock.begin(at(0s, 60s).wall, at(20s, 20s));
        QVERIFY(clock.isOver(at(60s, 60s)));
    }
    void isNoneWhenItsEndIsOverAlready()
    {
        PauseClock clock = pausedFor(900s);
        clock.begin(at(0s, -1s).wall, at(0s, 0s));
        QVERIFY(!clock.pause().paused);
        QVERIFY(!clock.isOver(at(900s, 900s)));
    }
    void isAtMostAMonthLong()
    {
        const PauseClock clock = pausedFor(std::chrono::seconds(pauseLengthMax) + 1s);
        QVERIFY(clock.pause().until == at(0s, pauseLengthMax).wall);
        PauseClock longest;
        longest.begin(WallTime::max(), at(0s, 0s));
        QVERIFY(longest.isOver(at(pauseLengthMax, 0s)));
    }
    void isOverOnceItWasEnded()
    {
        PauseClock clock = pausedFor(900s);
        clock.end();
        QVERIFY(clock.pause() == Pause{});
    }
};

QTEST_GUILESS_MAIN(PauseClockTest)
#include "pause_clock_test.moc"
