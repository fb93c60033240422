// SPDX-License-Identifier: MIT
#include "app/history/row_text.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <cmath>

namespace drover::app {

namespace {

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string decimalText(double number)
{
    return QString::number(number, 'f', 2).toStdString();
}

qint64 whole(std::uint64_t number)
{
    return static_cast<qint64>(number);
}

std::string compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

std::string csvCell(const std::string& text)
{
    const bool looksLikeFormula = !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != text.npos;
    const std::string harmless = (looksLikeFormula ? "'" : "") + text;
    if (harmless.find_first_of(",\"\r\n") == harmless.npos && !harmless.starts_with(' ') && !harmless.ends_with(' '))
        return harmless;
    std::string quoted = "\"";
    for (const char letter : harmless) {
        if (letter == '"')
            quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

} // namespace

std::string csvLine(const std::vector<std::string>& cells)
{
    std::string line;
    for (const std::string& cell : cells)
        line += csvCell(cell) + ',';
    line.back() = '\r';
    return line + '\n';
}

std::string utcText(std::int64_t millisecondsSince1970)
{
    return QDateTime::fromMSecsSinceEpoch(millisecondsSince1970, Qt::UTC).toString(Qt::ISODateWithMs).toStdString();
}

std::string historyCsvHeader()
{
    return csvLine({"finished_at", "app", "model", "backend", "path", "api", "lane", "streamed", "outcome", "status",
        "reason_code", "waited_ms", "first_token_ms", "ran_ms", "prompt_tokens", "output_tokens", "tokens_per_second",
        "request_id", "number"});
}

std::string historyCsv(const drover::HistoryRow& row)
{
    const drover::FinishedJob& finished = row.finished;
    const drover::JobView& job = finished.job;
    return csvLine({utcText(finished.finishedAt), job.user, job.model, job.backend, job.path,
        std::string(drover::name(job.dialect)), std::string(drover::name(job.lane)), job.streamed ? "true" : "false",
        std::string(drover::name(finished.outcome)), std::to_string(finished.status), finished.reasonCode,
        std::to_string(job.waited.count()),
        row.toFirstToken.count() < 0 ? std::string() : std::to_string(row.toFirstToken.count()),
        std::to_string(job.ran.count()), std::to_string(job.promptTokens), std::to_string(job.outputTokens),
        job.tokensPerSecond > 0 ? decimalText(job.tokensPerSecond) : std::string(), job.requestId,
        std::to_string(row.number)});
}

std::string historyJson(const drover::HistoryRow& row)
{
    const drover::FinishedJob& finished = row.finished;
    const drover::JobView& job = finished.job;
    const bool hasFirst = row.toFirstToken.count() >= 0;
    return compact({{QStringLiteral("finished_at"), textOf(utcText(finished.finishedAt))},
        {QStringLiteral("app"), textOf(job.user)}, {QStringLiteral("model"), textOf(job.model)},
        {QStringLiteral("backend"), textOf(job.backend)}, {QStringLiteral("path"), textOf(job.path)},
        {QStringLiteral("api"), textOf(drover::name(job.dialect))},
        {QStringLiteral("lane"), textOf(drover::name(job.lane))}, {QStringLiteral("streamed"), job.streamed},
        {QStringLiteral("outcome"), textOf(drover::name(finished.outcome))},
        {QStringLiteral("status"), finished.status}, {QStringLiteral("reason_code"), textOf(finished.reasonCode)},
        {QStringLiteral("waited_ms"), qint64{job.waited.count()}},
        {QStringLiteral("first_token_ms"),
            hasFirst ? QJsonValue(qint64{row.toFirstToken.count()}) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("ran_ms"), qint64{job.ran.count()}}, {QStringLiteral("prompt_tokens"), whole(job.promptTokens)},
        {QStringLiteral("output_tokens"), whole(job.outputTokens)},
        {QStringLiteral("tokens_per_second"), std::round(job.tokensPerSecond * 100) / 100},
        {QStringLiteral("request_id"), textOf(job.requestId)}, {QStringLiteral("number"), qint64{row.number}}});
}

std::string_view name(drover::UsageBy by)
{
    switch (by) {
    case drover::UsageBy::Day:
        return "day";
    case drover::UsageBy::User:
        return "app";
    case drover::UsageBy::Model:
        return "model";
    }
    return {};
}

std::string usageCsvHeader(drover::UsageBy by)
{
    return csvLine({std::string(name(by)), "requests", "prompt_tokens", "output_tokens", "ran_ms"});
}

std::string usageCsv(const drover::UsageRow& row)
{
    return csvLine({row.name, std::to_string(row.usage.requests), std::to_string(row.usage.promptTokens),
        std::to_string(row.usage.outputTokens), std::to_string(row.usage.ran.count())});
}

std::string usageJson(const drover::UsageRow& row, drover::UsageBy by)
{
    return compact({{textOf(name(by)), textOf(row.name)}, {QStringLiteral("requests"), whole(row.usage.requests)},
        {QStringLiteral("prompt_tokens"), whole(row.usage.promptTokens)},
        {QStringLiteral("output_tokens"), whole(row.usage.outputTokens)},
        {QStringLiteral("ran_ms"), qint64{row.usage.ran.count()}}});
}

std::string dayText(int date)
{
    return QStringLiteral("%1-%2-%3")
        .arg(date / 10000, 4, 10, QLatin1Char('0'))
        .arg(date / 100 % 100, 2, 10, QLatin1Char('0'))
        .arg(date % 100, 2, 10, QLatin1Char('0'))
        .toStdString();
}

std::string ledgerCsvHeader()
{
    return csvLine({"day", "pool", "jobs", "failed", "prompt_tokens", "output_tokens", "ran_ms"});
}

std::string ledgerCsv(const drover::LedgerRow& row)
{
    const drover::GivenSum& given = row.given;
    return csvLine({dayText(row.date), row.pool, std::to_string(given.jobs), std::to_string(given.failed),
        std::to_string(given.promptTokens), std::to_string(given.outputTokens), std::to_string(given.ran.count())});
}

std::string ledgerJson(const drover::LedgerRow& row)
{
    const drover::GivenSum& given = row.given;
    return compact({{QStringLiteral("day"), textOf(dayText(row.date))}, {QStringLiteral("pool"), textOf(row.pool)},
        {QStringLiteral("jobs"), whole(given.jobs)}, {QStringLiteral("failed"), whole(given.failed)},
        {QStringLiteral("prompt_tokens"), whole(given.promptTokens)},
        {QStringLiteral("output_tokens"), whole(given.outputTokens)},
        {QStringLiteral("ran_ms"), qint64{given.ran.count()}}});
}

} // namespace drover::app
