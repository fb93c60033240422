// SPDX-License-Identifier: MIT
#include "core/store/history_file.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Transaction.h>

#include <sqlite3.h>

#include <fstream>
#include <iterator>
#include <system_error>

namespace drover::history {

namespace {

namespace fs = std::filesystem;

/// Brings a file from the version before to the next one; the first makes it. Append only.
constexpr const char* steps[] = {
    R"(CREATE TABLE jobs (
           number INTEGER PRIMARY KEY AUTOINCREMENT,
           finished_at INTEGER NOT NULL,
           request_id TEXT NOT NULL,
           user TEXT NOT NULL,
           model TEXT NOT NULL,
           backend TEXT NOT NULL,
           path TEXT NOT NULL,
           dialect TEXT NOT NULL,
           lane TEXT NOT NULL,
           streamed INTEGER NOT NULL,
           ran INTEGER NOT NULL,
           outcome TEXT NOT NULL,
           status INTEGER NOT NULL,
           reason_code TEXT NOT NULL,
           waited_ms INTEGER NOT NULL,
           first_token_ms INTEGER NOT NULL,
           ran_ms INTEGER NOT NULL,
           prompt_tokens INTEGER NOT NULL,
           output_tokens INTEGER NOT NULL,
           rate REAL NOT NULL
       );
       CREATE TABLE usage (
           day INTEGER NOT NULL,
           user TEXT NOT NULL,
           model TEXT NOT NULL,
           requests INTEGER NOT NULL,
           prompt_tokens INTEGER NOT NULL,
           output_tokens INTEGER NOT NULL,
           ran_ms INTEGER NOT NULL,
           PRIMARY KEY (day, user, model)
       ) WITHOUT ROWID;)",
    "CREATE INDEX jobs_by_time ON jobs (finished_at);",
    R"(CREATE TABLE ledger (
           day INTEGER NOT NULL,
           pool TEXT NOT NULL,
           jobs INTEGER NOT NULL,
           failed INTEGER NOT NULL,
           prompt_tokens INTEGER NOT NULL,
           output_tokens INTEGER NOT NULL,
           ran_ms INTEGER NOT NULL,
           PRIMARY KEY (day, pool)
       ) WITHOUT ROWID;)",
};

int versionOf(SQLite::Database& database)
{
    return database.execAndGet("PRAGMA user_version").getInt();
}

void migrate(SQLite::Database& database)
{
    if (versionOf(database) > schemaVersion)
        throw NewerSchema();
    if (versionOf(database) == schemaVersion)
        return;
    // Another Drover may be at it: whoever comes second finds nothing left to do.
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    for (int version = versionOf(database); version < schemaVersion; ++version)
        database.exec(steps[version]);
    database.exec("PRAGMA user_version = " + std::to_string(schemaVersion));
    transaction.commit();
}

/// SQLite makes its other files with the mode of this one.
void makePrivate(const fs::path& path)
{
    if (!path.parent_path().empty() && fs::create_directories(path.parent_path()))
        fs::permissions(path.parent_path(), fs::perms::owner_all);
    if (!fs::exists(path))
        std::ofstream(path, std::ios::app).flush(); // an empty file is an empty database
    std::error_code unimportant; // somebody else's file fails when it is opened, with a better reason
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, unimportant);
}

} // namespace

const int schemaVersion = static_cast<int>(std::size(steps));

fs::path pathOf(const std::string& utf8)
{
    return {std::u8string(utf8.begin(), utf8.end())};
}

std::unique_ptr<SQLite::Database> openForWriting(const std::string& file, const std::string& vfs)
{
    makePrivate(pathOf(file));
    auto database =
        std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE, static_cast<int>(busyTimeMax.count()), vfs);
    database->exec("PRAGMA auto_vacuum = INCREMENTAL"); // counts for an empty file only
    database->exec("PRAGMA journal_mode = WAL");
    database->exec("PRAGMA synchronous = NORMAL"); // a crash of the machine may lose the latest rows, never the file
    database->exec("PRAGMA secure_delete = ON");
    database->exec("PRAGMA journal_size_limit = 4194304");
    migrate(*database);
    // Opening writes nothing; this does, and so tells a folder that cannot be written at once.
    SQLite::Transaction(*database, SQLite::TransactionBehavior::IMMEDIATE).commit();
    return database;
}

std::unique_ptr<SQLite::Database> openForReading(const std::string& file)
{
    const int wait = static_cast<int>(busyTimeMax.count());
    auto database = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READONLY, wait);
    if (versionOf(*database) > schemaVersion)
        throw NewerSchema();
    return database;
}

std::string setAside(const std::string& file)
{
    const std::string aside = file + ".damaged";
    for (const char* part : {"", "-wal", "-shm"}) {
        std::error_code missing; // not every part is there
        fs::remove(pathOf(aside + part), missing);
        fs::rename(pathOf(file + part), pathOf(aside + part), missing);
        if (missing && *part == 0)
            throw std::system_error(missing);
    }
    return aside;
}

Trouble troubleOf(const SQLite::Exception& failure)
{
    switch (failure.getErrorCode()) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Trouble::Damaged;
    case SQLITE_FULL:
        return Trouble::DiskFull;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return Trouble::ReadOnly;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Trouble::Busy;
    default:
        return Trouble::Io;
    }
}

Trouble troubleOfException()
{
    try {
        throw;
    } catch (const SQLite::Exception& failure) {
        return troubleOf(failure);
    } catch (const NewerSchema&) {
        return Trouble::Newer;
    } catch (const std::system_error& failure) {
        const bool full = failure.code() == std::errc::no_space_on_device;
        const bool forbidden = failure.code() == std::errc::permission_denied
            || failure.code() == std::errc::read_only_file_system
            || failure.code() == std::errc::operation_not_permitted;
        return full ? Trouble::DiskFull : forbidden ? Trouble::ReadOnly : Trouble::Io;
    } catch (const std::exception&) {
        return Trouble::Io;
    }
}

Error errorOfException()
{
    try {
        throw;
    } catch (const SQLite::Exception& failure) {
        if (failure.getErrorCode() == SQLITE_INTERRUPT)
            return fail(Errc::Cancelled, "interrupted");
        return fail(Errc::Io, failure.what());
    } catch (const std::exception& failure) {
        return fail(Errc::Io, failure.what());
    }
}

} // namespace drover::history
