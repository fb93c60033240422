// SPDX-License-Identifier: MIT
#include "app/ollama/output_ring.h"
#include "app/ollama/restart_policy.h"
#include "app/ollama/sleep_watch.h"

#include <QTest>

#include <vector>

using namespace drover::app;
using namespace std::chrono_literals;
using Milliseconds = std::vector<qint64>; ///< -1 stands for giving up

Q_DECLARE_METATYPE(Milliseconds)

class RestartPolicyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void restartsWithBackOffAndGivesUp_data()
    {
        QTest::addColumn<Milliseconds>("endsAt");
        QTest::addColumn<Milliseconds>("delays");
        QTest::newRow("one crash") << Milliseconds{0} << Milliseconds{1'000};
        QTest::newRow("a crash loop") << Milliseconds{0, 2'000, 5'000, 10'000, 20'000, 40'000}
                                      << Milliseconds{1'000, 2'000, 4'000, 8'000, 10'000, -1};
        QTest::newRow("just within the window")
            << Milliseconds{0, 1, 2, 3, 4, 599'999} << Milliseconds{1'000, 2'000, 4'000, 8'000, 10'000, -1};
        QTest::newRow("the first is out of the window")
            << Milliseconds{0, 1, 2, 3, 4, 600'000} << Milliseconds{1'000, 2'000, 4'000, 8'000, 10'000, 10'000};
        QTest::newRow("one crash a quarter of an hour") << Milliseconds{0, 900'000, 1'800'000, 2'700'000, 3'600'000,
            4'500'000, 5'400'000} << Milliseconds(7, 1'000);
        QTest::newRow("giving up is no restart itself")
            << Milliseconds{0, 1, 2, 3, 4, 5, 600'001} << Milliseconds{1'000, 2'000, 4'000, 8'000, 10'000, -1, 8'000};
    }

    void restartsWithBackOffAndGivesUp()
    {
        QFETCH(Milliseconds, endsAt);
        QFETCH(Milliseconds, delays);
        RestartPolicy policy({.restartsMax = 5, .window = 600s, .delayFirst = 1s, .delayMost = 10s});

        Milliseconds given;
        for (const qint64 at : endsAt) {
            const auto decision = policy.ended(RestartPolicy::TimePoint(std::chrono::milliseconds(at)));
            given.push_back(decision.delay ? decision.delay->count() : -1);
            QCOMPARE(decision.reason.empty(), decision.delay.has_value());
        }

        QCOMPARE(given, delays);
    }

    void saysHowOftenItEnded()
    {
        RestartPolicy policy({.restartsMax = 2});
        const RestartPolicy::TimePoint now{};
        policy.ended(now);
        policy.ended(now);

        const auto decision = policy.ended(now);

        QCOMPARE(decision.reason, std::string("It ended 3 times within 10 min, so it is not started again."));
        QCOMPARE(policy.restarts(), 2);
        policy.forget();
        QVERIFY(policy.ended(now).delay);
        QCOMPARE(policy.restarts(), 1);
    }

    void recognisesSleep_data()
    {
        QTest::addColumn<int>("monotonic");
        QTest::addColumn<int>("wall");
        QTest::addColumn<bool>("slept");
        QTest::newRow("awake") << 5 << 5 << false;
        QTest::newRow("a busy machine") << 30 << 30 << false;
        QTest::newRow("asleep, the monotonic clock stands still") << 5 << 3'600 << true;
        QTest::newRow("asleep, both clocks go on") << 3'600 << 3'600 << true;
        QTest::newRow("the wall clock is set back") << 5 << -3'600 << false;
    }

    void recognisesSleep()
    {
        QFETCH(int, monotonic);
        QFETCH(int, wall);
        QFETCH(bool, slept);
        SleepWatch watch(30s);
        const SleepWatch::Moment first{
            std::chrono::steady_clock::time_point(100'000s), std::chrono::system_clock::time_point(1'000'000s)};

        const bool atFirst = watch.sleptUntil(first);
        const bool then = watch.sleptUntil(
            {first.monotonic + std::chrono::seconds(monotonic), first.wall + std::chrono::seconds(wall)});

        QVERIFY(!atFirst);
        QCOMPARE(then, slept);
    }

    void keepsTheLastLines()
    {
        OutputRing ring;

        for (int i = 0; i <= OutputRing::linesMax; ++i)
            ring.add("line " + QByteArray::number(i) + (i % 2 ? "\r\n" : "\n"));
        ring.add(QByteArray(3 * OutputRing::lineBytesMax, 'x'));

        const QStringList lines = ring.lines();
        QCOMPARE(lines.size(), OutputRing::linesMax + 1);
        QCOMPARE(lines.first(), QStringLiteral("line 1"));
        QCOMPARE(lines.last().size(), OutputRing::lineBytesMax);
    }

    void findsTheLastError()
    {
        OutputRing ring;
        QCOMPARE(ring.lastError(), QString());

        ring.add("Error: one\nfine\n Error: address al");
        ring.add("ready in use\nbye\n");

        QCOMPARE(ring.lastError(), QStringLiteral("Error: address already in use"));
    }
};

QTEST_GUILESS_MAIN(RestartPolicyTest)
#include "restart_policy_test.moc"
