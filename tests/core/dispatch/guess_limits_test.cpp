// SPDX-License-Identifier: MIT
#include "core/dispatch/guess_limits.h"

#include <QTest>

#include <random>

using namespace drover;
using namespace std::chrono_literals;

namespace {

void failTimes(GuessLimits& limits, std::string_view network, int times, TimePoint now)
{
    for (int i = 0; i < times; ++i)
        limits.failed(network, now);
}

} // namespace

class GuessLimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFewMistakesCostNothing()
    {
        GuessLimits limits;

        for (int i = 0; i < GuessLimits::failuresFree; ++i)
            QCOMPARE(limits.failed("10.0.0.1", TimePoint(1h)).wait, 0ms);

        QCOMPARE(limits.waitOf("10.0.0.1", TimePoint(1h)), 0ms);
    }

    void thenTheWaitDoublesUpToAMinute()
    {
        GuessLimits limits;
        TimePoint now{1h};
        failTimes(limits, "10.0.0.1", GuessLimits::failuresFree, now);

        for (const auto wait : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}) {
            const auto failure = limits.failed("10.0.0.1", now);
            QCOMPARE(failure.wait, std::chrono::milliseconds(wait));
            QCOMPARE(failure.begins, wait == 1s);
            QCOMPARE(limits.waitOf("10.0.0.1", now), std::chrono::milliseconds(wait));
            now += wait;
            QCOMPARE(limits.waitOf("10.0.0.1", now - 1ms), 1ms);
            QCOMPARE(limits.waitOf("10.0.0.1", now), 0ms);
        }
    }

    void aThousandFailuresWaitNoLonger()
    {
        GuessLimits limits;
        TimePoint now{1h};

        for (int i = 0; i < 1'000; ++i, now += 1min)
            limits.failed("10.0.0.1", now);

        QVERIFY(limits.waitOf("10.0.0.1", now) <= GuessLimits::waitMax);
    }

    void othersDoNotWait()
    {
        GuessLimits limits;

        failTimes(limits, "10.0.0.1", 20, TimePoint(1h));

        QCOMPARE(limits.waitOf("10.0.0.2", TimePoint(1h)), 0ms);
    }

    void beingRightForgivesNothing()
    {
        GuessLimits limits;
        failTimes(limits, "10.0.0.1", 20, TimePoint(1h));
        const auto before = limits.waitOf("10.0.0.1", TimePoint(1h));

        limits.succeeded("10.0.0.1", TimePoint(1h));
        limits.succeeded("10.0.0.2", TimePoint(1h));

        QVERIFY(before > 0ms);
        QCOMPARE(limits.waitOf("10.0.0.1", TimePoint(1h)), before);
        QVERIFY(limits.isTrusted("10.0.0.1", TimePoint(1h)));
        QVERIFY(!limits.isTrusted("10.0.0.3", TimePoint(1h)));
        QVERIFY(!limits.isTrusted("10.0.0.1", TimePoint(2h)));
    }

    void itIsForgottenInTime()
    {
        GuessLimits limits;
        failTimes(limits, "10.0.0.1", 20, TimePoint(1h));

        QCOMPARE(limits.failed("10.0.0.1", TimePoint(1h + 9min)).wait, 60s);
        QCOMPARE(limits.failed("10.0.0.1", TimePoint(1h + 19min)).wait, 0ms);
    }

    void aClockThatGoesBackMakesNobodyWaitForLong()
    {
        GuessLimits limits;
        failTimes(limits, "10.0.0.1", 20, TimePoint(10h));

        QVERIFY(limits.waitOf("10.0.0.1", TimePoint(1h)) <= GuessLimits::waitMax);
        QVERIFY(limits.waitOf("10.0.0.2", TimePoint(1h)) <= GuessLimits::waitMax);
    }

    void manyNetworksTogetherAreNoFaster()
    {
        GuessLimits limits;
        TimePoint now{1h};
        std::mt19937 random(7);
        int looked = 0;
        for (int i = 0; i < 600'000; ++i, now += 1ms) { // ten minutes
            const std::string network = "net " + std::to_string(random() % 200'000);
            if (limits.waitOf(network, now) > 0ms)
                continue;
            limits.failed(network, now);
            ++looked;
        }

        QVERIFY(looked >= 10 * GuessLimits::failuresPerMinuteMax);
        QVERIFY(looked <= 11 * GuessLimits::failuresPerMinuteMax + 1);
        QVERIFY(limits.waitOf("somebody", now) > 0ms);
        QVERIFY(limits.waitOf("somebody", now) <= 200ms);
    }

    void remembersSoManyNetworksAndNoMore()
    {
        GuessLimits limits(100);
        TimePoint now{1h};
        failTimes(limits, "old", 10, now);

        for (int i = 0; i < 1'000; ++i, now += 1s)
            failTimes(limits, "net " + std::to_string(i), 1, now);

        QCOMPARE(limits.size(), std::size_t(100));
        QCOMPARE(limits.failed("old", now).wait, 0ms);
    }
};

QTEST_GUILESS_MAIN(GuessLimitsTest)
#include "guess_limits_test.moc"
