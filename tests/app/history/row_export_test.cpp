// SPDX-License-Identifier: MIT
#include "app/history/row_export.h"

#include "core/store/history_store.h"
#include "tests/support/history_rows.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

using namespace drover;
using namespace drover::app;
using namespace std::chrono_literals;

namespace {

constexpr int jobsAll = 3000;

} // namespace

class RowExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const std::string file = m_folder.filePath(QStringLiteral("history.db")).toStdString();
        HistoryStore store({.config = {.file = file}, .now = [] { return test::noon; }});
        for (int number = 0; number < jobsAll; ++number)
            store.add(test::finishedJob(number), 5ms);
        store.flush();
        auto reader = makeHistoryReader(file);
        QVERIFY(reader);
        m_reader = std::move(*reader);
    }

    void writesInPiecesThatDoNotGrow()
    {
        std::size_t largest = 0;
        std::string whole;

        const auto rows = exportRows(*m_reader, {}, 0, RowFormat::Csv, [&](std::string_view piece, std::uint64_t) {
            largest = std::max(largest, piece.size());
            whole += piece;
            return true;
        });

        QCOMPARE(*rows, std::uint64_t(jobsAll));
        QVERIFY(largest < 80'000 && whole.size() > 5 * largest);
        QCOMPARE(std::ranges::count(whole, '\n'), std::ptrdiff_t(jobsAll + 1));
    }

    void writesJsonThatCanBeRead_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<int>("rows");
        QTest::newRow("some") << QByteArray("Zed") << 1000;
        QTest::newRow("none") << QByteArray("nobody") << 0;
    }

    void writesJsonThatCanBeRead()
    {
        QFETCH(QByteArray, user);
        QFETCH(int, rows);
        QByteArray whole;

        const auto written = exportRows(*m_reader, {.filter = {.user = user.toStdString()}}, 0, RowFormat::Json,
            [&](std::string_view piece, std::uint64_t) {
                whole += QByteArray(piece.data(), static_cast<qsizetype>(piece.size()));
                return true;
            });

        QCOMPARE(*written, static_cast<std::uint64_t>(rows));
        const auto document = QJsonDocument::fromJson(whole);
        QVERIFY(document.isArray());
        QCOMPARE(document.array().size(), rows);
    }

    void stopsAtItsLimit()
    {
        std::string whole;

        const auto rows = exportRows(*m_reader, {}, 2, RowFormat::Csv, [&](std::string_view piece, std::uint64_t) {
            whole += piece;
            return true;
        });

        QCOMPARE(*rows, std::uint64_t(2));
        QCOMPARE(std::ranges::count(whole, '\n'), std::ptrdiff_t(3));
    }

    void leavesNoFileBehindWhenItIsCancelled()
    {
        const QString file = m_folder.filePath(QStringLiteral("export.csv"));

        const auto rows = exportRowsToFile(
            *m_reader, {}, 0, RowFormat::Csv, file.toStdString(), [](std::uint64_t soFar) { return soFar < 1000; });

        QVERIFY(!rows);
        QCOMPARE(rows.error().code, Errc::Cancelled);
        QVERIFY(!QFile::exists(file));
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("export*")}).size(), 0);
    }

    void saysWhenTheFileCannotBeWritten()
    {
        const auto rows = exportRowsToFile(*m_reader, {}, 0, RowFormat::Csv,
            m_folder.filePath(QStringLiteral("no such folder/export.csv")).toStdString());

        QVERIFY(!rows);
        QCOMPARE(rows.error().code, Errc::Io);
        QVERIFY(!rows.error().detail.empty());
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<HistoryReader> m_reader;
};

QTEST_GUILESS_MAIN(RowExportTest)
#include "row_export_test.moc"
