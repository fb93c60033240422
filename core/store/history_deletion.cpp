// SPDX-License-Identifier: MIT
#include "core/api/history.h"

#include "core/store/history_file.h"
#include "core/store/history_sql.h"

namespace drover {

namespace {

/// So few that the engine's writer never waits for long.
constexpr std::int64_t rowsPerStep = 500;

} // namespace

Result<std::uint64_t> deleteHistory(
    const std::string& file, const HistoryFilter& filter, const std::function<bool(std::uint64_t)>& progress)
try {
    std::error_code unknown;
    if (!std::filesystem::exists(history::pathOf(file), unknown) && !unknown)
        return std::uint64_t{0};
    const auto database = history::openForWriting(file);
    history::Sql sql = history::whereOf(filter);
    sql.add(" LIMIT ?", rowsPerStep);
    SQLite::Statement step(*database, "DELETE FROM jobs WHERE number IN (SELECT number FROM jobs " + sql.text + ")");
    sql.bindTo(step);
    std::uint64_t deleted = 0;
    for (;;) {
        const auto now = static_cast<std::uint64_t>(step.exec());
        step.reset();
        deleted += now;
        if (now == 0 || (progress && !progress(deleted)))
            break;
    }
    database->exec("PRAGMA incremental_vacuum");
    database->exec("PRAGMA wal_checkpoint(TRUNCATE)"); // else the rows would stay in the write-ahead log
    return deleted;
} catch (const std::exception&) {
    return history::errorOfException();
}

} // namespace drover
