// SPDX-License-Identifier: MIT
#include "core/dispatch/daily_usage.h"

#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

class DailyUsageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sumsPerUserAndInAll()
    {
        DailyUsage today(10);
        today.beginDay(20261121);

        today.add("Zed", {.requests = 1, .promptTokens = 10, .outputTokens = 5, .ran = 2s});
        today.add("Zed", {.requests = 1, .promptTokens = 1, .outputTokens = 1, .ran = 1s});
        today.add("Open WebUI", {.requests = 1, .promptTokens = 100, .outputTokens = 0, .ran = 1s});

        QVERIFY((today.of("Zed") == UsageSum{.requests = 2, .promptTokens = 11, .outputTokens = 6, .ran = 3s}));
        QVERIFY(today.of("nobody") == UsageSum{});
        const Today view = today.view(1);
        QCOMPARE(view.date, 20261121);
        QCOMPARE(view.all.requests, std::uint64_t(3));
        QCOMPARE(view.users.size(), std::size_t(1));
        QCOMPARE(view.users[0].name, std::string("Open WebUI"));
    }

    void beginsEachDayWithNothing()
    {
        DailyUsage today(10);
        today.add("Zed", {.requests = 1});

        today.beginDay(1);

        QVERIFY(today.all() == UsageSum{});
        QVERIFY(today.of("Zed") == UsageSum{});
    }

    void remembersThoseWhoUsedMostWhenThereAreTooMany()
    {
        DailyUsage today(100);
        today.add("heavy", {.requests = 1, .promptTokens = 1'000'000});

        for (int number = 0; number < 10'000; ++number)
            today.add("made up " + std::to_string(number), {.requests = 1, .promptTokens = 1});

        QCOMPARE(today.of("heavy").promptTokens, std::uint64_t(1'000'000));
        QVERIFY(today.view(10'000).users.size() <= 100);
        QCOMPARE(today.all().requests, std::uint64_t(10'001));
    }
};

QTEST_GUILESS_MAIN(DailyUsageTest)
#include "daily_usage_test.moc"
