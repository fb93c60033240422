// SPDX-License-Identifier: MIT
#include "core/store/history_sql.h"

#include <SQLiteCpp/Column.h>

#include <type_traits>

namespace drover::history {

namespace {

/// For LIKE ... ESCAPE '\'.
std::string patternOf(std::string_view text)
{
    std::string pattern = "%";
    for (const char letter : text) {
        if (letter == '%' || letter == '_' || letter == '\\')
            pattern += '\\';
        pattern += letter;
    }
    return pattern + '%';
}

std::string_view columnOf(HistoryOrder order)
{
    switch (order) {
    case HistoryOrder::Time:
        return "number";
    case HistoryOrder::User:
        return "user COLLATE NOCASE";
    case HistoryOrder::Model:
        return "model COLLATE NOCASE";
    case HistoryOrder::Backend:
        return "backend COLLATE NOCASE";
    case HistoryOrder::Outcome:
        return "outcome";
    case HistoryOrder::Waited:
        return "waited_ms";
    case HistoryOrder::ToFirstToken:
        return "first_token_ms";
    case HistoryOrder::Ran:
        return "ran_ms";
    case HistoryOrder::Tokens:
        return "prompt_tokens + output_tokens";
    case HistoryOrder::Rate:
        return "rate";
    }
    return "number";
}

/// What the row has in that column.
Sql::Value valueOf(const HistoryRow& row, HistoryOrder order)
{
    const JobView& job = row.finished.job;
    switch (order) {
    case HistoryOrder::Time:
        break;
    case HistoryOrder::User:
        return job.user;
    case HistoryOrder::Model:
        return job.model;
    case HistoryOrder::Backend:
        return job.backend;
    case HistoryOrder::Outcome:
        return std::string(name(row.finished.outcome));
    case HistoryOrder::Waited:
        return std::int64_t{job.waited.count()};
    case HistoryOrder::ToFirstToken:
        return std::int64_t{row.toFirstToken.count()};
    case HistoryOrder::Ran:
        return std::int64_t{job.ran.count()};
    case HistoryOrder::Tokens:
        return static_cast<std::int64_t>(job.promptTokens + job.outputTokens);
    case HistoryOrder::Rate:
        return job.tokensPerSecond;
    }
    return row.number;
}

} // namespace

const std::string_view rowColumns =
    "number, finished_at, request_id, user, model, backend, path, dialect, lane, streamed, ran, outcome, status, "
    "reason_code, waited_ms, first_token_ms, ran_ms, prompt_tokens, output_tokens, rate";

Sql& Sql::add(std::string_view piece)
{
    text += piece;
    return *this;
}

Sql& Sql::add(std::string_view piece, Value value)
{
    text += piece;
    values.push_back(std::move(value));
    return *this;
}

void Sql::bindTo(SQLite::Statement& statement) const
{
    int at = 0;
    for (const Value& value : values)
        std::visit([&](const auto& each) { statement.bind(++at, each); }, value);
}

Sql whereOf(const HistoryFilter& filter)
{
    Sql sql;
    sql.add("WHERE 1");
    if (!filter.user.empty())
        sql.add(" AND user = ?", filter.user);
    if (!filter.model.empty())
        sql.add(" AND model = ?", filter.model);
    if (!filter.backend.empty())
        sql.add(" AND backend = ?", filter.backend);
    if (filter.outcome)
        sql.add(" AND outcome = ?", std::string(name(*filter.outcome)));
    if (filter.from)
        sql.add(" AND finished_at >= ?", *filter.from);
    if (filter.to)
        sql.add(" AND finished_at < ?", *filter.to);
    if (!filter.text.empty())
        sql.add(" AND (user || char(10) || model || char(10) || backend || char(10) || path || char(10) || request_id "
                "|| char(10) || reason_code) LIKE ? ESCAPE '\\'",
            patternOf(filter.text));
    return sql;
}

HistoryRow rowOf(SQLite::Statement& statement)
{
    int at = 0;
    const auto whole = [&] { return statement.getColumn(at++).getInt64(); };
    const auto count = [&] { return static_cast<std::uint64_t>(statement.getColumn(at++).getInt64()); };
    const auto text = [&] { return statement.getColumn(at++).getString(); };
    HistoryRow row;
    FinishedJob& finished = row.finished;
    JobView& job = finished.job;
    row.number = whole();
    finished.finishedAt = whole();
    job.requestId = text();
    job.user = text();
    job.model = text();
    job.backend = text();
    job.path = text();
    job.dialect = wordOf<Dialect>(text());
    job.lane = wordOf<Lane>(text());
    job.streamed = whole() != 0;
    job.state = whole() != 0 ? JobState::Running : JobState::Waiting;
    finished.outcome = wordOf<Outcome>(text());
    finished.status = static_cast<int>(whole());
    finished.reasonCode = text();
    finished.reason = describeReasonCode(finished.reasonCode);
    job.waited = std::chrono::milliseconds(whole());
    row.toFirstToken = std::chrono::milliseconds(whole());
    job.ran = std::chrono::milliseconds(whole());
    job.promptTokens = count();
    job.outputTokens = count();
    job.tokensPerSecond = statement.getColumn(at++).getDouble();
    return row;
}

GivenSum givenOf(SQLite::Statement& statement, int at)
{
    const auto count = [&](int column) { return statement.getColumn(at + column).getInt64(); };
    return {.jobs = static_cast<std::uint64_t>(count(0)),
        .failed = static_cast<std::uint64_t>(count(1)),
        .promptTokens = static_cast<std::uint64_t>(count(2)),
        .outputTokens = static_cast<std::uint64_t>(count(3)),
        .ran = std::chrono::milliseconds(count(4))};
}

Sql selectOf(const HistoryQuery& query, std::size_t limit)
{
    const std::string column(columnOf(query.order));
    const std::string direction = query.descending ? "DESC" : "ASC";
    const std::string beyond = query.descending ? " < " : " > ";
    Sql sql;
    sql.add("SELECT ").add(rowColumns).add(" FROM jobs ");
    const Sql where = whereOf(query.filter);
    sql.add(where.text);
    sql.values = where.values;
    if (query.newerThan)
        sql.add(" AND number > ?", *query.newerThan);
    if (query.after && query.order == HistoryOrder::Time)
        sql.add(" AND number" + beyond + "?", query.after->number);
    else if (query.after) {
        sql.add(" AND (" + column + ", number)" + beyond + "(?", valueOf(*query.after, query.order));
        sql.add(", ?)", query.after->number);
    }
    sql.add(" ORDER BY " + column + ' ' + direction);
    if (query.order != HistoryOrder::Time)
        sql.add(", number " + direction);
    if (limit > 0)
        sql.add(" LIMIT ?", static_cast<std::int64_t>(limit));
    return sql;
}

} // namespace drover::history
