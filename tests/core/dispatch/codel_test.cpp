// SPDX-License-Identifier: MIT
#include "core/dispatch/codel.h"
#include "dispatch_scene.h"

#include <QTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr Codel::Law law{5s, 30s};

/// Jobs shed when one is asked about each second from `from` on, for `seconds`, each having waited `waited`.
int shedIn(Codel& codel, TimePoint& now, int seconds, std::chrono::milliseconds waited)
{
    int shed = 0;
    for (; seconds > 0; --seconds, now += 1s)
        while (codel.shed(waited, now, law))
            ++shed;
    return shed;
}

QueuePolicy shedding()
{
    return {.shedding = Shedding::Codel};
}

} // namespace

class CodelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void toleratesABurst()
    {
        Codel codel;
        TimePoint now{1h};

        const int inBurst = shedIn(codel, now, 29, 20s);
        const int after = shedIn(codel, now, 1, 1s);
        const int inNextBurst = shedIn(codel, now, 29, 20s);

        QCOMPARE(inBurst, 0);
        QCOMPARE(after, 0);
        QCOMPARE(inNextBurst, 0);
    }

    void shedsMoreAndMoreWhileTheQueueStands()
    {
        Codel codel;
        TimePoint now{1h};

        const int first = shedIn(codel, now, 60, 20s);
        const int second = shedIn(codel, now, 120, 20s);
        const int third = shedIn(codel, now, 120, 20s);

        QCOMPARE(first, 1); // after 30 s; the second one comes 30 s later
        QVERIFY(second > 4);
        QVERIFY(third > second);
    }

    void followsTheControlLaw()
    {
        Codel codel;
        const TimePoint start{1h};
        std::vector<int> seconds;

        for (TimePoint now = start; now < start + 121s; now += 1s)
            while (codel.shed(20s, now, law))
                seconds.push_back(static_cast<int>((now - start) / 1s));

        // 30, then + 30 / sqrt(1), + 30 / sqrt(2), + 30 / sqrt(3), ... rounded up to whole seconds
        QCOMPARE(seconds, (std::vector<int>{30, 60, 82, 99, 114}));
    }

    void stopsOnceAWaitIsShort()
    {
        Codel codel;
        TimePoint now{1h};
        const int before = shedIn(codel, now, 120, 20s);

        const int during = shedIn(codel, now, 1, 1s);
        const int after = shedIn(codel, now, 30, 20s);

        QVERIFY(before > 1);
        QCOMPARE(during, 0);
        QCOMPARE(after, 0);
    }

    void refusesTheOldestOfAStandingQueue()
    {
        DispatchScene scene(shedding());
        scene.backend(1, 1);
        const auto ids = scene.submitMany("a", 40);

        for (int i = 0; i < 12; ++i) {
            scene.pass(10s);
            scene.finishInTurn(1);
        }

        QVERIFY(!scene.refused.empty());
        for (const auto& [id, refusal] : scene.refused)
            QCOMPARE(refusal, (RefuseJob{id, Errc::WaitedTooLong, 1}));
        QVERIFY(scene.refused.size() < 12);
        QCOMPARE(scene.started.size(), 13u);
    }

    void leavesThoseAloneWhoDoNotMakeTheQueueStand()
    {
        DispatchScene scene(shedding());
        scene.backend(1, 1);
        scene.submitMany("greedy", 200);

        for (int i = 0; i < 60; ++i) {
            if (i % 4 == 0)
                scene.submit("modest");
            scene.pass(10s);
            scene.finishInTurn(1);
        }

        QVERIFY(scene.refused.size() > 10);
        for (const auto& [id, refusal] : scene.refused)
            QCOMPARE(scene.users[id].c_str(), "greedy");
    }

    void neverShedsTheLastJob()
    {
        DispatchScene scene(shedding());
        scene.backend(1, 1);
        scene.submitMany("a", 5);

        for (int i = 0; i < 10; ++i) {
            scene.pass(10min);
            scene.finishInTurn(1);
        }

        QCOMPARE(scene.dispatcher.waiting(), 0u);
        QVERIFY(scene.started.size() >= 2);
        QCOMPARE(scene.started.back().id, JobId{5});
        QCOMPARE(scene.started.size() + scene.refused.size(), 5u);
    }

    void shedsNothingUnlessAsked()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        scene.submitMany("a", 40);

        for (int i = 0; i < 40; ++i) {
            scene.pass(10min);
            scene.finishInTurn(1);
        }

        QVERIFY(scene.refused.empty());
        QCOMPARE(scene.started.size(), 40u);
    }
};

QTEST_GUILESS_MAIN(CodelTest)
#include "codel_test.moc"
