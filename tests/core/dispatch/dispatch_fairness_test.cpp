// SPDX-License-Identifier: MIT
#include "dispatch_scene.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t promptMost = 2000;
constexpr std::uint64_t outputMost = 1500;
constexpr double costMost = promptMost + 2 * outputMost;

/// Users who always have jobs waiting, on a machine that gives each running job some tokens a step.
class Backlog {
public:
    Backlog(std::uint32_t seed, QueuePolicy policy, int slots)
        : scene(std::move(policy))
        , m_random(seed)
    {
        scene.backend(1, slots);
    }

    /// From then on `user` always has jobs waiting, each of at most `share` of the greatest cost.
    void keepBusy(const std::string& user, double share) { m_shares[user] = share; }
    void stop(const std::string& user) { m_shares.erase(user); }

    void step()
    {
        for (const auto& [user, share] : m_shares)
            while (scene.dispatcher.waitingOf(user) < 20) // more than can start in a step
                submit(user, share);
        scene.pass(100ms);
        const auto running = scene.running;
        for (const auto& [id, job] : running)
            advance(id, job.user);
    }

    DispatchScene scene;
    std::map<std::string, double> service; ///< by our own count

private:
    struct Course {
        std::uint64_t prompt = 0;
        std::uint64_t output = 0;
        std::uint64_t outputEnd = 0;
        bool counted = false;
    };

    std::uint64_t upTo(double most) { return 1 + m_random() % static_cast<std::uint64_t>(std::max(1.0, most)); }

    void submit(const std::string& user, double share)
    {
        Course course{.prompt = upTo(promptMost * share), .outputEnd = upTo(outputMost * share)};
        const auto estimate = static_cast<std::uint32_t>(upTo(promptMost * share)); // has nothing to do with the truth
        m_courses[scene.submit(user, Lane::Normal, estimate)] = course;
    }

    void advance(JobId id, const std::string& user)
    {
        Course& course = m_courses[id];
        const std::uint64_t more = std::min(upTo(100), course.outputEnd - course.output);
        course.output += more;
        service[user] += static_cast<double>(2 * more + (course.counted ? 0 : course.prompt));
        course.counted = true;
        scene.dispatcher.progress(id, course.prompt, course.output, scene.now);
        if (course.output == course.outputEnd)
            scene.finish(id);
    }

    std::map<std::string, double> m_shares;
    std::map<JobId, Course> m_courses;
    std::mt19937 m_random;
};

} // namespace

/// Who is next among users of one lane.
class DispatchFairnessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesEachUserATurn()
    {
        DispatchScene scene({.fairness = Fairness::Requests});
        scene.backend(1, 1);

        scene.submitMany("a", 4);
        scene.submitMany("b", 2);
        scene.submitMany("c", 2);
        scene.finishInTurn(8);

        QCOMPARE(scene.startedUsers().c_str(), "a b c a b c a a");
    }

    void servesNewcomersNextWhateverTheBacklog_data()
    {
        QTest::addColumn<Fairness>("fairness");
        QTest::addColumn<int>("newcomers");
        for (const Fairness fairness : {Fairness::Tokens, Fairness::Time, Fairness::Requests})
            for (const int newcomers : {1, 2, 4, 7})
                QTest::addRow("%s, %d", std::string(name(fairness)).c_str(), newcomers) << fairness << newcomers;
    }
    void servesNewcomersNextWhateverTheBacklog()
    {
        QFETCH(Fairness, fairness);
        QFETCH(int, newcomers);
        DispatchScene scene({.fairness = fairness});
        scene.backend(1, 1);
        scene.submitMany("greedy", 400);
        for (int i = 0; i < 20; ++i) {
            scene.pass(10s); // long enough for the backlog's lane to age
            scene.finishInTurn(1);
        }
        scene.startedUsers();

        std::string expected;
        for (int i = 0; i < newcomers; ++i) {
            scene.submit("new" + std::to_string(i));
            expected += (i > 0 ? " new" : "new") + std::to_string(i);
        }
        for (int i = 0; i < newcomers; ++i) {
            scene.pass(1s);
            scene.finishInTurn(1);
        }

        QCOMPARE(scene.startedUsers().c_str(), expected.c_str());
    }

    /// Sheng et al., theorem 4.4: two users who always have jobs waiting get, over any time, amounts of service that
    /// differ by at most twice what can run uncharged, here the most that all slots can cost. (That is because a user
    /// is served only while its counter is the least, and can run ahead from there by what it has running.)
    void boundsTheDifferenceBetweenTwoBackloggedUsers_data()
    {
        QTest::addColumn<int>("slots");
        QTest::addColumn<double>("shareOfB");
        for (const int slots : {1, 2, 4, 8})
            for (const double share : {1.0, 0.2, 0.01})
                QTest::addRow("%d slots, b's jobs %g as large", slots, share) << slots << share;
    }
    void boundsTheDifferenceBetweenTwoBackloggedUsers()
    {
        QFETCH(int, slots);
        QFETCH(double, shareOfB);
        const double bound = slots * costMost;
        for (std::uint32_t seed = 1; seed <= 5; ++seed) {
            Backlog backlog(seed, {}, slots);
            backlog.keepBusy("a", 1);
            backlog.keepBusy("b", shareOfB);
            double least = 0;
            double most = 0;
            for (int i = 0; i < 2000; ++i) {
                backlog.step();

                const double difference = backlog.service["a"] - backlog.service["b"];
                least = std::min(least, difference);
                most = std::max(most, difference);
                const auto& dispatcher = backlog.scene.dispatcher;
                QVERIFY(std::abs(dispatcher.charged("a") - dispatcher.charged("b")) <= bound);
            }
            QVERIFY2(most - least <= 2 * bound, "any two moments");
            QVERIFY2(backlog.service["b"] > 2 * bound, "the run is long enough to tell");
        }
    }

    void boundsTheDifferenceForAUserWhoComesLater()
    {
        Backlog backlog(7, {}, 2);
        backlog.keepBusy("a", 1);
        backlog.keepBusy("b", 0.3);
        for (int i = 0; i < 1000; ++i)
            backlog.step();
        backlog.keepBusy("c", 0.5);
        backlog.step();
        auto before = backlog.service;

        for (int i = 0; i < 1000; ++i) {
            backlog.step();
            const double c = backlog.service["c"] - before["c"];
            QVERIFY(std::abs(c - (backlog.service["a"] - before["a"])) <= 2 * 2 * costMost);
            QVERIFY(std::abs(c - (backlog.service["b"] - before["b"])) <= 2 * 2 * costMost);
        }
    }

    void servesByWeight()
    {
        Backlog backlog(3, {.users = {{"heavy", {.weight = 4}}, {"light", {.weight = 0.5}}}}, 2);
        for (const char* user : {"heavy", "plain", "light"})
            backlog.keepBusy(user, 0.5);

        for (int i = 0; i < 20'000; ++i)
            backlog.step();

        const double plain = backlog.service["plain"];
        QVERIFY(std::abs(backlog.service["heavy"] / plain - 4) < 0.1);
        QVERIFY(std::abs(backlog.service["light"] / plain - 0.5) < 0.05);
    }

    void takesNewWeightsAtOnceWithoutOldDebts()
    {
        Backlog backlog(3, {}, 1);
        backlog.keepBusy("a", 0.5);
        backlog.keepBusy("b", 0.5);
        for (int i = 0; i < 2000; ++i)
            backlog.step();
        const auto before = backlog.service;
        auto& scene = backlog.scene;
        scene.take(scene.dispatcher.setPolicy({.users = {{"a", {.weight = 3}}}}, scene.now));

        for (int i = 0; i < 8000; ++i)
            backlog.step();

        const double a = backlog.service["a"] - before.at("a");
        const double b = backlog.service["b"] - before.at("b");
        QVERIFY2(std::abs(a / b - 3) < 0.1, qPrintable(QString::number(a / b)));
    }

    void takesAbsurdWeightsForSaneOnes()
    {
        DispatchScene scene({.users = {{"a", {.weight = 0}}, {"b", {.weight = -1}}, {"c", {.weight = std::nan("")}},
                                 {"d", {.weight = 1e300}}}});
        scene.backend(1, 4);

        std::vector<double> charges;
        for (const char* user : {"a", "b", "c", "d"}) {
            const JobId job = scene.submit(user);
            const double before = scene.dispatcher.charged(user);
            scene.dispatcher.progress(job, 110, 0, scene.now);
            charges.push_back(scene.dispatcher.charged(user) - before);
        }

        QCOMPARE(charges, (std::vector<double>{100, 100, 100, 1}));
    }

    void keepsNoCreditForAUserWhoWasAway()
    {
        Backlog backlog(5, {}, 1);
        backlog.keepBusy("a", 0.5);
        backlog.keepBusy("away", 0.5);
        for (int i = 0; i < 100; ++i)
            backlog.step();
        backlog.stop("away");
        for (int i = 0; i < 5000; ++i)
            backlog.step();
        backlog.keepBusy("away", 0.5);
        backlog.step();
        auto before = backlog.service;

        for (int i = 0; i < 3000; ++i) {
            backlog.step();
            const double away = backlog.service["away"] - before["away"];
            QVERIFY(away - (backlog.service["a"] - before["a"]) <= 2 * costMost);
        }
    }

    void keepsNoCreditForAUserWhoWaitsForABackendThatIsGone()
    {
        DispatchScene scene({.fairness = Fairness::Requests});
        scene.unavailable(2, {"gone:latest"});
        scene.submitJob({.user = "sly", .model = "gone:latest"});
        scene.backend(1, 1, {"m:latest"});
        scene.submitMany("a", 200);
        scene.finishInTurn(100);
        scene.startedUsers();

        scene.submitMany("sly", 10);
        scene.finishInTurn(6);

        QCOMPARE(scene.startedUsers().c_str(), "sly a sly a sly a");
    }

    void keepsNoCreditForAUserWithAnEndlessJob()
    {
        DispatchScene scene({.fairness = Fairness::Requests});
        scene.backend(1, 2);
        scene.submit("endless");
        scene.submitMany("a", 200);
        for (int i = 0; i < 100; ++i)
            scene.finish(scene.inTurn.back());
        scene.startedUsers();

        scene.submitMany("endless", 10);
        for (int i = 0; i < 6; ++i)
            scene.finish(scene.inTurn.back());

        QCOMPARE(scene.startedUsers().c_str(), "endless a endless a endless a");
    }

    void doesNotPunishAUserForUsingAnIdleMachine()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        for (int i = 0; i < 50; ++i) {
            scene.submit("a", Lane::Normal, 1000);
            scene.finishInTurn(1);
        }
        scene.submit("z");
        scene.startedUsers();

        for (int i = 0; i < 3; ++i) {
            scene.submit("b", Lane::Normal, 1000);
            scene.submit("a", Lane::Normal, 1000);
        }
        scene.finishInTurn(6);

        QCOMPARE(scene.startedUsers().c_str(), "b a b a b a");
    }

    void remembersWhoGotMoreThanOthersWhoWaited()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        const JobId large = scene.submit("a");
        scene.submitMany("b", 10, Lane::Normal, 100);
        scene.dispatcher.progress(large, 10, 1000, scene.now);
        scene.finish(large);
        scene.startedUsers();

        scene.submit("a");
        scene.finishInTurn(10);

        QCOMPARE(scene.startedUsers().c_str(), "b b b b b b b b b a");
    }

    void chargesTokensAndCorrectsThem()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        const JobId job = scene.submit("a", Lane::Normal, 100);
        const double estimate = scene.dispatcher.charged("a");
        scene.dispatcher.progress(job, 0, 10, scene.now);
        const double streaming = scene.dispatcher.charged("a");
        scene.dispatcher.progress(job, 40, 12, scene.now);
        const double corrected = scene.dispatcher.charged("a");
        scene.dispatcher.progress(job, UINT64_MAX, UINT64_MAX, scene.now);
        const double absurd = scene.dispatcher.charged("a");

        QCOMPARE(estimate, 100.0);
        QCOMPARE(streaming, 120.0);
        QCOMPARE(corrected, 64.0);
        QVERIFY(absurd <= 1e9);
    }

    void chargesTimeAsItPasses()
    {
        DispatchScene scene({.fairness = Fairness::Time});
        scene.backend(1, 2);
        const JobId fast = scene.submit("a");
        const JobId slow = scene.submit("b");
        const double before = scene.dispatcher.charged("b");
        scene.pass(250ms);
        const double running = scene.dispatcher.charged("a");
        scene.now += 100ms;
        scene.finish(fast);
        scene.now += 900ms;
        scene.dispatcher.progress(slow, 5, 5, scene.now);

        QCOMPARE(running, 250.0);
        QCOMPARE(scene.dispatcher.charged("b") - before, 1249.0); // 1 ms was charged when it started
    }

    void sharesTimeEqually()
    {
        DispatchScene scene({.fairness = Fairness::Time});
        scene.backend(1, 1);
        scene.submitMany("slow", 400);
        scene.submitMany("fast", 400);
        std::map<std::string, std::chrono::milliseconds> ran;

        for (int i = 0; i < 400; ++i) {
            const auto& [id, job] = *scene.running.begin();
            const auto takes = job.user == "slow" ? 5000ms : 500ms;
            ran[job.user] += takes;
            scene.pass(takes);
            scene.finishInTurn(1);
        }

        QVERIFY(std::chrono::abs(ran["slow"] - ran["fast"]) <= 2 * 5000ms);
    }

    void startsCountersAnewWhenTheUnitChanges()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        scene.submitMany("a", 10, Lane::Normal, 5000);
        scene.submitMany("b", 10, Lane::Normal, 10);
        scene.finishInTurn(4);

        scene.take(scene.dispatcher.setPolicy({.fairness = Fairness::Requests}, scene.now));
        scene.startedUsers();
        scene.finishInTurn(6);

        QCOMPARE(scene.dispatcher.charged("a"), 3.0);
        QCOMPARE(scene.dispatcher.charged("b"), 3.0);
    }

    void doesNotLetJobsThatCostNothingStarveOthers()
    {
        DispatchScene scene;
        scene.backend(1, 1);
        scene.submit("z");
        const auto ids = scene.submitMany("a", 3, Lane::Normal, 0);

        for (int i = 0; i < 8; ++i) {
            scene.submit("b", Lane::Normal, 0);
            scene.finishInTurn(1);
        }

        for (const JobId id : ids)
            QVERIFY(scene.wasStarted(id));
    }
};

QTEST_GUILESS_MAIN(DispatchFairnessTest)
#include "dispatch_fairness_test.moc"
