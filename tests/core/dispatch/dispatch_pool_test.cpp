// SPDX-License-Identifier: MIT
#include "dispatch_scene.h"

#include <QTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr const char* model = "m:latest";

/// Runs one job of the model on a backend for that long, with so many output tokens.
void runOne(DispatchScene& scene, BackendId backend, std::chrono::milliseconds time, std::uint64_t outputTokens)
{
    const JobId job = scene.submit("somebody");
    if (scene.where(job) != backend)
        throw std::logic_error("it runs elsewhere");
    scene.now += time;
    scene.dispatcher.progress(job, 10, outputTokens, scene.now);
    scene.finish(job);
}

} // namespace

/// What a hosted pool adds: whose jobs go where, which worker is chosen, workers that vanish.
class DispatchPoolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // ---- realms ----

    void runsJobsOnlyWhereTheirRealmIsTaken_data()
    {
        QTest::addColumn<bool>("takesOwn");
        QTest::addColumn<bool>("takesPooled");
        QTest::addColumn<bool>("anyModel");
        for (const bool any : {false, true})
            for (const bool own : {false, true})
                for (const bool pooled : {false, true})
                    QTest::addRow("own %d, pooled %d, any model %d", own, pooled, any) << own << pooled << any;
    }
    void runsJobsOnlyWhereTheirRealmIsTaken()
    {
        QFETCH(bool, takesOwn);
        QFETCH(bool, takesPooled);
        QFETCH(bool, anyModel);
        DispatchScene scene;
        BackendCapacity capacity{
            .slots = 4, .available = true, .anyModel = anyModel, .takesOwn = takesOwn, .takesPooled = takesPooled};
        if (!anyModel)
            capacity.models = {model};
        scene.take(scene.dispatcher.setBackend(1, capacity, scene.now));

        const JobId own = scene.submitJob({.user = "a"});
        const JobId pooled = scene.submitJob({.user = "b", .realm = Realm::Pooled});

        QCOMPARE(scene.runs(own), takesOwn);
        QCOMPARE(scene.runs(pooled), takesPooled);
        QCOMPARE(scene.dispatcher.canServe(model), takesOwn);
        QCOMPARE(scene.dispatcher.canServe(model, Realm::Own), takesOwn);
        QCOMPARE(scene.dispatcher.canServe(model, Realm::Pooled), takesPooled);
        QCOMPARE(scene.dispatcher.canServe(1, model), takesOwn);
        QCOMPARE(scene.dispatcher.canServe(1, model, Realm::Pooled), takesPooled);
    }

    void keepsJobsOfEveryRealmTogetherWhenTheirModelIsGoneAndBack()
    {
        for (const Realm realm : {Realm::Own, Realm::Pooled, Realm::Linked}) {
            DispatchScene scene;
            scene.backend(1, 0, {model});
            const JobId first = scene.submitJob({.user = "a", .realm = realm});
            scene.take(scene.dispatcher.removeBackend(1, scene.now));
            const JobId second = scene.submitJob({.user = "a", .realm = realm});
            QVERIFY(scene.started.empty());

            scene.backend(2, 1); // takes any
            QVERIFY(scene.runs(first));
            scene.finish(first);

            QVERIFY(scene.runs(second));
        }
    }

    void startsWhatWaitsWhenABackendBeginsToTakeItsRealm()
    {
        DispatchScene scene;
        BackendCapacity capacity{.slots = 1, .available = true, .models = {model}, .takesPooled = false};
        scene.take(scene.dispatcher.setBackend(1, capacity, scene.now));
        const JobId pooled = scene.submitJob({.user = "b", .realm = Realm::Pooled});
        QVERIFY(!scene.runs(pooled));

        capacity.takesPooled = true;
        scene.take(scene.dispatcher.setBackend(1, capacity, scene.now));

        QVERIFY(scene.runs(pooled));
    }

    void sharesABackendFairlyBetweenTheRealms()
    {
        DispatchScene scene({.fairness = Fairness::Requests});
        scene.backend(1, 1, {model});
        for (int i = 0; i < 4; ++i) {
            scene.submitJob({.user = "own"});
            scene.submitJob({.user = "pooled", .realm = Realm::Pooled});
        }

        scene.finishInTurn(8);

        QCOMPARE(scene.startedUsers().c_str(), "own pooled own pooled own pooled own pooled");
    }

    void bringsInANewcomerLevelWithThoseWhoWaitForTheSameWorkers()
    {
        constexpr BackendId workers = 100;
        DispatchScene scene({.fairness = Fairness::Requests});
        for (BackendId id = 1; id <= workers; ++id)
            scene.backend(id, 1, {model, "n:latest"});
        scene.submitMany("greedy", 400);
        scene.finishInTurn(150);
        scene.startedUsers();

        for (int i = 0; i < 10; ++i)
            scene.submitJob({.user = "new", .model = "n:latest"});
        scene.finishInTurn(6);

        QCOMPARE(scene.startedUsers().c_str(), "new greedy new greedy new greedy");
    }

    void ranksAUserWithManyModelsByWhatWasGivenBack()
    {
        DispatchScene scene;
        scene.backend(1, 1, {"a1", "a2", "a3", model});
        const JobId large = scene.submitJob({.user = "a", .model = "a1", .promptTokens = 1000});
        std::vector<JobId> own;
        for (const char* name : {"a2", "a3"})
            own.push_back(scene.submitJob({.user = "a", .model = name}));
        const JobId other = scene.submit("b"); // comes in level with a, at 1000, and is before it
        QCOMPARE(scene.dispatcher.order(3).front(), other);

        scene.dispatcher.progress(large, 20, 1, scene.now); // it cost much less than its estimate
        QCOMPARE(scene.dispatcher.order(3), (std::vector<JobId>{own[0], own[1], other}));
        scene.finishInTurn(3);

        QVERIFY(scene.runs(other));
        QCOMPARE(scene.started[1].id, own[0]);
        QCOMPARE(scene.started[2].id, own[1]);
    }

    // ---- which worker ----

    void prefersTheFasterOfEquallyFreeWorkers()
    {
        DispatchScene scene;
        scene.backend(1, 1, {model});
        runOne(scene, 1, 10s, 100);
        scene.backend(2, 1, {model});
        runOne(scene, 2, 10s, 1000); // it was never tried, so it comes first

        const JobId job = scene.submit("a");

        QCOMPARE(scene.where(job), 2u);
        QCOMPARE(scene.dispatcher.tokensPerSecond(1, model), 10.0);
        QCOMPARE(scene.dispatcher.tokensPerSecond(2, model), 100.0);
    }

    void putsFreeSlotsBeforeSpeed()
    {
        DispatchScene scene;
        scene.backend(1, 2, {model});
        runOne(scene, 1, 10s, 1000);
        scene.backend(2, 1, {model});
        scene.unavailable(1, {model});
        runOne(scene, 2, 10s, 5000);
        scene.backend(1, 2, {model});

        QCOMPARE(scene.where(scene.submit("a")), 1u);
        QCOMPARE(scene.where(scene.submit("a")), 2u); // one free slot each
    }

    void takesTheWarmerOfAboutEquallyFastWorkers()
    {
        DispatchScene scene;
        for (const BackendId id : {1u, 2u}) {
            scene.backend(id, 1, {model});
            scene.unavailable(3 - id, {model});
            runOne(scene, id, 10s, id == 1 ? 1010 : 1000);
        }
        scene.backend(1, 1, {model});

        QCOMPARE(scene.where(scene.submit("a")), 2u);
    }

    void learnsSpeedForEachModelByItself()
    {
        DispatchScene scene;
        scene.backend(1, 1, {model, "n:latest"});
        runOne(scene, 1, 10s, 500);

        QCOMPARE(scene.dispatcher.tokensPerSecond(1, model), 50.0);
        QCOMPARE(scene.dispatcher.tokensPerSecond(1, "n:latest"), 0.0);
        QCOMPARE(scene.dispatcher.tokensPerSecond(1, "unheard-of"), 0.0);
        QCOMPARE(scene.dispatcher.tokensPerSecond(9, model), 0.0);
    }

    void keepsWhatItLearntWhileTheBackendHasTheModel()
    {
        DispatchScene scene;
        scene.backend(1, 1, {model});
        runOne(scene, 1, 10s, 500);

        scene.unavailable(1, {model, "n:latest"});
        const double kept = scene.dispatcher.tokensPerSecond(1, model);
        scene.backend(1, 1, {"n:latest"});
        scene.backend(1, 1, {model, "n:latest"});

        QCOMPARE(kept, 50.0);
        QCOMPARE(scene.dispatcher.tokensPerSecond(1, model), 0.0);
    }

    void followsAWorkerThatBecomesSlow()
    {
        DispatchScene scene;
        scene.backend(1, 1, {model});
        runOne(scene, 1, 10s, 1000);

        for (int i = 0; i < 20; ++i)
            runOne(scene, 1, 10s, 100);

        QVERIFY(scene.dispatcher.tokensPerSecond(1, model) < 20);
    }

    void learnsNothingFromJobsWithoutOutput()
    {
        DispatchScene scene;
        scene.backend(1, 1, {model});
        runOne(scene, 1, 10s, 500);

        runOne(scene, 1, 100s, 0);

        QCOMPARE(scene.dispatcher.tokensPerSecond(1, model), 50.0);
    }

    // ---- workers that vanish ----

    void runsTheJobsOfAVanishedWorkerElsewhere_data()
    {
        QTest::addColumn<bool>("removedFirst");
        QTest::newRow("handed back, then removed") << false;
        QTest::newRow("removed, then handed back") << true;
    }
    void runsTheJobsOfAVanishedWorkerElsewhere()
    {
        QFETCH(bool, removedFirst);
        DispatchScene scene;
        scene.backend(1, 3, {model, "n:latest"}, {model, "n:latest"});
        std::vector<JobId> jobs;
        for (int i = 0; i < 3; ++i)
            jobs.push_back(scene.submitJob(
                {.user = "a", .model = i == 1 ? "n:latest" : model, .realm = i == 2 ? Realm::Pooled : Realm::Own}));
        scene.backend(2, 1, {model, "n:latest"});
        const JobId blocker = scene.submit("b");
        QCOMPARE(scene.where(blocker), 2u);

        if (removedFirst)
            scene.take(scene.dispatcher.removeBackend(1, scene.now));
        for (const JobId job : jobs)
            scene.handBack(job);
        if (!removedFirst)
            scene.take(scene.dispatcher.removeBackend(1, scene.now));

        QCOMPARE(scene.dispatcher.running(1), 0);
        QCOMPARE(scene.dispatcher.order(10), jobs);
        for (const JobId job : jobs) {
            QCOMPARE(scene.dispatcher.handedBack(job), 1);
            scene.finishInTurn(1);
            QCOMPARE(scene.where(job), 2u);
        }
        QCOMPARE(scene.dispatcher.handedBack(blocker), 0);
    }

    void countsHowOftenAJobWasHandedBack()
    {
        DispatchScene scene;
        for (BackendId id = 1; id <= 3; ++id)
            scene.backend(id, 1);
        const JobId job = scene.submit("a");
        QCOMPARE(scene.dispatcher.handedBack(job), 0);

        scene.handBack(job);
        QCOMPARE(scene.dispatcher.handedBack(job), 1);
        scene.handBack(job);
        QCOMPARE(scene.dispatcher.handedBack(job), 2);
        scene.finish(job);

        QCOMPARE(scene.dispatcher.handedBack(job), 0);
    }

    void refusesTheJobOfAVanishedWorkerThatNobodyElseCanTake()
    {
        DispatchScene scene;
        scene.backend(1, 1, {model});
        scene.take(scene.dispatcher.setBackend(
            2, {.slots = 1, .available = true, .models = {model}, .takesPooled = false}, scene.now));
        const JobId pooled = scene.submitJob({.user = "a", .realm = Realm::Pooled});
        QCOMPARE(scene.where(pooled), 1u);

        scene.take(scene.dispatcher.removeBackend(1, scene.now));
        scene.handBack(pooled);

        QCOMPARE(scene.refusal(pooled).code, Errc::NoBackend);
    }

    void putsJobsOfOneUserIntoTheirOrderAgainWhenTheirWorkerIsBack()
    {
        DispatchScene scene;
        scene.backend(1, 2, {model}, {model});
        const auto failed = scene.submitMany("a", 2);
        scene.backend(2, 1, {model});
        const auto rest = scene.submitMany("a", 3);
        scene.unavailable(1, {model});
        scene.handBack(failed[1]);
        scene.handBack(failed[0]);

        scene.take(scene.dispatcher.setBackend(1, {.slots = 0, .available = true, .models = {model}}, scene.now));

        QCOMPARE(scene.dispatcher.order(10), (std::vector<JobId>{failed[0], failed[1], rest[1], rest[2]}));
    }

    // ---- models that nobody lists ----

    void givesJobsForUnlistedModelsToAWorkerThatComesToHaveThem()
    {
        DispatchScene scene;
        scene.backend(1, 1); // takes any
        scene.submit("z");
        std::vector<JobId> ids;
        for (int i = 0; i < 6; ++i)
            ids.push_back(scene.submitJob({.user = "a", .model = i % 2 ? "rare:latest" : "other:latest"}));

        scene.backend(2, 1, {"rare:latest"});

        QCOMPARE(scene.where(ids[1]), 2u);
        QCOMPARE(scene.dispatcher.order(10), (std::vector<JobId>{ids[0], ids[2], ids[3], ids[4], ids[5]}));
        scene.take(scene.dispatcher.removeBackend(2, scene.now));
        scene.finish(ids[1]);
        scene.finishInTurn(1);
        QCOMPARE(scene.where(ids[0]), 1u);
        scene.finishInTurn(5);
        QCOMPARE(scene.started.size(), 7u);
    }
};

QTEST_GUILESS_MAIN(DispatchPoolTest)
#include "dispatch_pool_test.moc"
