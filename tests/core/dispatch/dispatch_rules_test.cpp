// SPDX-License-Identifier: MIT
// What users may have running and waiting by their own rules.
#include "dispatch_scene.h"

#include <QTest>

using namespace drover;
using namespace std::chrono_literals;

class DispatchRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsNoMoreOfAUserThanItMay()
    {
        DispatchScene scene({.users = {{"a", {.runningMax = 2}}}});
        scene.backend(1, 4);

        const auto jobs = scene.submitMany("a", 4);

        QCOMPARE(scene.startedUsers(), std::string("a a"));
        scene.finish(jobs[0]);
        QVERIFY(scene.runs(jobs[2]) && !scene.wasStarted(jobs[3]));
    }

    void letsOthersPassWhoStandBehindIt()
    {
        DispatchScene scene({.users = {{"a", {.runningMax = 1}}}});
        scene.backend(1, 2);
        scene.submitMany("a", 10);

        const JobId other = scene.submit("b");

        QVERIFY(scene.runs(other));
        QCOMPARE(scene.dispatcher.waiting(), std::size_t(9));
    }

    void givesAUserWhoStoodAsideItsTurnAtOnce()
    {
        DispatchScene scene({.users = {{"a", {.runningMax = 1}}}});
        scene.backend(1, 2);
        const auto own = scene.submitMany("a", 3);
        scene.submitMany("b", 10);

        scene.finish(own[0]);

        QVERIFY(scene.runs(own[1]));
    }

    void savesUpNoCreditForAUserWhoStandsAside()
    {
        DispatchScene scene({.fairness = Fairness::Requests, .users = {{"a", {.runningMax = 1}}}});
        scene.backend(1, 4);
        scene.submitMany("a", 100);
        scene.submitMany("b", 100);
        scene.startedUsers();
        for (int i = 0; i < 40; ++i) { // b has three of four slots meanwhile
            const auto oldest = std::find_if(
                scene.inTurn.begin(), scene.inTurn.end(), [&scene](JobId id) { return scene.users[id] == "b"; });
            scene.finish(*oldest);
        }
        scene.startedUsers();

        scene.take(scene.dispatcher.setPolicy({.fairness = Fairness::Requests}, scene.now));
        scene.finishInTurn(20);

        const std::string users = scene.startedUsers();
        const auto ofA = std::count(users.begin(), users.end(), 'a');
        QVERIFY2(ofA >= 9 && ofA <= 12, users.c_str());
    }

    void listsTheJobsOfThoseWhoStandAsideToo()
    {
        DispatchScene scene({.users = {{"a", {.runningMax = 1}}}});
        scene.backend(1, 1);
        const auto own = scene.submitMany("a", 3);
        const auto others = scene.submitMany("b", 2);

        const auto order = scene.dispatcher.order(10);

        QVERIFY((order == std::vector<JobId>{others[0], others[1], own[1], own[2]}));
        QCOMPARE(scene.dispatcher.position(own[2]), 4u);
    }

    void startsNextWhatAPersonAsksForWhateverTheMaximum()
    {
        DispatchScene scene({.users = {{"a", {.runningMax = 1}}}});
        scene.backend(1, 2);
        const auto own = scene.submitMany("a", 3);

        scene.startNext(own[2]);

        QVERIFY(scene.runs(own[0]) && scene.runs(own[2]) && !scene.wasStarted(own[1]));
    }

    void aRaisedMaximumCountsAtOnce()
    {
        DispatchScene scene({.users = {{"a", {.runningMax = 1}}}});
        scene.backend(1, 3);
        scene.submitMany("a", 3);

        scene.take(scene.dispatcher.setPolicy({.users = {{"a", {.runningMax = 2}}}}, scene.now));

        QCOMPARE(scene.dispatcher.running(), std::size_t(2));
    }

    void aLoweredMaximumEndsNothing()
    {
        DispatchScene scene;
        scene.backend(1, 3);
        const auto own = scene.submitMany("a", 5);

        scene.take(scene.dispatcher.setPolicy({.users = {{"a", {.runningMax = 1}}}}, scene.now));
        scene.finish(own[0]);
        scene.finish(own[1]);

        QCOMPARE(scene.dispatcher.running(), std::size_t(1));
        QVERIFY(!scene.wasStarted(own[3]));
    }

    void countsWaitingJobsByTheUsersOwnRule_data()
    {
        QTest::addColumn<int>("own");
        QTest::addColumn<int>("taken");
        QTest::newRow("as everybody") << 0 << 3;
        QTest::newRow("fewer") << 1 << 1;
        QTest::newRow("more") << 5 << 5;
    }
    void countsWaitingJobsByTheUsersOwnRule()
    {
        QFETCH(int, own);
        QFETCH(int, taken);
        DispatchScene scene(
            {.users = {{"a", {.waitingMax = static_cast<std::uint32_t>(own)}}}, .waitingPerUserMax = 3});
        scene.backend(1, 1);
        scene.submit("b");

        const auto jobs = scene.submitMany("a", taken + 1);

        QCOMPARE(scene.dispatcher.waitingOf("a"), static_cast<std::size_t>(taken));
        QCOMPARE(scene.refusal(jobs.back()).code, Errc::UserQueueFull);
    }

    void queuesAJobThatItsMaximumKeepsFromAFreeSlot()
    {
        DispatchScene scene({.users = {{"a", {.runningMax = 1, .waitingMax = 1}}}});
        scene.backend(1, 5);

        const auto jobs = scene.submitMany("a", 3);

        QVERIFY(scene.runs(jobs[0]));
        QCOMPARE(scene.dispatcher.waitingOf("a"), std::size_t(1));
        QCOMPARE(scene.refusal(jobs[2]).code, Errc::UserQueueFull);
    }
};

QTEST_GUILESS_MAIN(DispatchRulesTest)
#include "dispatch_rules_test.moc"
