// SPDX-License-Identifier: MIT
#include "core/dispatch/key_limits.h"

#include <QTest>

#include <deque>
#include <random>

using namespace drover;
using namespace std::chrono_literals;

using Hit = KeyLimits::Hit;

class KeyLimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutALimitNothingIsRefusedOrRemembered()
    {
        KeyLimits limits;

        for (int i = 0; i < 1'000; ++i)
            QCOMPARE(limits.admit(1, {}, 1'000'000'000, TimePoint(1h)).hit, Hit::None);

        QCOMPARE(limits.size(), std::size_t(0));
        QVERIFY(limits.left(1, {}, TimePoint(1h)) == MinuteAllowance{});
    }

    void aMinutesRequestsMayComeAtOnceAndTheNextComesInTime()
    {
        KeyLimits limits;
        const KeyLimits::Rates rates{.requests = 60};
        TimePoint now{1h};
        for (int i = 0; i < 60; ++i)
            QCOMPARE(limits.admit(1, rates, 0, now).hit, Hit::None);

        const auto refused = limits.admit(1, rates, 0, now);

        QCOMPARE(refused.hit, Hit::Requests);
        QCOMPARE(refused.retryAfter, 1'000ms);
        QCOMPARE(limits.admit(1, rates, 0, now + 999ms).hit, Hit::Requests);
        QCOMPARE(limits.admit(1, rates, 0, now + 1s).hit, Hit::None);
    }

    void tellsWhatIsLeft()
    {
        KeyLimits limits;
        const KeyLimits::Rates rates{.requests = 60, .tokens = 6'000};
        const TimePoint now{1h};

        QCOMPARE(limits.admit(1, rates, 1'500, now).hit, Hit::None);

        const auto left = limits.left(1, rates, now + 10s);
        QVERIFY((left.requests == RateAllowance{60, 60, 0ms}));
        QVERIFY((left.tokens == RateAllowance{6'000, 5'500, 5s}));
        QVERIFY((limits.left(2, rates, now).tokens == RateAllowance{6'000, 6'000, 0ms}));
    }

    void aRefusedRequestTakesNothing()
    {
        KeyLimits limits;
        const KeyLimits::Rates rates{.requests = 10, .tokens = 1'000};
        const TimePoint now{1h};
        QCOMPARE(limits.admit(1, rates, 900, now).hit, Hit::None);

        for (int i = 0; i < 20; ++i)
            QCOMPARE(limits.admit(1, rates, 200, now).hit, Hit::Tokens);

        QCOMPARE(limits.left(1, rates, now).requests.remaining, std::uint64_t(9));
        QCOMPARE(limits.admit(1, rates, 100, now).hit, Hit::None);
    }

    void saysWhenARequestOfThatSizeFits()
    {
        KeyLimits limits;
        const KeyLimits::Rates rates{.tokens = 600};
        const TimePoint now{1h};
        QCOMPARE(limits.admit(1, rates, 600, now).hit, Hit::None);

        const auto refused = limits.admit(1, rates, 300, now);

        QCOMPARE(refused.retryAfter, 30s);
        QCOMPARE(limits.admit(1, rates, 300, now + 30s - 1ms).hit, Hit::Tokens);
        QCOMPARE(limits.admit(1, rates, 300, now + 30s).hit, Hit::None);
    }

    void putsAnEstimateRight()
    {
        KeyLimits limits;
        const KeyLimits::Rates rates{.tokens = 1'000};
        const TimePoint now{1h};
        QCOMPARE(limits.admit(1, rates, 400, now).hit, Hit::None);

        limits.correct(1, 400, 100, now);
        QCOMPARE(limits.left(1, rates, now).tokens.remaining, std::uint64_t(900));

        QCOMPARE(limits.admit(1, rates, 400, now).hit, Hit::None);
        limits.correct(1, 400, 0, now); // it never ran
        QCOMPARE(limits.left(1, rates, now).tokens.remaining, std::uint64_t(900));

        limits.correct(1, 0, 1'500, now); // it used more than there was
        QCOMPARE(limits.left(1, rates, now).tokens.remaining, std::uint64_t(0));
        QCOMPARE(limits.admit(1, rates, 400, now).retryAfter, 60s);
    }

    void nobodyGainsByACorrection()
    {
        KeyLimits limits;
        const KeyLimits::Rates rates{.tokens = 1'000};
        QCOMPARE(limits.admit(1, rates, 10, TimePoint(1h)).hit, Hit::None);

        limits.correct(1, 1'000'000, 0, TimePoint(1h));
        limits.correct(2, 1'000'000, 0, TimePoint(1h)); // not known

        QCOMPARE(limits.left(1, rates, TimePoint(1h)).tokens.remaining, std::uint64_t(1'000));
        QCOMPARE(limits.size(), std::size_t(1));
    }

    void debtsHaveAnEnd()
    {
        KeyLimits limits;
        const KeyLimits::Rates rates{.tokens = 10};
        const TimePoint now{1h};
        QCOMPARE(limits.admit(1, rates, 10, now).hit, Hit::None);

        limits.correct(1, 10, 1'000'000'000, now);

        const auto refused = limits.admit(1, rates, 10, now);
        QCOMPARE(refused.retryAfter, std::chrono::milliseconds(61min));
        QCOMPARE(limits.admit(1, rates, 10, now + refused.retryAfter).hit, Hit::None);
    }

    void aRequestLargerThanAMinuteIsLetInWhenNothingElseWas()
    {
        KeyLimits limits;
        const KeyLimits::Rates rates{.tokens = 100};
        const TimePoint now{1h};

        QCOMPARE(limits.admit(1, rates, 250, now).hit, Hit::None);
        QCOMPARE(limits.admit(1, rates, 250, now + 149s).hit, Hit::Tokens);
        QCOMPARE(limits.admit(1, rates, 250, now + 150s).hit, Hit::None);
    }

    void aClockThatGoesBackStandsStill()
    {
        KeyLimits limits;
        const KeyLimits::Rates rates{.requests = 1};
        const TimePoint now{10h};
        QCOMPARE(limits.admit(1, rates, 0, now).hit, Hit::None);

        QCOMPARE(limits.admit(1, rates, 0, now - 5h).hit, Hit::Requests);
        QCOMPARE(limits.admit(1, rates, 0, now + 59s).hit, Hit::Requests);
        QCOMPARE(limits.admit(1, rates, 0, now + 60s).hit, Hit::None);
    }

    void anotherLimitCountsAtOnce()
    {
        KeyLimits limits;
        const TimePoint now{1h};
        QCOMPARE(limits.admit(1, {.requests = 100}, 0, now).hit, Hit::None);

        QCOMPARE(limits.left(1, {.requests = 10}, now).requests.remaining, std::uint64_t(10));
        QCOMPARE(limits.left(1, {.requests = 200}, now).requests.remaining, std::uint64_t(99));
        QCOMPARE(limits.admit(1, {.requests = 10, .tokens = 50}, 50, now).hit, Hit::None);
        QCOMPARE(limits.admit(1, {.requests = 10, .tokens = 50}, 50, now).hit, Hit::Tokens);
        QCOMPARE(limits.admit(1, {}, 50, now).hit, Hit::None);
    }

    void remembersSoManyKeysAndNoMore()
    {
        KeyLimits limits(100);
        const KeyLimits::Rates rates{.requests = 1};
        TimePoint now{1h};

        for (int key = 0; key < 1'000; ++key, now += 1ms)
            QCOMPARE(limits.admit(key, rates, 0, now).hit, Hit::None);

        QCOMPARE(limits.size(), std::size_t(100));
        QCOMPARE(limits.admit(999, rates, 0, now).hit, Hit::Requests);
        QCOMPARE(limits.admit(900, rates, 0, now).hit, Hit::Requests);
    }

    /// In no stretch of time is more admitted than a full bucket and what flows in, but for the last request's tokens.
    void neverLetsMoreThroughThanItSays()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 50; ++round) {
            KeyLimits limits;
            const KeyLimits::Rates rates{
                .requests = static_cast<std::uint32_t>(1 + random() % 100), .tokens = 1 + random() % 5'000};
            struct Admitted {
                TimePoint at;
                std::uint64_t tokens;
            };
            std::vector<Admitted> admitted;
            TimePoint now{1h};
            for (int i = 0; i < 400; ++i) {
                now += std::chrono::milliseconds(random() % 3'000);
                const std::uint64_t tokens = random() % 2'000;
                if (limits.admit(1, rates, tokens, now).hit == Hit::None)
                    admitted.push_back({now, tokens});
            }
            for (std::size_t first = 0; first < admitted.size(); ++first) {
                double tokens = 0;
                for (std::size_t last = first; last < admitted.size(); ++last) {
                    const double minutes = std::chrono::duration<double>(admitted[last].at - admitted[first].at) / 60s;
                    QVERIFY(double(last - first + 1) <= rates.requests * (1 + minutes) + 0.001);
                    QVERIFY(tokens <= double(rates.tokens) * (1 + minutes) + 0.001);
                    tokens += double(admitted[last].tokens);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(KeyLimitsTest)
#include "key_limits_test.moc"
