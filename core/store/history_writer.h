// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"
#include "core/api/local_day.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace drover::history {

/// More rows than this are never kept, however long they may be.
inline constexpr std::int64_t rowsKeptMax = 1'000'000;

/// Writes rows and the day's sums into an open history, and takes old ones out of it. Throws SQLite::Exception; then
/// nothing of that call is written. One thread.
class Writer {
public:
    explicit Writer(std::unique_ptr<SQLite::Database> database);

    enum class Keep { Rows, Usage, Both };
    void write(std::span<const HistoryRow> rows, Keep what);

    /// Deletes some of what is older, at most `rowsPerStep` rows. True when there is more. Milliseconds since 1970; a
    /// day is LocalDay::date.
    bool prune(std::int64_t rowsBefore, int usageBefore);
    static constexpr int rowsPerStep = 1000;

    std::int64_t lastRow(); ///< 0 when there was never one

    /// What each user used on a day.
    std::vector<std::pair<std::string, UsageSum>> usageOf(int date);

private:
    void insert(const HistoryRow& row);
    void sum(const FinishedJob& finished);
    int dateOf(std::int64_t finishedAt);

    std::unique_ptr<SQLite::Database> m_database;
    SQLite::Statement m_insert;
    SQLite::Statement m_sum;
    LocalDay m_day = {};
    WallTime m_dayFrom{}; ///< `m_day` is right from then to its end
};

} // namespace drover::history
