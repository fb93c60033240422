// SPDX-License-Identifier: MIT
#include "dispatch_scene.h"

#include <QTest>

using namespace drover;
using namespace std::chrono_literals;

/// Starting, lanes, limits, waiting too long, cancelling, pausing, jumping the queue.
class DispatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsAtOnceWhenASlotIsFree()
    {
        DispatchScene scene;
        scene.backend(1, 2);

        const auto ids = scene.submitMany("a", 3);

        QVERIFY(scene.runs(ids[0]));
        QVERIFY(scene.runs(ids[1]));
        QVERIFY(!scene.runs(ids[2]));
        QCOMPARE(scene.dispatcher.waiting(), 1u);
        QCOMPARE(scene.dispatcher.running(), 2u);
        QCOMPARE(scene.dispatcher.running(1), 2);
    }

    void keepsTheOrderOfOneUser()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        const auto ids = scene.submitMany("a", 5);

        scene.finishInTurn(4);

        for (std::size_t i = 0; i < ids.size(); ++i)
            QCOMPARE(scene.started[i].id, ids[i]);
    }

    void ignoresAnIdThatIsKnown()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        scene.submit("a");

        const Actions actions = scene.dispatcher.submit({.id = 1, .user = "b"}, scene.now);

        QVERIFY(actions.empty());
        QCOMPARE(scene.dispatcher.running(), 1u);
        QCOMPARE(scene.dispatcher.waiting(), 0u);
    }

    void ignoresIdsThatAreNotKnown()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        const JobId waits = scene.submitMany("a", 2)[1];

        QVERIFY(scene.dispatcher.cancel(99, scene.now).empty());
        QVERIFY(scene.dispatcher.finished(99, scene.now).empty());
        QVERIFY(scene.dispatcher.handBack(99, scene.now).empty());
        QVERIFY(scene.dispatcher.startNext(99, scene.now).empty());
        scene.dispatcher.progress(99, 1, 1, scene.now);
        QVERIFY(scene.dispatcher.finished(waits, scene.now).empty());
        QVERIFY(scene.dispatcher.handBack(waits, scene.now).empty());

        QCOMPARE(scene.dispatcher.waiting(), 1u);
        QCOMPARE(scene.dispatcher.position(99), 0u);
    }

    void servesBetterLanesFirst()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        scene.submit("z");
        scene.submit("batch", Lane::Batch);
        scene.submit("normal", Lane::Normal);
        scene.submit("interactive", Lane::Interactive);

        scene.finishInTurn(4);

        QCOMPARE(scene.startedUsers().c_str(), "z interactive normal batch");
    }

    void putsAJobOneLaneUpForEachAgeingItWaited()
    {
        DispatchScene scene({.laneAgeing = 30s});
        scene.backend(1, 1);
        scene.submit("z");
        scene.submit("batch", Lane::Batch);
        scene.pass(29s);
        scene.submit("normal", Lane::Normal);
        scene.finish(1);
        const std::string young = scene.startedUsers();
        scene.pass(2s);
        scene.submit("normal2", Lane::Normal);
        scene.finishInTurn(1);
        const std::string old = scene.startedUsers();

        QCOMPARE(young.c_str(), "z normal");
        QCOMPARE(old.c_str(), "batch");
    }

    void doesNotStarveTheBatchLane()
    {
        DispatchScene scene({.laneAgeing = 30s});
        scene.backend(1, 1);
        scene.submitMany("chat", 3, Lane::Interactive);
        const JobId batch = scene.submit("crawler", Lane::Batch);

        int steps = 0;
        for (; !scene.runs(batch) && steps < 100; ++steps) {
            scene.submit("chat", Lane::Interactive);
            scene.pass(1s);
            scene.finishInTurn(1);
        }

        QVERIFY2(steps >= 60, "it waits behind better lanes");
        QVERIFY2(steps <= 62, "but no longer than twice the ageing");
    }

    void letsAUsersOwnChatPassItsOwnAgedBatch()
    {
        DispatchScene scene({.laneAgeing = 30s});
        scene.backend(1, 1);
        scene.submitMany("a", 100, Lane::Batch);
        scene.pass(5min);
        scene.finishInTurn(1);

        const JobId chat = scene.submit("a", Lane::Interactive);
        scene.finishInTurn(2);

        QVERIFY(scene.runs(chat));
    }

    void refusesWhatIsOverALimit_data()
    {
        QTest::addColumn<QueuePolicy>("policy");
        QTest::addColumn<Job>("job");
        QTest::addColumn<Errc>("code");
        const Job small{.user = "a", .bytes = 10};
        QTest::newRow("waiting in all") << QueuePolicy{.waitingMax = 3} << Job{.user = "new"} << Errc::QueueFull;
        QTest::newRow("of one user") << QueuePolicy{.waitingPerUserMax = 3} << small << Errc::UserQueueFull;
        QTest::newRow("bytes") << QueuePolicy{.bytesMax = 39} << Job{.user = "b", .bytes = 10} << Errc::QueueFull;
        QTest::newRow("one too large by itself")
            << QueuePolicy{.bytesMax = 100} << Job{.user = "b", .bytes = SIZE_MAX} << Errc::QueueFull;
    }
    void refusesWhatIsOverALimit()
    {
        QFETCH(QueuePolicy, policy);
        QFETCH(Job, job);
        QFETCH(Errc, code);
        DispatchScene scene(policy);
        scene.backend(1, 1);
        for (int i = 0; i < 4; ++i)
            scene.submitJob({.user = "a", .bytes = 10});
        QVERIFY(scene.refused.empty());

        const JobId refused = scene.submitJob(job);

        QCOMPARE(scene.refusal(refused), (RefuseJob{refused, code, 4}));
        QCOMPARE(scene.dispatcher.waiting(), 3u);
        QCOMPARE(scene.dispatcher.waitingBytes(), 30u);
        QVERIFY(scene.dispatcher.usersKnown() <= 1);
    }

    void refusesNothingThatCanStartAtOnce()
    {
        DispatchScene scene({.waitingMax = 0, .waitingPerUserMax = 0, .bytesMax = 0});
        scene.backend(1, 1);

        const JobId runs = scene.submitJob({.user = "a", .bytes = 1000});
        const JobId refused = scene.submit("a");

        QVERIFY(scene.runs(runs));
        QVERIFY(scene.refused.contains(refused));
    }

    void loweredLimitsSendNobodyAway()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        scene.submitMany("a", 10);

        scene.take(scene.dispatcher.setPolicy({.waitingMax = 2, .waitingPerUserMax = 2, .bytesMax = 0}, scene.now));
        const JobId late = scene.submit("b");

        QCOMPARE(scene.dispatcher.waiting(), 9u);
        QCOMPARE(scene.refusal(late), (RefuseJob{late, Errc::QueueFull, 10}));
    }

    void refusesWhoWaitedTooLong()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        scene.submit("a");
        const JobId patient = scene.submitJob({.user = "a", .waitMax = 0ms});
        const JobId hasty = scene.submitJob({.user = "a", .waitMax = 10s});

        scene.pass(9'999ms);
        const bool early = !scene.refused.empty();
        scene.pass(1ms);

        QVERIFY(!early);
        QCOMPARE(scene.refusal(hasty), (RefuseJob{hasty, Errc::WaitedTooLong, 2}));
        QVERIFY(!scene.refused.contains(patient));
    }

    void tellsEachOfManyWhoWaitedTooLongItsPlace()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        for (int i = 0; i < 401; ++i)
            scene.submitJob({.user = "a", .waitMax = 10s});

        scene.pass(10s);

        QCOMPARE(scene.refused.size(), 400u);
        for (JobId id = 2; id <= 257; ++id)
            QCOMPARE(scene.refusal(id).position, static_cast<std::uint32_t>(id - 1));
        for (JobId id = 258; id <= 401; ++id)
            QVERIFY(scene.refusal(id).position > 256 && scene.refusal(id).position <= 400);
        QCOMPARE(scene.dispatcher.waiting(), 0u);
    }

    void survivesWaitsThatAreAbsurdlyLong()
    {
        DispatchScene scene({.laneAgeing = std::chrono::milliseconds::max()});
        scene.backend(1, 1);
        scene.submit("a");

        scene.submitJob({.user = "a", .lane = Lane::Batch, .waitMax = std::chrono::milliseconds::max()});
        scene.pass(std::chrono::hours(24));

        QCOMPARE(scene.dispatcher.waiting(), 1u);
    }

    void forgetsACancelledJobThatWaits()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        const auto ids = scene.submitMany("a", 4);

        scene.cancel(ids[2]);
        scene.finishInTurn(4);

        QCOMPARE(scene.started.size(), 3u);
        QVERIFY(!scene.runs(ids[2]));
        QCOMPARE(scene.dispatcher.waiting(), 0u);
    }

    void freesTheSlotOfACancelledJobThatRuns()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        const auto ids = scene.submitMany("a", 2);

        scene.cancel(ids[0]);

        QVERIFY(scene.runs(ids[1]));
        QCOMPARE(scene.dispatcher.running(), 1u);
    }

    void startsNothingWhilePaused()
    {
        DispatchScene scene;
        scene.backend(1, 2);
        scene.pause(true);

        const JobId first = scene.submit("a");
        const JobId urgent = scene.submit("a");
        scene.startNext(urgent);
        const bool startedEarly = !scene.started.empty();
        scene.pause(false);

        QVERIFY(!startedEarly);
        QCOMPARE(scene.started[0].id, urgent);
        QCOMPARE(scene.started[1].id, first);
    }

    void keepsLimitsWhilePaused()
    {
        DispatchScene scene({.waitingMax = 1});
        scene.backend(1, 2);
        scene.pause(true);

        scene.submit("a");
        const JobId refused = scene.submit("a");

        QCOMPARE(scene.refusal(refused), (RefuseJob{refused, Errc::QueueFull, 2}));
    }

    void startsTheJobThatSomebodyAskedForNext()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        scene.submit("a");
        const JobId chat = scene.submit("b", Lane::Interactive);
        const auto batch = scene.submitMany("a", 5, Lane::Batch);

        scene.startNext(batch[4]);
        scene.startNext(batch[2]);
        QCOMPARE(scene.dispatcher.position(batch[2]), 1u);
        QCOMPARE(scene.dispatcher.position(batch[4]), 2u);
        QCOMPARE(scene.dispatcher.position(chat), 3u);
        scene.finishInTurn(3);

        QCOMPARE(scene.started[1].id, batch[2]);
        QCOMPARE(scene.started[2].id, batch[4]);
        QCOMPARE(scene.started[3].id, chat);
    }
};

QTEST_GUILESS_MAIN(DispatcherTest)
#include "dispatcher_test.moc"
