// SPDX-License-Identifier: MIT
#include "app/window/history_model.h"
#include "app/window/history_source.h"

#include "core/store/history_store.h"
#include "tests/support/history_rows.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace drover;
using namespace drover::app;
using namespace std::chrono_literals;

class HistoryModelTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HistoryStore> m_store;
    std::unique_ptr<HistorySource> m_source;
    std::unique_ptr<HistoryModel> m_model;

    std::string file() const { return m_folder->filePath(QStringLiteral("history.db")).toStdString(); }
    QString cell(int row, int column) const { return m_model->index(row, column).data().toString(); }

    void begin(int jobs)
    {
        m_store = std::make_unique<HistoryStore>(HistoryStoreOptions{
            .config = {.file = file()}, .now = [] { return test::noon; }, .rowsWaitingMax = 200'000});
        for (int number = 1; number <= jobs; ++number)
            m_store->add(test::finishedJob(number, test::noon + number), std::chrono::milliseconds(number));
        m_store->flush();
        m_source = std::make_unique<HistorySource>(file());
        m_model = std::make_unique<HistoryModel>(*m_source);
    }

    void loadFirst()
    {
        m_model->reload();
        QTRY_COMPARE(m_model->state(), HistoryModel::State::Shown);
    }

    void loadAll()
    {
        while (m_model->canFetchMore({})) {
            QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
            m_model->fetchMore({});
            QVERIFY(!inserted.isEmpty() || inserted.wait(20'000));
        }
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup()
    {
        m_model.reset();
        m_source.reset();
        m_store.reset();
    }

    void readsAHundredThousandRowsPageByPage()
    {
        begin(100'000);
        loadFirst();
        QCOMPARE(m_model->rowCount(), HistoryModel::pageRows);

        loadAll();

        QCOMPARE(m_model->rowCount(), 100'000);
        for (int row = 0; row < 100'000; ++row)
            QCOMPARE(m_model->row(row).number, std::int64_t(100'000 - row));
    }

    void isASoundModelWhileRowsCome()
    {
        begin(600);
        QAbstractItemModelTester tester(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        loadFirst();
        for (int round = 0; round < 5; ++round) {
            for (int number = 0; number < 20; ++number)
                m_store->add(test::finishedJob(1000 + round * 20 + number, test::noon + 5000), 1ms);
            m_store->flush();
            const int before = m_model->rowCount();
            m_model->takeNew();
            QTRY_COMPARE(m_model->rowCount(), before + 20);
        }
        loadAll();

        QCOMPARE(m_model->rowCount(), 700);
        std::set<std::int64_t> numbers;
        for (int row = 0; row < 700; ++row)
            numbers.insert(m_model->row(row).number);
        QCOMPARE(numbers.size(), std::size_t(700));
    }

    void keepsItsPlaceWhenRowsComeOnTop()
    {
        begin(300);
        loadFirst();
        const QPersistentModelIndex kept = m_model->index(10, 0);
        const auto number = m_model->row(10).number;
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);

        m_store->add(test::finishedJob(1000), 1ms);
        m_store->flush();
        m_model->takeNew();

        QTRY_COMPARE(kept.row(), 11);
        QCOMPARE(m_model->row(kept.row()).number, number);
        QCOMPARE(m_model->row(0).finished.job.requestId, std::string("req_1000"));
        QVERIFY(resets.isEmpty());
    }

    void putsWhatComesWhereItBelongs_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<Qt::SortOrder>("order");
        for (const auto column : {HistoryModel::Time, HistoryModel::User, HistoryModel::Model, HistoryModel::Result,
                 HistoryModel::Waited, HistoryModel::ToFirstToken, HistoryModel::Ran, HistoryModel::Tokens,
                 HistoryModel::Rate, HistoryModel::Backend}) {
            QTest::addRow("column %d ascending", column) << int(column) << Qt::AscendingOrder;
            QTest::addRow("column %d descending", column) << int(column) << Qt::DescendingOrder;
        }
    }

    void putsWhatComesWhereItBelongs()
    {
        QFETCH(int, column);
        QFETCH(Qt::SortOrder, order);
        begin(400);
        loadFirst();
        m_model->sort(column, order);
        QTRY_VERIFY(m_model->canFetchMore({}));
        for (int number = 1; number <= 30; ++number)
            m_store->add(number % 5 == 0 ? test::refusedJob(number * 13) : test::finishedJob(number * 13), 77ms);
        m_store->flush();
        m_model->takeNew();
        QTRY_COMPARE(m_model->newest(), std::int64_t(430));
        loadAll();
        QTRY_COMPARE(m_model->rowCount(), 430);

        auto query = m_model->query();
        query.limit = 1000;
        auto reader = makeHistoryReader(file());
        const auto expected = (*reader)->rows(query);
        for (int row = 0; row < 430; ++row)
            QCOMPARE(m_model->row(row).number, (*expected)[static_cast<std::size_t>(row)].number);
    }

    void showsNoRowTwiceThatCameBeforeItLooked()
    {
        begin(300);
        loadFirst();
        for (int number = 1; number <= 20; ++number)
            m_store->add(test::finishedJob(number * 17), 3ms);
        m_store->flush();

        m_model->sort(HistoryModel::Waited, Qt::DescendingOrder); // its first page has some of them
        QTRY_VERIFY(m_model->canFetchMore({}));
        m_model->takeNew();
        QTRY_COMPARE(m_model->newest(), std::int64_t(320));
        loadAll();

        std::set<std::int64_t> numbers;
        for (int row = 0; row < m_model->rowCount(); ++row)
            numbers.insert(m_model->row(row).number);
        QCOMPARE(m_model->rowCount(), 320);
        QCOMPARE(numbers.size(), std::size_t(320));
    }

    void readsEverythingAgainWhenVeryManyCame()
    {
        begin(10);
        loadFirst();
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        for (int number = 0; number < 2000; ++number)
            m_store->add(test::finishedJob(number), 1ms);
        m_store->flush();

        m_model->takeNew();

        QVERIFY(resets.wait(20'000));
        QCOMPARE(m_model->rowCount(), HistoryModel::pageRows);
        QCOMPARE(m_model->row(0).number, std::int64_t(2010));
    }

    void showsOnlyTheLatestFilter()
    {
        begin(1000);
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);

        m_model->setFilter({.user = "Zed"});
        m_model->setFilter({.user = "Open WebUI"});
        m_model->setFilter({.text = "req_77"});

        QTRY_COMPARE(m_model->state(), HistoryModel::State::Shown);
        QCOMPARE(resets.size(), 1);
        QCOMPARE(m_model->rowCount(), 11); // 77, 770 to 779
    }

    void saysWhenNothingWasKept()
    {
        m_source = std::make_unique<HistorySource>(file());
        m_model = std::make_unique<HistoryModel>(*m_source);

        m_model->reload();

        QTRY_COMPARE(m_model->state(), HistoryModel::State::Nothing);
        m_store = std::make_unique<HistoryStore>(HistoryStoreOptions{.config = {.file = file()}});
        m_store->add(test::finishedJob(1), 1ms);
        m_store->flush();
        m_model->takeNew();
        QTRY_COMPARE(m_model->rowCount(), 1); // and looks again
    }

    void saysWhyItCannotRead()
    {
        QFile other(QString::fromStdString(file()));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write(QByteArray(5000, 'x'));
        other.close();
        m_source = std::make_unique<HistorySource>(file());
        m_model = std::make_unique<HistoryModel>(*m_source);

        m_model->reload();

        QTRY_COMPARE(m_model->state(), HistoryModel::State::Failed);
        QVERIFY(!m_model->trouble().detail.empty());
    }

    void tellsItAll()
    {
        begin(0);
        m_store->add(test::refusedJob(5), -1ms);
        m_store->add(test::finishedJob(6), 1500ms);
        m_store->flush();
        loadFirst();

        QCOMPARE(cell(0, HistoryModel::Result), QStringLiteral("Done"));
        QCOMPARE(cell(0, HistoryModel::ToFirstToken), QStringLiteral("1 s"));
        QCOMPARE(cell(1, HistoryModel::Result), QStringLiteral("Refused"));
        QCOMPARE(cell(1, HistoryModel::Tokens), QString());
        QVERIFY(m_model->spoken(m_model->row(1)).contains(QString::fromUtf8(describe(Errc::QueueFull).data())));
    }

    void endsWhileAQuestionIsUnderWay()
    {
        begin(20'000);
        for (int question = 0; question < 50; ++question) {
            m_model->sort(question % 2 == 0 ? HistoryModel::User : HistoryModel::Rate, Qt::AscendingOrder);
            m_model->reload();
        }

        m_model.reset();
        m_source.reset();

        QCoreApplication::processEvents(); // answers that were under way find nobody
    }
};

QTEST_MAIN(HistoryModelTest)
#include "history_model_test.moc"
