// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"
#include "core/api/local_day.h"
#include "core/dispatch/given_books.h"

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

    struct Keep {
        bool rows = true;
        bool usage = true;
        bool ledger = true;
    };
    void write(std::span<const HistoryRow> rows, Keep what);

    struct Oldest {
        std::int64_t row = 0; ///< milliseconds since 1970
        int usage = 0; ///< LocalDay::date
        int ledger = 0; ///< LocalDay::date
    };
    /// Deletes some of what is older, at most `rowsPerStep` rows of each. True when there is more.
    bool prune(const Oldest& kept);
    static constexpr int rowsPerStep = 1000;

    std::int64_t lastRow(); ///< 0 when there was never one

    /// What each user used on a day.
    std::vector<std::pair<std::string, UsageSum>> usageOf(int date);

    /// What each pool was given on a day and ever.
    std::vector<GivenBefore> givenUntil(int date);

private:
    void insert(const HistoryRow& row);
    void sum(const FinishedJob& finished);
    void give(const FinishedJob& finished);
    int dateOf(std::int64_t finishedAt);

    std::unique_ptr<SQLite::Database> m_database;
    SQLite::Statement m_insert;
    SQLite::Statement m_sum;
    SQLite::Statement m_give;
    LocalDay m_day = {};
    WallTime m_dayFrom{}; ///< `m_day` is right from then to its end
};

} // namespace drover::history
