// SPDX-License-Identifier: MIT
#include "core/store/history_store.h"

#include "core/store/history_file.h"

#include "tests/support/history_rows.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sqlite3.h>

#include <atomic>

using namespace drover;
using namespace drover::test;
using namespace std::chrono_literals;

namespace {

/// SQLite's usual files, of which writing fails with `code`.
struct BadDisk {
    static constexpr const char* name = "bad-disk";
    static inline std::atomic<int> code = SQLITE_OK;
    static inline sqlite3_vfs vfs = {};

    /// SQLite's methods for databases differ from those for their logs.
    template <int kind> struct Methods {
        static inline sqlite3_io_methods bad = {};
        static inline const sqlite3_io_methods* usual = nullptr;

        static int write(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at)
        {
            return code != SQLITE_OK ? code.load() : usual->xWrite(file, from, bytes, at);
        }

        static void wrap(sqlite3_file* file)
        {
            if (usual == nullptr) {
                usual = file->pMethods;
                bad = *usual;
                bad.xWrite = write;
            }
            file->pMethods = &bad;
        }
    };

    static int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* outFlags)
    {
        sqlite3_vfs* below = sqlite3_vfs_find(nullptr);
        const int opened = below->xOpen(below, path, file, flags, outFlags);
        if (opened == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB) != 0)
            Methods<0>::wrap(file);
        else if (opened == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0)
            Methods<1>::wrap(file);
        return opened;
    }

    static void install()
    {
        vfs = *sqlite3_vfs_find(nullptr);
        vfs.zName = name;
        vfs.pNext = nullptr;
        vfs.xOpen = open;
        sqlite3_vfs_register(&vfs, 0);
    }
};

std::vector<HistoryRow> rowsOf(const std::string& file)
{
    auto reader = makeHistoryReader(file);
    if (!reader)
        return {};
    auto rows = (*reader)->rows({.limit = historyPageMax});
    return rows ? *rows : std::vector<HistoryRow>{};
}

std::vector<UsageRow> usageOf(const std::string& file, UsageBy by)
{
    auto reader = makeHistoryReader(file);
    if (!reader)
        return {};
    auto rows = (*reader)->usage({.by = by});
    return rows ? *rows : std::vector<UsageRow>{};
}

std::vector<LedgerRow> ledgerOf(const std::string& file, const LedgerQuery& query)
{
    auto reader = makeHistoryReader(file);
    if (!reader)
        return {};
    auto rows = (*reader)->ledger(query);
    return rows ? *rows : std::vector<LedgerRow>{};
}

FinishedJob pooled(FinishedJob finished, const std::string& pool)
{
    finished.job.user = "pool " + pool;
    finished.job.pool = pool;
    return finished;
}

void overwrite(const std::string& file, qint64 at, const QByteArray& bytes)
{
    QFile damaged(QString::fromStdString(file));
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    QVERIFY(damaged.seek(at));
    QCOMPARE(damaged.write(bytes), bytes.size());
}

} // namespace

class HistoryStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { BadDisk::install(); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("state/history.db")).toStdString();
        BadDisk::code = SQLITE_OK;
    }

    void keepsEveryJobAsItEnded()
    {
        FinishedJob failed = finishedJob(2);
        failed.outcome = Outcome::Failed;
        failed.status = 502;
        failed.reasonCode = "backend_failed";
        failed.reason = "the backend said: your secret prompt";
        {
            HistoryStore store(options());
            store.add(finishedJob(1), 120ms);
            store.add(failed, -1ms);
            store.add(refusedJob(3), -1ms);
        }

        const auto rows = rowsOf(m_file);

        QCOMPARE(rows.size(), std::size_t(3));
        HistoryRow expected{.number = 1, .finished = finishedJob(1), .toFirstToken = 120ms};
        QVERIFY(rows[2] == expected);
        QCOMPARE(rows[1].finished.reasonCode, std::string("backend_failed"));
        QCOMPARE(rows[1].finished.reason, std::string(describe(Errc::BackendFailed)));
        QCOMPARE(rows[1].toFirstToken, -1ms);
        QVERIFY(rows[0].finished == refusedJob(3));
        QFile file(QString::fromStdString(m_file));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("secret prompt"));
    }

    void isPrivateToItsOwner()
    {
        HistoryStore store(options());
        store.add(finishedJob(1), 1ms);
        store.flush();

        for (const char* part : {"", "-wal", "-shm"}) {
            const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
            const QString name = QString::fromStdString(m_file + part);
            QVERIFY2(QFile::exists(name), qPrintable(name));
            QCOMPARE(QFile::permissions(name) & others, QFile::Permissions{});
        }
    }

    void sumsUsagePerDayUserAndModel()
    {
        HistoryStore store(options());
        store.add(finishedJob(3, noon), 1ms); // Zed, qwen
        store.add(finishedJob(6, noon), 1ms); // Zed, llama
        store.add(finishedJob(6, noon - 86'400'000), 1ms);
        store.add(refusedJob(3, noon), -1ms); // used nothing
        store.flush();

        const auto days = usageOf(m_file, UsageBy::Day);
        const auto users = usageOf(m_file, UsageBy::User);
        const auto models = usageOf(m_file, UsageBy::Model);

        QCOMPARE(days.size(), std::size_t(2));
        QCOMPARE(days[0].name, std::string("2026-11-21"));
        QVERIFY((days[0].usage == UsageSum{.requests = 2, .promptTokens = 200, .outputTokens = 80, .ran = 6s}));
        QCOMPARE(days[1].name, std::string("2026-11-20"));
        QCOMPARE(users.size(), std::size_t(1));
        QCOMPARE(users[0].usage.requests, std::uint64_t(3));
        QCOMPARE(models[0].name, std::string("llama3.2:3b"));
    }

    void knowsAfterARestartWhatWasUsedToday()
    {
        {
            HistoryStore store(options());
            store.add(finishedJob(3, noon), 1ms);
            store.add(finishedJob(3, noon - 86'400'000), 1ms);
        }

        HistoryStore store(options());

        QCOMPARE(store.usageAtStart().size(), std::size_t(1));
        QCOMPARE(store.usageAtStart()[0].first, std::string("Zed"));
        QCOMPARE(store.usageAtStart()[0].second.requests, std::uint64_t(1));
        QCOMPARE(store.usageAtStart()[0].second.outputTokens, std::uint64_t(40));
    }

    void takesOutWhatIsOlderThanItMayKeep()
    {
        constexpr std::int64_t day = 86'400'000;
        HistoryStore store(options());
        for (int number = 1; number <= 2500; ++number)
            store.add(finishedJob(number, noon - 31 * day), 1ms);
        store.add(finishedJob(3000, noon - 29 * day), 1ms);
        store.add(finishedJob(3001, noon - 401 * day), 1ms);
        store.flush();
        QVERIFY(rowsOf(m_file).size() <= 2502);

        for (int step = 0; step < 4; ++step) { // small ones, so that no write waits for long
            store.pruneSoon();
            store.flush();
        }

        const auto rows = rowsOf(m_file);
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].finished.job.requestId, std::string("req_3000"));
        QCOMPARE(usageOf(m_file, UsageBy::Day).size(), std::size_t(2)); // sums are kept longer
    }

    void forgetsEverythingWhenItIsSwitchedOff()
    {
        HistoryStore store(options());
        store.add(finishedJob(1), 1ms);
        store.flush();
        QVERIFY(store.state().kept);

        HistoryConfig off = options().config;
        off.keep = off.keepUsage = 0ms;
        store.setConfig(off);
        store.flush();
        store.add(finishedJob(2), 1ms);
        store.flush();

        QVERIFY(rowsOf(m_file).empty());
        QVERIFY(usageOf(m_file, UsageBy::User).empty());
        QCOMPARE(store.state().reasonCode, std::string("off"));
        store.setConfig(options().config);
        store.flush();
        store.add(finishedJob(3), 1ms);
        store.flush();
        QVERIFY(store.state().kept);
        QCOMPARE(rowsOf(m_file).size(), std::size_t(1));
    }

    void keepsSumsWithoutRows()
    {
        auto wanted = options();
        wanted.config.keep = 0ms;
        HistoryStore store(wanted);
        store.add(finishedJob(1), 1ms);
        store.flush();

        QVERIFY(rowsOf(m_file).empty());
        QCOMPARE(usageOf(m_file, UsageBy::User).size(), std::size_t(1));
        QVERIFY(!store.state().kept);
    }

    void makesNoFileWhenItIsOff()
    {
        auto wanted = options();
        wanted.config.keep = wanted.config.keepUsage = 0ms;
        HistoryStore store(wanted);
        store.add(finishedJob(1), 1ms);
        store.flush();

        QVERIFY(!QFile::exists(QString::fromStdString(m_file)));
        QCOMPARE(store.state().reasonCode, std::string("off"));
    }

    void bringsAnOlderFileUpToDate()
    {
        {
            HistoryStore store(options());
            store.add(finishedJob(1), 1ms);
        }
        {
            SQLite::Database old(m_file, SQLite::OPEN_READWRITE);
            old.exec("DROP INDEX jobs_by_time; DROP TABLE ledger; PRAGMA user_version = 1");
        }

        {
            HistoryStore store(options());
            store.add(finishedJob(2), 1ms);
        }

        QCOMPARE(rowsOf(m_file).size(), std::size_t(2));
        SQLite::Database now(m_file);
        QCOMPARE(now.execAndGet("PRAGMA user_version").getInt(), history::schemaVersion);
        QCOMPARE(now.execAndGet("SELECT COUNT(*) FROM sqlite_master WHERE name = 'jobs_by_time'").getInt(), 1);
    }

    void leavesTheFileOfANewerDroverAlone()
    {
        {
            HistoryStore store(options());
            store.add(finishedJob(1), 1ms);
        }
        {
            SQLite::Database newer(m_file, SQLite::OPEN_READWRITE);
            newer.exec("PRAGMA user_version = 99");
        }
        {
            HistoryStore store(options());
            store.add(finishedJob(2), 1ms);
            store.flush();
            QCOMPARE(store.state().reasonCode, std::string("newer"));
            QVERIFY(!store.state().kept);
        }
        SQLite::Database still(m_file);
        QCOMPARE(still.execAndGet("SELECT COUNT(*) FROM jobs").getInt(), 1);
    }

    void setsADamagedFileAsideAndBeginsAFreshOne_data()
    {
        QTest::addColumn<int>("at");
        QTest::newRow("its head") << 0;
        QTest::newRow("the page that lists its tables") << 100;
    }

    void setsADamagedFileAsideAndBeginsAFreshOne()
    {
        QFETCH(int, at);
        {
            HistoryStore store(options());
            store.add(finishedJob(1), 1ms);
        }
        overwrite(m_file, at, QByteArray(2000, '\xA5'));

        HistoryStore store(options());
        store.add(finishedJob(2), 1ms);
        store.flush();

        QVERIFY(store.state().kept);
        QCOMPARE(store.state().reasonCode, std::string("set_aside"));
        const auto rows = rowsOf(m_file);
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].finished.job.requestId, std::string("req_2"));
        QVERIFY(QFile::exists(QString::fromStdString(m_file + ".damaged")));
    }

    void replacesAFileThatIsDamagedWhileItRuns()
    {
        HistoryStore store(options());
        for (int number = 0; number < 300; ++number)
            store.add(finishedJob(number), 1ms);
        store.flush();
        {
            SQLite::Database other(m_file, SQLite::OPEN_READWRITE);
            other.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        const auto pages = QFile(QString::fromStdString(m_file)).size() / 4096;
        for (qint64 page = 1; page < pages; ++page)
            overwrite(m_file, page * 4096, QByteArray(4096, '\xA5'));

        // Whatever of it is in memory still works; the next one to open it sees the damage.
        {
            HistoryStore second(options());
            for (int number = 0; number < 300; ++number)
                second.add(finishedJob(1000 + number), 1ms);
            second.flush();
            QCOMPARE(second.state().reasonCode, std::string("set_aside"));
            QVERIFY(second.state().kept);
        }
        QCOMPARE(rowsOf(m_file).size(), std::size_t(300));
    }

    void worksOnWhileWritingFails_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("reasonCode");
        QTest::newRow("disk full") << SQLITE_FULL << QByteArray("disk_full");
        QTest::newRow("read-only") << SQLITE_READONLY << QByteArray("read_only");
        QTest::newRow("broken disk") << SQLITE_IOERR_WRITE << QByteArray("io");
    }

    void worksOnWhileWritingFails()
    {
        QFETCH(int, code);
        QFETCH(QByteArray, reasonCode);
        auto wanted = options();
        wanted.vfs = BadDisk::name;
        wanted.rowsWaitingMax = 100;
        HistoryStore store(wanted);
        store.add(finishedJob(1), 1ms);
        store.flush();
        QVERIFY2(store.state().kept, store.state().reasonText.c_str());

        BadDisk::code = code;
        for (int number = 2; number <= 151; ++number)
            store.add(finishedJob(number), 1ms);
        store.flush();

        const HistoryState bad = store.state();
        QVERIFY(!bad.kept);
        QCOMPARE(QByteArray::fromStdString(bad.reasonCode), reasonCode);
        QVERIFY(!bad.reasonText.empty() && !bad.fixText.empty());
        QCOMPARE(bad.rowsLost, std::uint64_t(50));

        BadDisk::code = SQLITE_OK;
        store.flush();

        QVERIFY(store.state().kept);
        QVERIFY(store.state().reasonCode.empty());
        QCOMPARE(rowsOf(m_file).size(), std::size_t(101));
        QCOMPARE(store.state().lastRow, std::uint64_t(101));
    }

    void saysWhenItsFolderCannotBeMade()
    {
        QFile inTheWay(m_folder->filePath(QStringLiteral("state")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        inTheWay.close();

        HistoryStore store(options());
        store.add(finishedJob(1), 1ms);
        store.flush();

        QVERIFY(!store.state().kept);
        QVERIFY(!store.state().reasonCode.empty());
        QVERIFY(!store.state().fixText.empty());
        QVERIFY(QFile::remove(inTheWay.fileName()));
        store.flush();
        QVERIFY(store.state().kept);
        QCOMPARE(rowsOf(m_file).size(), std::size_t(1)); // what waited meanwhile
    }

    void saysWhenItMayNotWrite()
    {
        {
            HistoryStore store(options());
        }
        const QString folder = m_folder->filePath(QStringLiteral("state"));
        QFile::setPermissions(QString::fromStdString(m_file), QFile::ReadOwner);
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner);
        QFile probe(folder + QStringLiteral("/probe"));
        if (probe.open(QIODevice::WriteOnly)) {
            QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
            QSKIP("this user may write everywhere");
        }

        {
            HistoryStore store(options());
            store.add(finishedJob(1), 1ms);
            store.flush();
            QCOMPARE(store.state().reasonCode, std::string("read_only"));
        }
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    void letsOthersReadWhileItWrites()
    {
        HistoryStore store(options());
        store.add(finishedJob(0), 1ms);
        store.flush();
        auto reader = makeHistoryReader(m_file);
        QVERIFY(reader);

        std::thread writing([&] {
            for (int number = 1; number <= 2000; ++number)
                store.add(finishedJob(number), 1ms);
            store.flush();
        });
        std::uint64_t last = 0;
        bool grows = true;
        while (last < 2001) {
            const auto count = (*reader)->count({});
            grows = grows && count && *count >= last && *count % 1 == 0;
            if (!grows)
                break;
            last = *count;
        }
        writing.join();

        QVERIFY(grows);
        QCOMPARE(last, std::uint64_t(2001));
    }

    void deletesBesideARunningWriter()
    {
        HistoryStore store(options());
        for (int number = 0; number < 1200; ++number)
            store.add(finishedJob(number), 1ms);
        store.flush();
        std::vector<std::uint64_t> steps;

        const auto deleted = deleteHistory(m_file, {.user = "Zed"}, [&](std::uint64_t sofar) {
            store.add(finishedJob(1), 1ms);
            store.flush();
            steps.push_back(sofar);
            return true;
        });

        QVERIFY(deleted);
        QCOMPARE(*deleted, std::uint64_t(400));
        QVERIFY(store.state().kept);
        QCOMPARE(rowsOf(m_file).size(), std::size_t(800) + steps.size());
        QCOMPARE(usageOf(m_file, UsageBy::User).size(), std::size_t(3)); // sums stay
    }

    void neverGivesANumberTwice()
    {
        HistoryStore store(options());
        store.add(finishedJob(1), 1ms);
        store.flush();
        QVERIFY(deleteHistory(m_file, {}));
        store.add(finishedJob(2), 1ms);
        store.flush();

        QCOMPARE(rowsOf(m_file).at(0).number, std::int64_t(2));
    }

    void keepsTheLedgerOfEachPoolAndDay()
    {
        FinishedJob failed = pooled(finishedJob(2), "lab");
        failed.outcome = Outcome::Failed;
        FinishedJob cancelled = pooled(finishedJob(3), "lab");
        cancelled.outcome = Outcome::Cancelled;
        HistoryStore store(options());
        store.add(pooled(finishedJob(1), "lab"), 1ms);
        store.add(failed, 1ms);
        store.add(cancelled, 1ms);
        store.add(pooled(finishedJob(1), "home"), 1ms);
        store.add(pooled(finishedJob(1, noon - 86'400'000), "lab"), 1ms);
        store.add(finishedJob(1), 1ms); // the owner's own
        store.add(pooled(refusedJob(1), "lab"), -1ms); // given to no backend
        store.flush();

        const auto rows = ledgerOf(m_file, {});

        const GivenSum one{.jobs = 1, .failed = 0, .promptTokens = 100, .outputTokens = 40, .ran = 3s};
        const GivenSum three{.jobs = 3, .failed = 1, .promptTokens = 300, .outputTokens = 120, .ran = 9s};
        QCOMPARE(rows.size(), std::size_t(3));
        QVERIFY((rows[0] == LedgerRow{20261121, "home", one}));
        QVERIFY((rows[1] == LedgerRow{20261121, "lab", three}));
        QVERIFY((rows[2] == LedgerRow{20261120, "lab", one}));
        QCOMPARE(ledgerOf(m_file, {.pool = "lab", .fromDate = 20261121}).size(), std::size_t(1));
        QCOMPARE(ledgerOf(m_file, {.pool = {}, .fromDate = {}, .toDate = 20261120}).size(), std::size_t(1));
    }

    void knowsAfterARestartWhatEachPoolWasGiven()
    {
        {
            HistoryStore store(options());
            store.add(pooled(finishedJob(1), "lab"), 1ms);
            store.add(pooled(finishedJob(2, noon - 86'400'000), "lab"), 1ms);
            store.add(pooled(finishedJob(3, noon - 86'400'000), "old"), 1ms);
        }

        const HistoryStore store(options());

        const GivenSum one{.jobs = 1, .failed = 0, .promptTokens = 100, .outputTokens = 40, .ran = 3s};
        GivenSum two = one;
        two += one;
        QCOMPARE(store.givenAtStart().size(), std::size_t(2));
        QVERIFY((store.givenAtStart()[0] == GivenBefore{"lab", one, two}));
        QVERIFY((store.givenAtStart()[1] == GivenBefore{"old", {}, one}));
    }

    void keepsTheLedgerWhenTheHistoryIsOff()
    {
        auto wanted = options();
        wanted.config.keep = wanted.config.keepUsage = 0ms;
        {
            HistoryStore store(wanted);
            store.add(pooled(finishedJob(1), "lab"), 1ms);
            store.add(finishedJob(2), 1ms);
            store.flush();

            QCOMPARE(store.state().reasonCode, std::string("off"));
        }

        QVERIFY(rowsOf(m_file).empty());
        QVERIFY(usageOf(m_file, UsageBy::User).empty());
        QCOMPARE(ledgerOf(m_file, {}).size(), std::size_t(1));
        const HistoryStore again(wanted);
        QCOMPARE(again.givenAtStart().size(), std::size_t(1));
    }

    void takesOutALedgerThatIsTooOldOrSwitchedOff()
    {
        HistoryStore store(options());
        store.add(pooled(finishedJob(1, noon - std::int64_t{3651} * 86'400'000), "old"), 1ms);
        store.add(pooled(finishedJob(2), "lab"), 1ms);
        store.flush();
        store.pruneSoon();
        store.flush();
        const auto young = ledgerOf(m_file, {});

        HistoryConfig off = options().config;
        off.keepLedger = 0ms;
        store.setConfig(off);
        store.add(pooled(finishedJob(3), "lab"), 1ms);
        store.flush();

        QCOMPARE(young.size(), std::size_t(1));
        QCOMPARE(young[0].pool, std::string("lab"));
        QVERIFY(ledgerOf(m_file, {}).empty());
        QCOMPARE(rowsOf(m_file).size(), std::size_t(2)); // the rest of the history goes on
    }

private:
    HistoryStoreOptions options() const
    {
        HistoryStoreOptions made;
        made.config.file = m_file;
        made.now = [] { return noon; };
        return made;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_file;
};

QTEST_GUILESS_MAIN(HistoryStoreTest)
#include "history_store_test.moc"
