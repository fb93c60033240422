// SPDX-License-Identifier: MIT
#include "app/command/history_command.h"

#include "app/command/print.h"
#include "app/command/view/status_text.h"
#include "app/command/view/text_width.h"
#include "app/history/period.h"
#include "app/history/row_export.h"
#include "app/history/row_text.h"
#include "core/api/local_day.h"

#include <QDateTime>

#include <array>
#include <optional>

namespace drover::app {

namespace {

constexpr std::uint64_t rowsForPeople = 50;

ExitCode failWith(const drover::Error& error)
{
    complain("the history cannot be read (" + printable(error.detail) + ")");
    return ExitCode::Failed;
}

/// The value of an option that names a time; Usage is complained about.
bool readTime(const char* option, const std::string& text, std::int64_t now, std::optional<std::int64_t>& into)
{
    if (text.empty())
        return true;
    const auto time = parsePointInTime(text, now);
    if (!time) {
        complain(std::string(option) + " must be " + time.error().detail + ", not " + printable(text));
        return false;
    }
    into = *time;
    return true;
}

std::optional<drover::HistoryFilter> filterOf(const HistoryWords& words, std::int64_t now)
{
    drover::HistoryFilter filter{.user = words.app, .model = words.model, .backend = words.machine, .text = words.text};
    for (int number = 0; !drover::name(static_cast<drover::Outcome>(number)).empty(); ++number) {
        if (drover::name(static_cast<drover::Outcome>(number)) == words.outcome)
            filter.outcome = static_cast<drover::Outcome>(number);
    }
    if (!readTime("--since", words.since, now, filter.from) || !readTime("--until", words.until, now, filter.to))
        return {};
    return filter;
}

struct Column {
    const char* title;
    int width;
    Align align = Align::Left;
};

constexpr std::array columns{Column{"TIME", 19}, Column{"APP", 20}, Column{"MODEL", 22}, Column{"RESULT", 10},
    Column{"WAITED", 8, Align::Right}, Column{"FIRST", 8, Align::Right}, Column{"RAN", 8, Align::Right},
    Column{"PROMPT", 7, Align::Right}, Column{"OUTPUT", 7, Align::Right}, Column{"TOK/S", 6, Align::Right},
    Column{"REASON", 20}};

std::string lineOf(const std::array<std::string, columns.size()>& cells)
{
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i)
        line += (i == 0 ? "" : "  ") + fitted(cells[i], columns[i].width, columns[i].align);
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

/// "0.4s" below ten seconds, where a whole number would say too little.
std::string timeText(std::chrono::milliseconds time)
{
    return time.count() < 10'000 ? rateText(static_cast<double>(time.count()) / 1000) + "s" : durationText(time);
}

std::string lineOf(const drover::HistoryRow& row)
{
    const drover::FinishedJob& finished = row.finished;
    const drover::JobView& job = finished.job;
    const bool ran = job.state == drover::JobState::Running;
    return lineOf({QDateTime::fromMSecsSinceEpoch(finished.finishedAt)
                       .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))
                       .toStdString(),
        job.user, job.model, std::string(drover::name(finished.outcome)), timeText(job.waited),
        row.toFirstToken.count() < 0 ? std::string() : timeText(row.toFirstToken), ran ? timeText(job.ran) : "",
        ran ? countText(job.promptTokens) : "", ran ? countText(job.outputTokens) : "",
        job.tokensPerSecond > 0 ? rateText(job.tokensPerSecond) : "", finished.reasonCode});
}

ExitCode printTable(drover::HistoryReader& reader, const drover::HistoryQuery& query, std::uint64_t most)
{
    std::array<std::string, columns.size()> titles;
    for (std::size_t i = 0; i < columns.size(); ++i)
        titles[i] = columns[i].title;
    std::uint64_t rows = 0;
    const auto read = reader.each(query, [&](const drover::HistoryRow& row) {
        if (most > 0 && rows == most)
            return false;
        const bool isRead = (rows > 0 || print(lineOf(titles))) && print(lineOf(row));
        ++rows;
        return isRead;
    });
    if (!read)
        return failWith(read.error());
    if (rows == 0)
        print("No request matches.\n");
    return ExitCode::Ok;
}

ExitCode printRows(const HistoryWords& words, drover::HistoryReader& reader, const drover::HistoryFilter& filter,
    std::optional<RowFormat> format)
{
    const drover::HistoryQuery query{.filter = filter};
    if (!format)
        return printTable(reader, query, words.limit.value_or(rowsForPeople));
    const std::uint64_t most = words.limit.value_or(0);
    const auto rows = words.output.empty()
        ? exportRows(reader, query, most, *format, [](std::string_view piece, std::uint64_t) { return print(piece); })
        : exportRowsToFile(reader, query, most, *format, words.output);
    if (rows) {
        if (!words.output.empty())
            print(std::to_string(*rows) + " rows in " + words.output + "\n");
        return ExitCode::Ok;
    }
    if (rows.error().code == drover::Errc::Cancelled)
        return ExitCode::Ok; // whoever read it has enough
    if (!words.output.empty() && rows.error().code == drover::Errc::Io) {
        complain(words.output + " cannot be written (" + printable(rows.error().detail) + ")");
        return ExitCode::Failed;
    }
    return failWith(rows.error());
}

/// What a history without any row looks like in that format.
ExitCode printNothing(const Invocation& invocation)
{
    const bool isUsage = invocation.command == "usage";
    if (invocation.json)
        print("[]\n");
    else if (invocation.history.csv)
        print(isUsage ? usageCsvHeader(invocation.history.by) : historyCsvHeader());
    else
        print("No request was recorded yet.\n");
    return ExitCode::Ok;
}

int dateOf(std::int64_t milliseconds)
{
    return drover::localDayOf(drover::WallTime(std::chrono::milliseconds(milliseconds))).date;
}

ExitCode printUsage(const Invocation& invocation, drover::HistoryReader& reader, const drover::HistoryFilter& filter)
{
    const drover::UsageBy by = invocation.history.by;
    drover::UsageQuery query{.by = by, .user = filter.user, .model = filter.model};
    if (filter.from)
        query.fromDate = dateOf(*filter.from);
    if (filter.to)
        query.toDate = dateOf(*filter.to - 1);
    const auto rows = reader.usage(query);
    if (!rows)
        return failWith(rows.error());
    std::string text = invocation.json ? "[" : "";
    if (invocation.history.csv)
        text = usageCsvHeader(by);
    else if (!invocation.json)
        text = fitted(by == drover::UsageBy::Day     ? "DAY"
                       : by == drover::UsageBy::User ? "APP"
                                                     : "MODEL",
                   30)
            + "  REQUESTS    PROMPT    OUTPUT       RAN\n";
    bool isFirst = true;
    for (const drover::UsageRow& row : *rows) {
        const drover::UsageSum& sum = row.usage;
        if (invocation.json)
            text += (isFirst ? "\n" : ",\n") + usageJson(row, by);
        else if (invocation.history.csv)
            text += usageCsv(row);
        else
            text += fitted(row.name, 30) + "  " + fitted(countText(sum.requests), 8, Align::Right) + "  "
                + fitted(countText(sum.promptTokens), 8, Align::Right) + "  "
                + fitted(countText(sum.outputTokens), 8, Align::Right) + "  "
                + fitted(durationText(sum.ran), 8, Align::Right) + "\n";
        isFirst = false;
    }
    print(text + (invocation.json ? (isFirst ? "]\n" : "\n]\n") : ""));
    return ExitCode::Ok;
}

std::string ledgerJsonText(const std::vector<drover::LedgerRow>& rows)
{
    std::string text;
    for (const drover::LedgerRow& row : rows)
        text += (text.empty() ? "[\n" : ",\n") + ledgerJson(row);
    return text.empty() ? "[]\n" : text + "\n]\n";
}

std::string ledgerCsvText(const std::vector<drover::LedgerRow>& rows)
{
    std::string text = ledgerCsvHeader();
    for (const drover::LedgerRow& row : rows)
        text += ledgerCsv(row);
    return text;
}

std::string ledgerLine(std::string_view day, std::string_view pool, const std::array<std::string, 5>& numbers)
{
    std::string line = fitted(std::string(day), 10) + "  " + fitted(std::string(pool), 24);
    for (const std::string& each : numbers)
        line += "  " + fitted(each, 8, Align::Right);
    return line + "\n";
}

std::array<std::string, 5> numbersOf(const drover::GivenSum& given)
{
    return {countText(given.jobs), countText(given.failed), countText(given.promptTokens),
        countText(given.outputTokens), durationText(given.ran)};
}

std::string ledgerText(const std::vector<drover::LedgerRow>& rows)
{
    if (rows.empty())
        return "No pool was given anything yet.\n";
    std::string text = ledgerLine("DAY", "POOL", {"JOBS", "FAILED", "PROMPT", "OUTPUT", "RAN"});
    drover::GivenSum all;
    for (const drover::LedgerRow& row : rows) {
        all += row.given;
        text += ledgerLine(dayText(row.date), row.pool, numbersOf(row.given));
    }
    return text + ledgerLine("total", "", numbersOf(all));
}

ExitCode deleteRows(const Invocation& invocation, const Places& places, const drover::HistoryFilter& filter)
{
    if (!invocation.history.yes) {
        complain("this deletes records for good; say --yes when you mean it. Which ones: drover history with the same "
                 "options");
        return ExitCode::Usage;
    }
    const auto deleted = drover::deleteHistory(places.historyFile, filter);
    if (!deleted) {
        complain("the history cannot be changed (" + printable(deleted.error().detail) + ")");
        return ExitCode::Failed;
    }
    if (invocation.json)
        print("{\"deleted\":" + std::to_string(*deleted) + "}\n");
    else
        print("Deleted " + std::to_string(*deleted) + (*deleted == 1 ? " record" : " records")
            + ". The sums per day stay: drover usage\n");
    return ExitCode::Ok;
}

} // namespace

ExitCode ledger(const Invocation& invocation, const Places& places)
{
    const auto period = filterOf(invocation.history, QDateTime::currentMSecsSinceEpoch());
    if (!period)
        return ExitCode::Usage;
    drover::LedgerQuery query{.pool = invocation.words.empty() ? std::string() : invocation.words.front()};
    if (period->from)
        query.fromDate = dateOf(*period->from);
    if (period->to)
        query.toDate = dateOf(*period->to - 1);
    std::vector<drover::LedgerRow> rows;
    auto reader = drover::makeHistoryReader(places.historyFile);
    if (!reader && reader.error().code != drover::Errc::NotFound)
        return failWith(reader.error());
    if (reader) {
        auto read = (*reader)->ledger(query);
        if (!read)
            return failWith(read.error());
        rows = std::move(*read);
    }
    print(invocation.json ? ledgerJsonText(rows) : invocation.history.csv ? ledgerCsvText(rows) : ledgerText(rows));
    return ExitCode::Ok;
}

ExitCode history(const Invocation& invocation, const Places& places)
{
    const HistoryWords& words = invocation.history;
    const auto filter = filterOf(words, QDateTime::currentMSecsSinceEpoch());
    if (!filter)
        return ExitCode::Usage;
    if (invocation.command == "history delete")
        return deleteRows(invocation, places, *filter);
    auto reader = drover::makeHistoryReader(places.historyFile);
    if (!reader && reader.error().code == drover::Errc::NotFound)
        return printNothing(invocation);
    if (!reader)
        return failWith(reader.error());
    if (invocation.command == "usage")
        return printUsage(invocation, **reader, *filter);
    const auto format = words.csv ? std::optional(RowFormat::Csv)
        : invocation.json         ? std::optional(RowFormat::Json)
                                  : std::nullopt;
    if (!words.output.empty() && !format) {
        complain("--output needs --csv or --json");
        return ExitCode::Usage;
    }
    return printRows(words, **reader, *filter, format);
}

} // namespace drover::app
