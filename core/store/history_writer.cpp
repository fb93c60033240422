// SPDX-License-Identifier: MIT
#include "core/store/history_writer.h"

#include "core/store/history_sql.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Transaction.h>

namespace drover::history {

namespace {

constexpr const char* insertRow = R"(
    INSERT INTO jobs (finished_at, request_id, user, model, backend, path, dialect, lane, streamed, ran, outcome, status,
                      reason_code, waited_ms, first_token_ms, ran_ms, prompt_tokens, output_tokens, rate)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";

constexpr const char* addUsage = R"(
    INSERT INTO usage (day, user, model, requests, prompt_tokens, output_tokens, ran_ms) VALUES (?, ?, ?, 1, ?, ?, ?)
    ON CONFLICT DO UPDATE SET requests = requests + 1, prompt_tokens = prompt_tokens + excluded.prompt_tokens,
        output_tokens = output_tokens + excluded.output_tokens, ran_ms = ran_ms + excluded.ran_ms)";

constexpr const char* addGiven = R"(
    INSERT INTO ledger (day, pool, jobs, failed, prompt_tokens, output_tokens, ran_ms) VALUES (?, ?, 1, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET jobs = jobs + 1, failed = failed + excluded.failed,
        prompt_tokens = prompt_tokens + excluded.prompt_tokens, output_tokens = output_tokens + excluded.output_tokens,
        ran_ms = ran_ms + excluded.ran_ms)";

std::int64_t number(std::uint64_t count)
{
    return static_cast<std::int64_t>(count);
}

} // namespace

Writer::Writer(std::unique_ptr<SQLite::Database> database)
    : m_database(std::move(database))
    , m_insert(*m_database, insertRow)
    , m_sum(*m_database, addUsage)
    , m_give(*m_database, addGiven)
{
}

void Writer::write(std::span<const HistoryRow> rows, Keep what)
{
    SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
    for (const HistoryRow& row : rows) {
        const bool wasRun = row.finished.job.state == JobState::Running;
        if (what.rows)
            insert(row);
        if (what.usage && wasRun)
            sum(row.finished);
        if (what.ledger && wasRun && !row.finished.job.pool.empty())
            give(row.finished);
    }
    transaction.commit();
}

void Writer::insert(const HistoryRow& row)
{
    const FinishedJob& finished = row.finished;
    const JobView& job = finished.job;
    m_insert.reset();
    int at = 0;
    m_insert.bind(++at, finished.finishedAt);
    m_insert.bind(++at, job.requestId);
    m_insert.bind(++at, job.user);
    m_insert.bind(++at, job.model);
    m_insert.bind(++at, job.backend);
    m_insert.bind(++at, job.path);
    m_insert.bind(++at, std::string(name(job.dialect)));
    m_insert.bind(++at, std::string(name(job.lane)));
    m_insert.bind(++at, job.streamed ? 1 : 0);
    m_insert.bind(++at, job.state == JobState::Running ? 1 : 0);
    m_insert.bind(++at, std::string(name(finished.outcome)));
    m_insert.bind(++at, finished.status);
    m_insert.bind(++at, finished.reasonCode);
    m_insert.bind(++at, std::int64_t{job.waited.count()});
    m_insert.bind(++at, std::int64_t{row.toFirstToken.count()});
    m_insert.bind(++at, std::int64_t{job.ran.count()});
    m_insert.bind(++at, number(job.promptTokens));
    m_insert.bind(++at, number(job.outputTokens));
    m_insert.bind(++at, job.tokensPerSecond);
    m_insert.exec();
}

void Writer::sum(const FinishedJob& finished)
{
    const JobView& job = finished.job;
    m_sum.reset();
    m_sum.bind(1, dateOf(finished.finishedAt));
    m_sum.bind(2, job.user);
    m_sum.bind(3, job.model);
    m_sum.bind(4, number(job.promptTokens));
    m_sum.bind(5, number(job.outputTokens));
    m_sum.bind(6, std::int64_t{job.ran.count()});
    m_sum.exec();
}

void Writer::give(const FinishedJob& finished)
{
    const JobView& job = finished.job;
    const GivenSum given = givenBy(finished);
    m_give.reset();
    m_give.bind(1, dateOf(finished.finishedAt));
    m_give.bind(2, job.pool);
    m_give.bind(3, number(given.failed));
    m_give.bind(4, number(given.promptTokens));
    m_give.bind(5, number(given.outputTokens));
    m_give.bind(6, std::int64_t{given.ran.count()});
    m_give.exec();
}

int Writer::dateOf(std::int64_t finishedAt)
{
    const WallTime when{std::chrono::milliseconds(finishedAt)};
    if (when < m_dayFrom || when >= m_day.end) {
        m_day = localDayOf(when);
        m_dayFrom = when;
    }
    return m_day.date;
}

bool Writer::prune(const Oldest& kept)
{
    SQLite::Statement old(
        *m_database, "DELETE FROM jobs WHERE number IN (SELECT number FROM jobs WHERE finished_at < ? LIMIT ?)");
    old.bind(1, kept.row);
    old.bind(2, rowsPerStep);
    const int tooOld = old.exec();
    SQLite::Statement surplus(*m_database,
        "DELETE FROM jobs WHERE number IN (SELECT number FROM jobs WHERE number <= ? ORDER BY number LIMIT ?)");
    surplus.bind(1, lastRow() - rowsKeptMax);
    surplus.bind(2, rowsPerStep);
    const int tooMany = surplus.exec();
    SQLite::Statement sums(*m_database,
        "DELETE FROM usage WHERE (day, user, model) IN (SELECT day, user, model FROM usage WHERE day < ? LIMIT ?)");
    sums.bind(1, kept.usage);
    sums.bind(2, rowsPerStep);
    const int oldSums = sums.exec();
    SQLite::Statement given(
        *m_database, "DELETE FROM ledger WHERE (day, pool) IN (SELECT day, pool FROM ledger WHERE day < ? LIMIT ?)");
    given.bind(1, kept.ledger);
    given.bind(2, rowsPerStep);
    const int oldGiven = given.exec();
    m_database->exec("PRAGMA incremental_vacuum(256)");
    return tooOld == rowsPerStep || tooMany == rowsPerStep || oldSums == rowsPerStep || oldGiven == rowsPerStep;
}

std::int64_t Writer::lastRow()
{
    SQLite::Statement last(*m_database, "SELECT seq FROM sqlite_sequence WHERE name = 'jobs'");
    return last.executeStep() ? last.getColumn(0).getInt64() : 0;
}

std::vector<std::pair<std::string, UsageSum>> Writer::usageOf(int date)
{
    SQLite::Statement sums(*m_database,
        "SELECT user, SUM(requests), SUM(prompt_tokens), SUM(output_tokens), SUM(ran_ms) FROM usage WHERE day = ? "
        "GROUP BY user");
    sums.bind(1, date);
    std::vector<std::pair<std::string, UsageSum>> users;
    while (sums.executeStep()) {
        UsageSum usage;
        usage.requests = static_cast<std::uint64_t>(sums.getColumn(1).getInt64());
        usage.promptTokens = static_cast<std::uint64_t>(sums.getColumn(2).getInt64());
        usage.outputTokens = static_cast<std::uint64_t>(sums.getColumn(3).getInt64());
        usage.ran = std::chrono::milliseconds(sums.getColumn(4).getInt64());
        users.emplace_back(sums.getColumn(0).getString(), usage);
    }
    return users;
}

std::vector<GivenBefore> Writer::givenUntil(int date)
{
    constexpr const char* sums = "SUM(jobs), SUM(failed), SUM(prompt_tokens), SUM(output_tokens), SUM(ran_ms)";
    SQLite::Statement ever(*m_database, std::string("SELECT ") + sums + ", pool FROM ledger GROUP BY pool");
    std::vector<GivenBefore> pools;
    while (ever.executeStep())
        pools.push_back({.pool = ever.getColumn(5).getString(), .today = {}, .total = givenOf(ever, 0)});
    SQLite::Statement today(*m_database,
        "SELECT jobs, failed, prompt_tokens, output_tokens, ran_ms FROM ledger WHERE day = ? AND pool = ?");
    for (GivenBefore& each : pools) {
        today.reset();
        today.bind(1, date);
        today.bind(2, each.pool);
        if (today.executeStep())
            each.today = givenOf(today, 0);
    }
    return pools;
}

} // namespace drover::history
