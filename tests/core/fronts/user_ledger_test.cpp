// SPDX-License-Identifier: MIT
#include "core/fronts/user_ledger.h"

#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

class UserLedgerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void remembersNoMoreUsersThanItMay()
    {
        UserLedger ledger(100);
        TimePoint now{};

        for (int i = 0; i < 100'000; ++i) {
            const std::string user = "user" + std::to_string(i);
            ledger.arrived({user, IdentitySource::Process}, now += 1ms);
            ledger.left(user, false);
        }

        QVERIFY(ledger.size() <= 101);
    }

    void neverForgetsAUserWithJobs()
    {
        UserLedger ledger(1);
        ledger.arrived({"busy", IdentitySource::Process}, TimePoint{});

        for (int i = 0; i < 50; ++i) {
            ledger.arrived({"idle" + std::to_string(i), IdentitySource::Process}, TimePoint{});
            ledger.left("idle" + std::to_string(i), false);
        }

        const auto views = ledger.views(10, TimePoint{});
        QCOMPARE(views.at(0).name, std::string("busy"));
        QCOMPARE(views.at(0).waiting, 1u);
    }

    void sharesAreOfWhatWasUsedLately()
    {
        UserLedger ledger(10);
        const TimePoint start{};
        ledger.arrived({"old", IdentitySource::Process}, start);
        ledger.finished("old", 10, 10, 100, start);
        ledger.arrived({"new", IdentitySource::Process}, start + 5min);
        ledger.finished("new", 10, 10, 50, start + 5min);

        const auto views = ledger.views(10, start + 5min);

        QCOMPARE(views.at(0).share + views.at(1).share, 1.0);
        QVERIFY(std::abs(views.at(0).share - 0.5) < 1e-9); // 100 halved, against 50
    }

    void countsAJobOnceThatWasHandedBack()
    {
        UserLedger ledger(10);
        ledger.arrived({"a", IdentitySource::Process}, TimePoint{});
        ledger.started("a");

        ledger.handedBack("a");

        const auto view = ledger.views(1, TimePoint{}).at(0);
        QCOMPARE(view.requests, std::uint64_t(1));
        QCOMPARE(view.waiting, 1u);
        QCOMPARE(view.running, 0u);
    }

    void countsTheTokensOfADayUntilAnotherBegins()
    {
        UserLedger ledger(10);
        ledger.setDay(20261121);
        ledger.addTokensOfToday("a", 1000, TimePoint{});
        ledger.arrived({"a"}, TimePoint{});
        ledger.finished("a", 10, 5, 20, TimePoint{});

        const std::uint64_t before = ledger.tokensToday("a");
        ledger.setDay(20261121);
        const std::uint64_t sameDay = ledger.tokensToday("a");
        ledger.setDay(20261122);

        QCOMPARE(before, std::uint64_t(1015));
        QCOMPARE(sameDay, std::uint64_t(1015));
        QCOMPARE(ledger.tokensToday("a"), std::uint64_t(0));
        QCOMPARE(ledger.views(1, TimePoint{}).at(0).outputTokens, std::uint64_t(5));
    }

    void remembersWhoseTokensAreLimited()
    {
        UserLedger ledger(1);
        ledger.setRules(UserRules({{.name = "capped", .tokensPerDay = 100}}));
        ledger.addTokensOfToday("capped", 60, TimePoint{});

        for (int i = 0; i < 50; ++i) {
            ledger.arrived({"idle" + std::to_string(i)}, TimePoint{});
            ledger.left("idle" + std::to_string(i), false);
        }

        QCOMPARE(ledger.tokensToday("capped"), std::uint64_t(60));
    }

    void showsRulesOfThoseWhoDidNotAskYet()
    {
        UserLedger ledger(10);
        ledger.setRules(UserRules({{.name = "absent", .blocked = true}}));
        ledger.turnedAway({"Zed", IdentitySource::Process, Dialect::OpenAi}, TimePoint{});

        const auto views = ledger.views(10, TimePoint{});

        QCOMPARE(views.size(), std::size_t(2));
        QCOMPARE(views[0].name, std::string("Zed"));
        QCOMPARE(views[0].refused, std::uint64_t(1));
        QVERIFY(views[0].dialect == Dialect::OpenAi && views[0].rule.name.empty());
        QCOMPARE(views[1].name, std::string("absent"));
        QVERIFY(views[1].rule.blocked && views[1].lastSeen == UserView::neverSeen);
    }
};

QTEST_GUILESS_MAIN(UserLedgerTest)
#include "user_ledger_test.moc"
