// SPDX-License-Identifier: MIT
#include "core/store/key_database.h"

#include "core/api/private_file.h"
#include "core/store/history_file.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Transaction.h>

#include <sqlite3.h>

#include <filesystem>
#include <iterator>
#include <system_error>

namespace drover::keyfile {

namespace {

namespace fs = std::filesystem;

/// Tells a key file from any other of SQLite's: "DrvK".
constexpr int applicationId = 0x4472764B;

/// Brings a file from the version before to the next one; the first makes it. Append only.
constexpr const char* steps[] = {
    R"(CREATE TABLE keys (
           number INTEGER PRIMARY KEY AUTOINCREMENT,
           role TEXT NOT NULL,
           name TEXT NOT NULL,
           sha256 TEXT NOT NULL UNIQUE,
           prefix TEXT NOT NULL,
           weight REAL NOT NULL,
           models TEXT NOT NULL,
           requests_per_minute INTEGER NOT NULL,
           tokens_per_minute INTEGER NOT NULL,
           tokens_per_day INTEGER NOT NULL,
           running_max INTEGER NOT NULL,
           created_at INTEGER NOT NULL,
           expires_at INTEGER NOT NULL,
           revoked_at INTEGER NOT NULL DEFAULT 0,
           last_used_at INTEGER NOT NULL DEFAULT 0,
           note TEXT NOT NULL,
           rotated INTEGER NOT NULL DEFAULT 0,
           expiry_noted INTEGER NOT NULL DEFAULT 0
       );
       CREATE UNIQUE INDEX keys_by_name ON keys (role, name) WHERE revoked_at = 0 AND rotated = 0;
       CREATE TABLE invitations (
           number INTEGER PRIMARY KEY AUTOINCREMENT,
           prefix TEXT NOT NULL,
           salt BLOB NOT NULL,
           hash BLOB NOT NULL,
           uses_max INTEGER NOT NULL,
           uses INTEGER NOT NULL DEFAULT 0,
           created_at INTEGER NOT NULL,
           expires_at INTEGER NOT NULL,
           withdrawn_at INTEGER NOT NULL DEFAULT 0,
           weight REAL NOT NULL,
           models TEXT NOT NULL,
           requests_per_minute INTEGER NOT NULL,
           tokens_per_minute INTEGER NOT NULL,
           tokens_per_day INTEGER NOT NULL,
           running_max INTEGER NOT NULL,
           note TEXT NOT NULL
       );
       CREATE INDEX invitations_by_prefix ON invitations (prefix);
       CREATE TABLE audit (
           number INTEGER PRIMARY KEY AUTOINCREMENT,
           at INTEGER NOT NULL,
           event TEXT NOT NULL,
           subject TEXT NOT NULL,
           source TEXT NOT NULL,
           detail TEXT NOT NULL,
           refusal INTEGER NOT NULL
       );
       CREATE INDEX audit_by_kind ON audit (refusal, number);)",
};

int numberOf(SQLite::Database& database, const char* pragma)
{
    return database.execAndGet(pragma).getInt();
}

void migrate(SQLite::Database& database)
{
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const int found = numberOf(database, "PRAGMA user_version");
    for (int version = found; version < schemaVersion; ++version)
        database.exec(steps[version]);
    if (found < schemaVersion)
        database.exec("PRAGMA user_version = " + std::to_string(schemaVersion));
    transaction.commit(); // having been allowed to begin tells that the file may be written
}

/// The bytes of a key file without keys.
std::string emptyFile()
{
    SQLite::Database memory(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    memory.exec("PRAGMA application_id = " + std::to_string(applicationId));
    migrate(memory);
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
        sqlite3_serialize(memory.getHandle(), "main", &size, 0), sqlite3_free);
    if (!bytes)
        throw std::bad_alloc();
    std::string image(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
    image[18] = image[19] = 2; // "has a write-ahead log": https://www.sqlite.org/fileformat.html 1.3.3
    return image;
}

/// A file appears whole or not at all, so an empty one is never ours. Fails when keys may have been lost.
Result<> makeWhenMissing(const std::string& path)
{
    std::error_code error;
    // In this order: where the log is, the file was there before it.
    const bool logThere =
        fs::exists(history::pathOf(path + "-wal"), error) && !fs::is_empty(history::pathOf(path + "-wal"), error);
    const bool fileThere = fs::exists(history::pathOf(path), error);
    if (error)
        return fail(Errc::Io, path + ": " + error.message());
    if (!fileThere && logThere)
        return fail(Errc::Io,
            path + " is missing, but its log " + path
                + "-wal is there. Put the file back, or remove the log too to begin without keys.");
    if (!fileThere) {
        const auto made = writePrivateFile(path, emptyFile(), Existing::Keep);
        return made || made.error().code == Errc::Forbidden ? Result<>() : made; // another program was faster
    }
    if (fs::is_regular_file(history::pathOf(path), error) && fs::file_size(history::pathOf(path), error) == 0)
        return fail(Errc::Io,
            path + " is empty, so its keys are lost. Put a copy in its place, or remove it to begin without keys.");
    for (const char* part :
        {"", "-wal", "-shm"}) { // somebody else's file fails when it is opened, with a better reason
        std::error_code unimportant;
        fs::permissions(history::pathOf(path + part), fs::perms::owner_read | fs::perms::owner_write, unimportant);
    }
    return {};
}

/// Before anything is written to it.
Result<> checkKind(SQLite::Database& database, const std::string& path)
{
    if (numberOf(database, "PRAGMA application_id") != applicationId)
        return fail(Errc::Io, path + " is no key file of Drover.");
    const int version = numberOf(database, "PRAGMA user_version");
    if (version > schemaVersion)
        return fail(Errc::Io, path + " was written by a newer Drover, which this one cannot read. Update this one.");
    return {};
}

} // namespace

const int schemaVersion = static_cast<int>(std::size(steps));

Result<std::unique_ptr<SQLite::Database>> openDatabase(const std::string& path)
try {
    if (const auto there = makeWhenMissing(path); !there)
        return there.error();
    auto database =
        std::make_unique<SQLite::Database>(path, SQLite::OPEN_READWRITE, static_cast<int>(busyTimeMax.count()));
    if (const auto ours = checkKind(*database, path); !ours)
        return ours.error();
    database->exec("PRAGMA journal_mode = WAL");
    database->exec("PRAGMA synchronous = FULL"); // what was said to be done is done, whatever happens to the machine
    database->exec("PRAGMA secure_delete = ON");
    database->exec("PRAGMA journal_size_limit = 1048576");
    if (const std::string found = database->execAndGet("PRAGMA quick_check(1)").getString(); found != "ok")
        return fail(Errc::Io, path + " is damaged (" + found + "). Put a copy in its place.");
    migrate(*database);
    return database;
} catch (const std::exception&) {
    return errorOfException(path);
}

Error errorOfException(const std::string& path)
{
    switch (history::troubleOfException()) {
    case history::Trouble::Damaged:
        return fail(Errc::Io, path + " is damaged, or no key file. Put a copy in its place.");
    case history::Trouble::DiskFull:
        return fail(Errc::Io, path + " cannot be written: the disk is full.");
    case history::Trouble::Busy:
        return fail(Errc::Io, path + " is held by another program.");
    case history::Trouble::None:
    case history::Trouble::ReadOnly:
    case history::Trouble::Newer:
    case history::Trouble::Io:
        break;
    }
    return fail(Errc::Io, path + ": " + history::errorOfException().detail);
}

} // namespace drover::keyfile
