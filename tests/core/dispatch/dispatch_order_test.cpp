// SPDX-License-Identifier: MIT
#include "dispatch_scene.h"

#include <QTest>

#include <random>

using namespace drover;
using namespace std::chrono_literals;

/// What the dispatcher foretells: positions and the order of the line.
class DispatchOrderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsFromOneInTheOrderOfTheLine()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        const JobId runs = scene.submit("a");
        const auto ids = scene.submitMany("a", 3);

        QCOMPARE(scene.dispatcher.position(runs), 0u);
        QCOMPARE(scene.dispatcher.position(ids[0]), 1u);
        QCOMPARE(scene.dispatcher.position(ids[2]), 3u);
        QCOMPARE(scene.dispatcher.order(2), (std::vector<JobId>{ids[0], ids[1]}));
        QCOMPARE(scene.dispatcher.order(0), std::vector<JobId>{});
    }

    /// On one slot, with jobs that cost what was estimated, at one moment: what is foretold is what happens.
    void foretellsWhatThenHappens_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 60; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void foretellsWhatThenHappens()
    {
        QFETCH(int, seed);
        std::mt19937 random(static_cast<std::uint32_t>(seed));
        DispatchScene scene({.fairness = seed % 2 ? Fairness::Tokens : Fairness::Requests,
            .users = {{"u1", {.weight = 3}}, {"u2", {.weight = 0.5}}},
            .laneAgeing = 30s});
        scene.backend(1, 1, {"m:latest", "n:latest"});
        scene.backend(2, 0, {"m:latest"});
        scene.backend(3, 0, {"n:latest"});
        std::vector<JobId> ids;
        for (int i = 0; i < 200; ++i) {
            ids.push_back(scene.submitJob({.user = "u" + std::to_string(random() % 6),
                .model = random() % 2 ? "m:latest" : "n:latest",
                .lane = static_cast<Lane>(random() % laneCount),
                .promptTokens = static_cast<std::uint32_t>(random() % 1000)}));
            if (random() % 4 == 0)
                scene.pass(std::chrono::milliseconds(random() % 3000));
            if (random() % 8 == 0)
                scene.finishInTurn(1);
            if (random() % 20 == 0)
                scene.startNext(ids[random() % ids.size()]);
        }
        const std::vector<JobId> order = scene.dispatcher.order(SIZE_MAX);
        QCOMPARE(order.size(), scene.dispatcher.waiting());
        for (std::size_t i = 0; i < order.size(); i += 7)
            QCOMPARE(static_cast<std::size_t>(scene.dispatcher.position(order[i])), i + 1);
        const std::size_t before = scene.started.size();

        scene.finishInTurn(1000);

        std::vector<JobId> happened;
        for (std::size_t i = before; i < scene.started.size(); ++i)
            happened.push_back(scene.started[i].id);
        QCOMPARE(happened, order);
    }

    void putsJobsThatNobodyCanTakeLast()
    {
        DispatchScene scene;
        scene.unavailable(2, {"gone:latest"});
        const JobId stuck = scene.submitJob({.user = "a", .model = "gone:latest", .lane = Lane::Interactive});
        const JobId stuckUrgent = scene.submitJob({.user = "a", .model = "gone:latest"});
        scene.startNext(stuckUrgent);
        scene.backend(1, 1, {"m:latest"});
        const auto ids = scene.submitMany("b", 3, Lane::Batch);

        QCOMPARE(scene.dispatcher.order(10), (std::vector<JobId>{ids[1], ids[2], stuckUrgent, stuck}));
    }

    void reckonsWithWhatJobsCostLately()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        for (int i = 0; i < 50; ++i) {
            const JobId job = scene.submit("old");
            scene.dispatcher.progress(job, 10, 500, scene.now);
            scene.finish(job);
        }
        scene.submit("z");
        const auto a = scene.submitMany("a", 5);
        const JobId b = scene.submit("b");
        scene.dispatcher.progress(scene.inTurn.front(), 10, 50, scene.now);

        QCOMPARE(scene.dispatcher.order(3), (std::vector<JobId>{a[0], b, a[1]}));
    }

    void guessesPlacesFarBack()
    {
        DispatchScene scene({.waitingMax = 100'000, .waitingPerUserMax = 100'000});
        scene.backend(1, 1);
        scene.submit("z");
        std::vector<JobId> ids;
        for (int round = 0; round < 1000; ++round)
            for (const char* user : {"a", "b", "c", "d"})
                ids.push_back(scene.submit(user));

        for (std::size_t i = Dispatcher::exactPositionsMax; i < ids.size(); i += 97) {
            const auto guess = static_cast<double>(scene.dispatcher.position(ids[i]));
            QVERIFY(guess > Dispatcher::exactPositionsMax);
            QVERIFY2(std::abs(guess - static_cast<double>(i + 1)) <= 4, qPrintable(QString::number(guess)));
        }
    }

    void guessesPlacesAmongManyModels()
    {
        DispatchScene scene({.waitingMax = 100'000, .waitingPerUserMax = 100'000});
        scene.backend(1, 1, {"m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"});
        scene.submit("z");
        for (int i = 0; i < 6000; ++i)
            scene.submitJob({.user = "u" + std::to_string(i % 20), .model = "m" + std::to_string(i / 20 % 10)});
        const std::vector<JobId> order = scene.dispatcher.order(SIZE_MAX);
        QCOMPARE(order.size(), 6000u);

        for (std::size_t i = 0; i < order.size(); i += 97) {
            const auto guess = static_cast<double>(scene.dispatcher.position(order[i]));
            if (i < Dispatcher::exactPositionsMax)
                QCOMPARE(guess, static_cast<double>(i + 1));
            QVERIFY2(std::abs(guess - static_cast<double>(i + 1)) <= 20, qPrintable(QString::number(guess)));
        }
    }

    void guessesThatABatchWaitsBehindBetterLanes()
    {
        DispatchScene scene({.waitingMax = 100'000, .waitingPerUserMax = 100'000});
        scene.backend(1, 1);
        scene.submit("z");
        const auto batch = scene.submitMany("a", 1000, Lane::Batch);
        scene.submitMany("b", 500, Lane::Interactive);

        const auto guess = scene.dispatcher.position(batch[500]);

        QVERIFY2(guess > 995 && guess < 1010, qPrintable(QString::number(guess)));
        QVERIFY(scene.dispatcher.position(batch[999]) <= 1500);
    }
};

QTEST_GUILESS_MAIN(DispatchOrderTest)
#include "dispatch_order_test.moc"
