// SPDX-License-Identifier: MIT
#include "core/api/history.h"

#include "core/store/history_store.h"
#include "tests/support/history_rows.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <set>

using namespace drover;
using namespace drover::test;
using namespace std::chrono_literals;

namespace {

constexpr int jobsAll = 500;

} // namespace

class HistoryReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_file = m_folder.filePath(QStringLiteral("history.db")).toStdString();
        HistoryStore store({.config = {.file = m_file}, .now = [] { return noon; }});
        for (int number = 1; number <= jobsAll; ++number) {
            const auto at = noon + number * 1000;
            if (number % 10 == 0)
                store.add(refusedJob(number, at), -1ms);
            else
                store.add(finishedJob(number, at), std::chrono::milliseconds(number * 2));
        }
        store.flush();
        auto reader = makeHistoryReader(m_file);
        QVERIFY(reader);
        m_reader = std::move(*reader);
    }

    void readsPageByPageInAnyOrder_data()
    {
        QTest::addColumn<int>("order");
        QTest::addColumn<bool>("descending");
        for (const bool descending : {true, false})
            for (int order = 0; order <= static_cast<int>(HistoryOrder::Rate); ++order)
                QTest::addRow("order %d %s", order, descending ? "descending" : "ascending") << order << descending;
    }

    void readsPageByPageInAnyOrder()
    {
        QFETCH(int, order);
        QFETCH(bool, descending);
        HistoryQuery query{.order = static_cast<HistoryOrder>(order), .descending = descending, .limit = jobsAll};
        const auto whole = m_reader->rows(query);
        QVERIFY(whole);
        QCOMPARE(whole->size(), std::size_t(jobsAll));

        query.limit = 37;
        std::vector<HistoryRow> pages;
        for (;;) {
            const auto page = m_reader->rows(query);
            QVERIFY(page);
            if (page->empty())
                break;
            pages.insert(pages.end(), page->begin(), page->end());
            query.after = pages.back();
        }

        QVERIFY(pages == *whole);
    }

    void ordersByWhatItIsTold()
    {
        const auto slowest = m_reader->rows({.order = HistoryOrder::Waited, .limit = 3});
        const auto first = m_reader->rows({.order = HistoryOrder::Time, .descending = false, .limit = 1});

        QCOMPARE(slowest->at(0).finished.job.waited, 499ms);
        QCOMPARE(slowest->at(1).finished.job.waited, 498ms);
        QCOMPARE(first->at(0).finished.job.requestId, std::string("req_1"));
    }

    void tellsOnlyWhatCameSince()
    {
        const auto rows = m_reader->rows({.newerThan = jobsAll - 2});

        QCOMPARE(rows->size(), std::size_t(2));
        QCOMPARE(rows->at(0).number, std::int64_t(jobsAll));
    }

    void filters_data()
    {
        QTest::addColumn<HistoryFilter>("filter");
        QTest::addColumn<int>("rows");
        QTest::newRow("all") << HistoryFilter{} << 500;
        QTest::newRow("user") << HistoryFilter{.user = "Zed"} << 166;
        QTest::newRow("no such user") << HistoryFilter{.user = "zed' OR '1'='1"} << 0;
        QTest::newRow("model") << HistoryFilter{.model = "llama3.2:3b"} << 250;
        QTest::newRow("backend") << HistoryFilter{.backend = "ollama"} << 450;
        QTest::newRow("outcome") << HistoryFilter{.outcome = Outcome::Refused} << 50;
        QTest::newRow("from") << HistoryFilter{.from = noon + 500 * 1000} << 1;
        QTest::newRow("to") << HistoryFilter{.to = noon + 3 * 1000} << 2;
        QTest::newRow("text in the user") << HistoryFilter{.text = "WEBUI"} << 167;
        QTest::newRow("text in the path") << HistoryFilter{.text = "/v1/"} << 250;
        QTest::newRow("text in the request id") << HistoryFilter{.text = "req_499"} << 1;
        QTest::newRow("text in the reason") << HistoryFilter{.text = "queue_full"} << 50;
        QTest::newRow("a percent sign means itself") << HistoryFilter{.text = "%"} << 0;
        QTest::newRow("an underscore means itself") << HistoryFilter{.text = "reqx1"} << 0;
        QTest::newRow("all of it") << HistoryFilter{.user = "Zed", .model = "llama3.2:3b", .outcome = Outcome::Done}
                                   << 67;
    }

    void filters()
    {
        QFETCH(HistoryFilter, filter);
        QFETCH(int, rows);

        const auto count = m_reader->count(filter);
        const auto found = m_reader->rows({.filter = filter, .limit = 1000});
        int streamed = 0;
        const auto all = m_reader->each({.filter = filter}, [&](const HistoryRow&) { return ++streamed > 0; });
        const auto summary = m_reader->summary(filter);

        QCOMPARE(*count, static_cast<std::uint64_t>(rows));
        QCOMPARE(found->size(), static_cast<std::size_t>(rows));
        QVERIFY(all);
        QCOMPARE(streamed, rows);
        QCOMPARE(summary->rows, static_cast<std::uint64_t>(rows));
    }

    void measuresTheMiddleAndTheSlowEnd()
    {
        const auto summary = m_reader->summary({});

        QVERIFY(summary);
        QCOMPARE(summary->outcomes[static_cast<std::size_t>(Outcome::Done)], std::uint64_t(450));
        QCOMPARE(summary->promptTokens, std::uint64_t(45'000));
        // 1..499 without the tens, which were refused at the door: the 225th is 249, the 428th (95 %) is 475.
        QCOMPARE(summary->waitedMs, (Percentiles{450, 249, 475}));
        QCOMPARE(summary->toFirstTokenMs, (Percentiles{450, 498, 950}));
        QCOMPARE(summary->tokensPerSecond, (Percentiles{450, 25, 21}));
    }

    void namesWhatOccurs()
    {
        const auto names = m_reader->names();

        QVERIFY(names);
        QCOMPARE(names->users, (std::vector<std::string>{"Open WebUI", "python train.py", "Zed"}));
        QCOMPARE(names->models, (std::vector<std::string>{"llama3.2:3b", "qwen2.5-coder:7b"}));
        QCOMPARE(names->backends, (std::vector<std::string>{"ollama"}));
    }

    void stopsWhenItsReaderHasEnough()
    {
        int taken = 0;

        const auto ended = m_reader->each({}, [&](const HistoryRow&) { return ++taken < 5; });

        QVERIFY(ended);
        QCOMPARE(taken, 5);
    }

    void endsAnInterruptedCallWithCancelled()
    {
        int taken = 0;

        const auto ended = m_reader->each({}, [&](const HistoryRow&) {
            if (++taken == 5)
                m_reader->interrupt();
            return true;
        });

        QVERIFY(!ended);
        QCOMPARE(ended.error().code, Errc::Cancelled);
        QCOMPARE(taken, 5);
        QVERIFY(m_reader->count({})); // and the next one works
    }

    void failsWithNotFoundWhereNothingWasKept()
    {
        const auto reader = makeHistoryReader(m_folder.filePath(QStringLiteral("none.db")).toStdString());

        QVERIFY(!reader);
        QCOMPARE(reader.error().code, Errc::NotFound);
    }

    void failsWhereThereIsSomethingElse()
    {
        QFile other(m_folder.filePath(QStringLiteral("other.db")));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write(QByteArray(5000, 'x'));
        other.close();

        const auto reader = makeHistoryReader(other.fileName().toStdString());

        QVERIFY(!reader);
        QCOMPARE(reader.error().code, Errc::Io);
    }

private:
    QTemporaryDir m_folder;
    std::string m_file;
    std::unique_ptr<HistoryReader> m_reader;
};

QTEST_GUILESS_MAIN(HistoryReaderTest)
#include "history_reader_test.moc"
