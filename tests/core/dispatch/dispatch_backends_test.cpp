// SPDX-License-Identifier: MIT
#include "dispatch_scene.h"

#include <QTest>

using namespace drover;
using namespace std::chrono_literals;

/// Where jobs run, and what happens when backends change or fail.
class DispatchBackendsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void choosesTheBestBackend_data()
    {
        QTest::addColumn<BackendCapacity>("one");
        QTest::addColumn<BackendCapacity>("two");
        QTest::addColumn<int>("expected");
        const BackendCapacity plain{.slots = 1, .available = true, .models = {"m:latest"}};
        BackendCapacity large = plain;
        large.slots = 4;
        BackendCapacity loaded = plain;
        loaded.loaded = {"m:latest"};
        BackendCapacity any{.slots = 1, .available = true, .anyModel = true};
        BackendCapacity resting = large;
        resting.available = false;
        BackendCapacity other{.slots = 8, .available = true, .models = {"n:latest"}, .loaded = {"n:latest"}};
        BackendCapacity none = large;
        none.slots = 0;
        QTest::newRow("the first of equals") << plain << plain << 1;
        QTest::newRow("the one with more free slots") << plain << large << 2;
        QTest::newRow("the one with the model in memory") << large << loaded << 2;
        QTest::newRow("the one with the model") << other << plain << 2;
        QTest::newRow("one that takes any model") << other << any << 2;
        QTest::newRow("not one that rests") << resting << plain << 2;
        QTest::newRow("not one without slots") << none << plain << 2;
    }
    void choosesTheBestBackend()
    {
        QFETCH(BackendCapacity, one);
        QFETCH(BackendCapacity, two);
        QFETCH(int, expected);
        DispatchScene scene;
        scene.take(scene.dispatcher.setBackend(1, one, scene.now));
        scene.take(scene.dispatcher.setBackend(2, two, scene.now));

        const JobId job = scene.submit("a");

        QCOMPARE(static_cast<int>(scene.where(job)), expected);
    }

    void spreadsJobsOverFreeSlots()
    {
        DispatchScene scene;
        scene.backend(1, 2);
        scene.backend(2, 3);

        const auto ids = scene.submitMany("a", 5);

        std::vector<BackendId> places;
        for (const JobId id : ids)
            places.push_back(scene.where(id));
        QCOMPARE(places, (std::vector<BackendId>{2, 1, 2, 1, 2}));
    }

    void doesNotHoldUpAJobForAFreeBackend()
    {
        DispatchScene scene;
        scene.backend(1, 1, {"large:latest"});
        scene.backend(2, 1, {"small:latest"});
        for (int i = 0; i < 20; ++i)
            scene.submitJob({.user = "a", .model = "large:latest", .lane = Lane::Interactive});

        const JobId small = scene.submitJob({.user = "a", .model = "small:latest", .lane = Lane::Batch});

        QVERIFY(scene.runs(small));
        QCOMPARE(scene.where(small), 2u);
        QCOMPARE(scene.dispatcher.waiting(), 19u);
    }

    void keepsAJobWaitingWhoseModelNobodyHas()
    {
        DispatchScene scene;
        scene.backend(1, 1, {"m:latest"});

        const JobId job = scene.submitJob({.user = "a", .model = "later:latest", .waitMax = 1h});
        const bool waitsFirst = scene.dispatcher.waiting() == 1;
        const bool servesFirst = scene.dispatcher.canServe("later:latest");
        scene.backend(1, 1, {"m:latest", "later:latest"});

        QVERIFY(waitsFirst);
        QVERIFY(!servesFirst);
        QVERIFY(scene.runs(job));
        QVERIFY(scene.dispatcher.canServe("later:latest"));
    }

    void canServeOnlyWhatAnAvailableBackendHas()
    {
        DispatchScene scene;
        scene.backend(1, 1, {"m:latest"});
        scene.unavailable(2, {"n:latest"});

        QVERIFY(scene.dispatcher.canServe("m:latest"));
        QVERIFY(!scene.dispatcher.canServe("n:latest"));
        QVERIFY(!scene.dispatcher.canServe(""));
        scene.backend(3, 1);
        QVERIFY(scene.dispatcher.canServe("n:latest"));
    }

    void letsJobsAboveALoweredNumberOfSlotsGoOn()
    {
        DispatchScene scene;
        scene.backend(1, 3);
        const auto ids = scene.submitMany("a", 5);

        scene.backend(1, 1);
        scene.finish(ids[0]);
        scene.finish(ids[1]);
        const bool startedEarly = scene.runs(ids[3]);
        scene.finish(ids[2]);

        QVERIFY(!startedEarly);
        QVERIFY(scene.runs(ids[3]));
        QVERIFY(!scene.runs(ids[4]));
    }

    void startsWhatARaisedNumberOfSlotsAllows()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        const auto ids = scene.submitMany("a", 4);

        scene.backend(1, 3);

        QVERIFY(scene.runs(ids[2]));
        QVERIFY(!scene.runs(ids[3]));
    }

    void movesWaitingJobsToABackendThatIsNew()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        const auto ids = scene.submitMany("a", 4);

        scene.backend(2, 2);

        QCOMPARE(scene.where(ids[1]), 2u);
        QCOMPARE(scene.where(ids[2]), 2u);
        QCOMPARE(scene.dispatcher.order(10), (std::vector<JobId>{ids[3]}));
    }

    void keepsTheOrderWhenModelsChange()
    {
        DispatchScene scene;
        scene.backend(1, 1, {"m:latest", "n:latest"});
        std::vector<JobId> ids;
        for (int i = 0; i < 10; ++i)
            ids.push_back(scene.submitJob({.user = "a", .model = i % 2 ? "m:latest" : "n:latest"}));

        scene.unavailable(2, {"m:latest"});
        scene.backend(1, 1);
        scene.take(scene.dispatcher.removeBackend(2, scene.now));
        scene.finishInTurn(9);

        for (std::size_t i = 0; i < ids.size(); ++i)
            QCOMPARE(scene.started[i].id, ids[i]);
    }

    void waitsForAnotherWhenItsBackendIsRemoved()
    {
        DispatchScene scene;
        scene.backend(1, 1, {"m:latest"});
        const auto ids = scene.submitMany("a", 2);

        scene.take(scene.dispatcher.removeBackend(1, scene.now));
        scene.finish(ids[0]);
        const bool startedEarly = scene.runs(ids[1]);
        const int leftBehind = scene.dispatcher.running(1);
        scene.backend(2, 1, {"m:latest"});

        QVERIFY(!startedEarly);
        QCOMPARE(leftBehind, 0);
        QCOMPARE(scene.where(ids[1]), 2u);
    }

    void runsAHandedBackJobElsewhereFirst()
    {
        DispatchScene scene({.waitingMax = 2});
        scene.backend(1, 1, {"m:latest"}, {"m:latest"});
        const JobId job = scene.submit("a");
        scene.backend(2, 1, {"m:latest"});
        const auto others = scene.submitMany("a", 3);
        QCOMPARE(scene.where(others[0]), 2u);

        scene.unavailable(1, {"m:latest"});
        scene.handBack(job);
        QCOMPARE(scene.dispatcher.position(job), 1u);
        QCOMPARE(scene.dispatcher.waiting(), 3u);
        QVERIFY(scene.refused.empty());
        scene.finish(others[0]);

        QCOMPARE(scene.where(job), 2u);
    }

    void keepsTheOrderOfJobsHandedBackTogether()
    {
        DispatchScene scene;
        scene.backend(1, 3, {"m:latest"}, {"m:latest"});
        const auto failed = scene.submitMany("a", 3);
        scene.backend(2, 1, {"m:latest"});
        const auto rest = scene.submitMany("a", 2);

        scene.unavailable(1, {"m:latest"});
        for (const std::size_t i : {1, 0, 2})
            scene.handBack(failed[i]);

        QCOMPARE(scene.dispatcher.order(10), (std::vector<JobId>{failed[0], failed[1], failed[2], rest[1]}));
    }

    void doesNotRunAHandedBackJobWhereItFailed()
    {
        DispatchScene scene;
        scene.backend(1, 1, {"m:latest"}, {"m:latest"});
        const JobId job = scene.submit("a");
        scene.backend(2, 1, {"m:latest"});
        const JobId blocker = scene.submit("b");

        scene.handBack(job);
        const bool waits = !scene.runs(job) && scene.dispatcher.running(1) == 0;
        scene.finish(blocker);

        QVERIFY(waits);
        QCOMPARE(scene.where(job), 2u);
    }

    void runsAHandedBackJobWhereItFailedOnceThatIsBack()
    {
        DispatchScene scene;
        scene.backend(1, 1, {"m:latest"}, {"m:latest"});
        const JobId job = scene.submit("a");
        scene.backend(2, 1, {"m:latest"});
        scene.submit("b");
        scene.unavailable(1, {"m:latest"});
        scene.handBack(job);

        scene.backend(1, 1, {"m:latest"});

        QCOMPARE(scene.where(job), 1u);
    }

    void refusesAHandedBackJobThatNobodyElseCanTake_data()
    {
        QTest::addColumn<BackendCapacity>("other");
        QTest::newRow("without the model") << BackendCapacity{.available = true, .models = {"n:latest"}};
        QTest::newRow("resting") << BackendCapacity{.available = false, .models = {"m:latest"}};
    }
    void refusesAHandedBackJobThatNobodyElseCanTake()
    {
        QFETCH(BackendCapacity, other);
        DispatchScene scene;
        scene.backend(1, 1, {"m:latest"});
        scene.take(scene.dispatcher.setBackend(2, other, scene.now));
        const JobId job = scene.submit("a");

        scene.handBack(job);

        QCOMPARE(scene.refusal(job), (RefuseJob{job, Errc::NoBackend, 1}));
        QCOMPARE(scene.dispatcher.running(), 0u);
        QCOMPARE(scene.dispatcher.waiting(), 0u);
    }

    void handsBackUntilNobodyIsLeft()
    {
        DispatchScene scene;
        for (BackendId id = 1; id <= 3; ++id)
            scene.backend(id, 1);
        const JobId job = scene.submit("a");

        scene.handBack(job);
        scene.handBack(job);
        scene.handBack(job);

        QCOMPARE(scene.started.size(), 3u);
        QCOMPARE(scene.refusal(job).code, Errc::NoBackend);
    }

    void givesBackTheChargeOfAHandedBackJob()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        scene.backend(2, 1);
        scene.submit("b");
        scene.submit("b");
        const double before = scene.dispatcher.charged("b");

        scene.handBack(2);

        QCOMPARE(before, 20.0);
        QCOMPARE(scene.dispatcher.charged("b"), 10.0);
    }

    void refusesAJobThatWaitsForNobody()
    {
        DispatchScene scene;

        const JobId job = scene.submitJob({.user = "a", .waitMax = 10s});
        scene.pass(10s);

        QCOMPARE(scene.refusal(job), (RefuseJob{job, Errc::WaitedTooLong, 1}));
    }
};

QTEST_GUILESS_MAIN(DispatchBackendsTest)
#include "dispatch_backends_test.moc"
