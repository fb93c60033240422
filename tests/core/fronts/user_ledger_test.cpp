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
            ledger.arrived(user, IdentitySource::Process, now += 1ms);
            ledger.left(user, false);
        }

        QVERIFY(ledger.size() <= 101);
    }

    void neverForgetsAUserWithJobs()
    {
        UserLedger ledger(1);
        ledger.arrived("busy", IdentitySource::Process, TimePoint{});

        for (int i = 0; i < 50; ++i) {
            ledger.arrived("idle" + std::to_string(i), IdentitySource::Process, TimePoint{});
            ledger.left("idle" + std::to_string(i), false);
        }

        const auto views = ledger.views(10, {}, TimePoint{});
        QCOMPARE(views.at(0).name, std::string("busy"));
        QCOMPARE(views.at(0).waiting, 1u);
    }

    void sharesAreOfWhatWasUsedLately()
    {
        UserLedger ledger(10);
        const TimePoint start{};
        ledger.arrived("old", IdentitySource::Process, start);
        ledger.finished("old", 10, 10, 100, start);
        ledger.arrived("new", IdentitySource::Process, start + 5min);
        ledger.finished("new", 10, 10, 50, start + 5min);

        const auto views = ledger.views(10, {}, start + 5min);

        QCOMPARE(views.at(0).share + views.at(1).share, 1.0);
        QVERIFY(std::abs(views.at(0).share - 0.5) < 1e-9); // 100 halved, against 50
    }

    void countsAJobOnceThatWasHandedBack()
    {
        UserLedger ledger(10);
        ledger.arrived("a", IdentitySource::Process, TimePoint{});
        ledger.started("a");

        ledger.handedBack("a");

        const auto view = ledger.views(1, {}, TimePoint{}).at(0);
        QCOMPARE(view.requests, std::uint64_t(1));
        QCOMPARE(view.waiting, 1u);
        QCOMPARE(view.running, 0u);
    }
};

QTEST_GUILESS_MAIN(UserLedgerTest)
#include "user_ledger_test.moc"
