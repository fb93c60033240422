// SPDX-License-Identifier: MIT
#include "core/api/history.h"

#include "core/store/history_file.h"
#include "core/store/history_sql.h"

#include <SQLiteCpp/Column.h>

#include <sqlite3.h>

#include <algorithm>
#include <cmath>

namespace drover {

namespace {

using history::Sql;

/// The value that `part` of all are not above, by nearest rank. Reorders the values.
double nearestRank(std::vector<double>& values, double part)
{
    const auto rank = static_cast<std::ptrdiff_t>(std::ceil(part * static_cast<double>(values.size())));
    const auto place = values.begin() + std::max<std::ptrdiff_t>(rank, 1) - 1;
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

enum class SlowEnd { Large, Small };

Percentiles percentilesOf(std::vector<double> values, SlowEnd slow)
{
    if (values.empty())
        return {};
    Percentiles all{.count = values.size(), .p50 = nearestRank(values, 0.5), .p95 = 0};
    all.p95 = nearestRank(values, slow == SlowEnd::Large ? 0.95 : 0.05);
    return all;
}

class Reader final : public HistoryReader {
public:
    explicit Reader(std::unique_ptr<SQLite::Database> database)
        : m_database(std::move(database))
    {
    }

    Result<std::vector<HistoryRow>> rows(const HistoryQuery& query) override;
    Result<> each(const HistoryQuery& query, const std::function<bool(const HistoryRow&)>& take) override;
    Result<std::uint64_t> count(const HistoryFilter& filter) override;
    Result<HistorySummary> summary(const HistoryFilter& filter) override;
    Result<HistoryNames> names() override;
    Result<std::vector<UsageRow>> usage(const UsageQuery& query) override;
    Result<std::vector<LedgerRow>> ledger(const LedgerQuery& query) override;
    void interrupt() override { sqlite3_interrupt(m_database->getHandle()); }

private:
    std::vector<std::string> namesOf(const std::string& column);

    std::unique_ptr<SQLite::Database> m_database;
};

Result<std::vector<HistoryRow>> Reader::rows(const HistoryQuery& query)
try {
    const Sql sql = history::selectOf(query, std::clamp<std::size_t>(query.limit, 1, historyPageMax));
    SQLite::Statement statement(*m_database, sql.text);
    sql.bindTo(statement);
    std::vector<HistoryRow> found;
    while (statement.executeStep())
        found.push_back(history::rowOf(statement));
    return found;
} catch (const std::exception&) {
    return history::errorOfException();
}

Result<> Reader::each(const HistoryQuery& query, const std::function<bool(const HistoryRow&)>& take)
try {
    const Sql sql = history::selectOf(query, 0);
    SQLite::Statement statement(*m_database, sql.text);
    sql.bindTo(statement);
    while (statement.executeStep()) {
        if (!take(history::rowOf(statement)))
            break;
    }
    return {};
} catch (const std::exception&) {
    return history::errorOfException();
}

Result<std::uint64_t> Reader::count(const HistoryFilter& filter)
try {
    const Sql where = history::whereOf(filter);
    SQLite::Statement statement(*m_database, "SELECT COUNT(*) FROM jobs " + where.text);
    where.bindTo(statement);
    statement.executeStep();
    return static_cast<std::uint64_t>(statement.getColumn(0).getInt64());
} catch (const std::exception&) {
    return history::errorOfException();
}

Result<HistorySummary> Reader::summary(const HistoryFilter& filter)
try {
    const Sql where = history::whereOf(filter);
    SQLite::Statement statement(*m_database,
        "SELECT outcome, waited_ms, first_token_ms, rate, prompt_tokens, output_tokens FROM jobs " + where.text);
    where.bindTo(statement);
    HistorySummary all;
    std::vector<double> waited;
    std::vector<double> toFirstToken;
    std::vector<double> rates;
    while (statement.executeStep()) {
        const auto outcome = history::wordOf<Outcome>(statement.getColumn(0).getText());
        const double waitedMs = statement.getColumn(1).getDouble();
        const double firstMs = statement.getColumn(2).getDouble();
        const double rate = statement.getColumn(3).getDouble();
        ++all.rows;
        ++all.outcomes.at(static_cast<std::size_t>(outcome));
        all.promptTokens += static_cast<std::uint64_t>(statement.getColumn(4).getInt64());
        all.outputTokens += static_cast<std::uint64_t>(statement.getColumn(5).getInt64());
        if (outcome != Outcome::Refused || waitedMs > 0) // one refused at the door has not waited
            waited.push_back(waitedMs);
        if (firstMs >= 0)
            toFirstToken.push_back(firstMs);
        if (rate > 0)
            rates.push_back(rate);
    }
    all.waitedMs = percentilesOf(std::move(waited), SlowEnd::Large);
    all.toFirstTokenMs = percentilesOf(std::move(toFirstToken), SlowEnd::Large);
    all.tokensPerSecond = percentilesOf(std::move(rates), SlowEnd::Small);
    return all;
} catch (const std::exception&) {
    return history::errorOfException();
}

std::vector<std::string> Reader::namesOf(const std::string& column)
{
    constexpr int namesMax = 1000;
    SQLite::Statement statement(*m_database,
        "SELECT DISTINCT " + column + " FROM jobs WHERE " + column + " <> '' ORDER BY " + column
            + " COLLATE NOCASE LIMIT " + std::to_string(namesMax));
    std::vector<std::string> found;
    while (statement.executeStep())
        found.push_back(statement.getColumn(0).getString());
    return found;
}

Result<HistoryNames> Reader::names()
try {
    return HistoryNames{.users = namesOf("user"), .models = namesOf("model"), .backends = namesOf("backend")};
} catch (const std::exception&) {
    return history::errorOfException();
}

Result<std::vector<UsageRow>> Reader::usage(const UsageQuery& query)
try {
    constexpr std::string_view sums = "SUM(requests), SUM(prompt_tokens), SUM(output_tokens), SUM(ran_ms)";
    const std::string group = query.by == UsageBy::Day ? "day" : query.by == UsageBy::User ? "user" : "model";
    const std::string shown =
        query.by == UsageBy::Day ? "printf('%04d-%02d-%02d', day / 10000, day / 100 % 100, day % 100)" : group;
    Sql sql;
    sql.add("SELECT " + shown + ", ").add(sums).add(" FROM usage WHERE 1");
    if (query.fromDate)
        sql.add(" AND day >= ?", std::int64_t{*query.fromDate});
    if (query.toDate)
        sql.add(" AND day <= ?", std::int64_t{*query.toDate});
    if (!query.user.empty())
        sql.add(" AND user = ?", query.user);
    if (!query.model.empty())
        sql.add(" AND model = ?", query.model);
    sql.add(" GROUP BY " + group + " ORDER BY ")
        .add(query.by == UsageBy::Day ? "day DESC" : "SUM(prompt_tokens + output_tokens) DESC, 1");
    SQLite::Statement statement(*m_database, sql.text);
    sql.bindTo(statement);
    std::vector<UsageRow> found;
    while (statement.executeStep()) {
        UsageRow row{.name = statement.getColumn(0).getString(), .usage = {}};
        row.usage.requests = static_cast<std::uint64_t>(statement.getColumn(1).getInt64());
        row.usage.promptTokens = static_cast<std::uint64_t>(statement.getColumn(2).getInt64());
        row.usage.outputTokens = static_cast<std::uint64_t>(statement.getColumn(3).getInt64());
        row.usage.ran = std::chrono::milliseconds(statement.getColumn(4).getInt64());
        found.push_back(std::move(row));
    }
    return found;
} catch (const std::exception&) {
    return history::errorOfException();
}

Result<std::vector<LedgerRow>> Reader::ledger(const LedgerQuery& query)
try {
    if (!m_database->tableExists("ledger")) // of an older Drover
        return std::vector<LedgerRow>{};
    Sql sql;
    sql.add("SELECT day, pool, jobs, failed, prompt_tokens, output_tokens, ran_ms FROM ledger WHERE 1");
    if (query.fromDate)
        sql.add(" AND day >= ?", std::int64_t{*query.fromDate});
    if (query.toDate)
        sql.add(" AND day <= ?", std::int64_t{*query.toDate});
    if (!query.pool.empty())
        sql.add(" AND pool = ?", query.pool);
    sql.add(" ORDER BY day DESC, pool");
    SQLite::Statement statement(*m_database, sql.text);
    sql.bindTo(statement);
    std::vector<LedgerRow> found;
    while (statement.executeStep())
        found.push_back({.date = statement.getColumn(0).getInt(),
            .pool = statement.getColumn(1).getString(),
            .given = history::givenOf(statement, 2)});
    return found;
} catch (const std::exception&) {
    return history::errorOfException();
}

} // namespace

Result<std::unique_ptr<HistoryReader>> makeHistoryReader(const std::string& file)
try {
    std::error_code unknown;
    if (!std::filesystem::exists(history::pathOf(file), unknown) && !unknown)
        return fail(Errc::NotFound, file);
    auto database = history::openForReading(file);
    if (!database->tableExists("jobs")) // made, and nothing written yet
        return fail(Errc::NotFound, file);
    return std::unique_ptr<HistoryReader>(std::make_unique<Reader>(std::move(database)));
} catch (const std::exception&) {
    return history::errorOfException();
}

std::string_view describeReasonCode(std::string_view code)
{
    for (int number = 1; codeName(static_cast<Errc>(number)) != "unknown"; ++number) {
        if (codeName(static_cast<Errc>(number)) == code)
            return describe(static_cast<Errc>(number));
    }
    return {};
}

} // namespace drover
