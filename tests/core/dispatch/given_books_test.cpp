// SPDX-License-Identifier: MIT
#include "core/dispatch/given_books.h"

#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr int friday = 20261120;
constexpr int saturday = 20261121;
const GivenSum one{.jobs = 1, .failed = 0, .promptTokens = 10, .outputTokens = 4, .ran = 2s};

} // namespace

class GivenBooksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addsUpPerPool()
    {
        GivenBooks books;

        books.add("lab", one, friday);
        books.add("lab", one, friday);
        books.add("home", one, friday);

        const GivenSum two{.jobs = 2, .failed = 0, .promptTokens = 20, .outputTokens = 8, .ran = 4s};
        QVERIFY(books.today("lab", friday) == two);
        QVERIFY(books.total("lab") == two);
        QVERIFY(books.total("home") == one);
        QVERIFY(books.total("nobody") == GivenSum{});
    }

    void beginsTheDayAgainAtMidnightAndKeepsTheTotal()
    {
        GivenBooks books;
        books.add("lab", one, friday);

        QVERIFY(books.today("lab", saturday) == GivenSum{}); // before the first job of the day
        books.add("lab", one, saturday);

        QVERIFY(books.today("lab", saturday) == one);
        QCOMPARE(books.total("lab").jobs, std::uint64_t(2));
    }

    void goesOnFromWhatTheDiskTells()
    {
        GivenBooks books;

        books.seed({{"lab", one, one}, {"old", {}, one}}, saturday);
        books.add("lab", one, saturday);

        QCOMPARE(books.today("lab", saturday).jobs, std::uint64_t(2));
        QVERIFY(books.today("old", saturday) == GivenSum{});
        QVERIFY(books.total("old") == one);
    }

    void countsAsFailedWhatBrokeOffButNotWhatWasCancelled()
    {
        FinishedJob job;
        job.outcome = Outcome::Incomplete;
        const auto broken = givenBy(job);
        job.outcome = Outcome::Cancelled;
        const auto cancelled = givenBy(job);

        QCOMPARE(broken.failed, std::uint64_t(1));
        QCOMPARE(cancelled.failed, std::uint64_t(0));
        QCOMPARE(cancelled.jobs, std::uint64_t(1));
    }
};

QTEST_GUILESS_MAIN(GivenBooksTest)
#include "given_books_test.moc"
