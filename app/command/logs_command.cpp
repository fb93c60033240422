// SPDX-License-Identifier: MIT
#include "app/command/control_commands.h"

#include "app/command/print.h"
#include "app/command/view/text_width.h"
#include "app/settings/settings_source.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace drover::app {

namespace {

/// The last `count` lines of a text.
std::string_view lastLines(std::string_view text, int count)
{
    std::size_t at = text.size();
    if (text.ends_with('\n'))
        --at;
    for (int found = 0; at > 0; --at) {
        if (text[at - 1] == '\n' && ++found == count)
            break;
    }
    return count == 0 ? std::string_view() : text.substr(at);
}

/// Text of a log for a terminal: no control characters but line ends.
std::string harmless(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        result += printable(text.substr(0, end));
        if (end < text.size())
            result += '\n';
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return result;
}

/// Lines of the log as one JSON object each, see logText. What is no such line is the text of one.
std::string asJson(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(text.size(), end + 1));
        const auto word = [&line] {
            const std::size_t blank = std::min(line.find(' '), line.size());
            const auto found = QString::fromUtf8(line.data(), static_cast<qsizetype>(blank));
            line.remove_prefix(std::min(line.size(), blank + 1));
            return found;
        };
        QJsonObject row;
        if (QDateTime::fromString(QString::fromUtf8(line.substr(0, line.find(' '))), Qt::ISODateWithMs).isValid()) {
            constexpr std::string_view ofOllama = "ollama: ";
            row.insert(QStringLiteral("time"), word());
            row.insert(QStringLiteral("level"), word());
            const bool isOllama = line.starts_with(ofOllama);
            row.insert(QStringLiteral("source"), isOllama ? QStringLiteral("ollama") : QStringLiteral("drover"));
            line.remove_prefix(isOllama ? ofOllama.size() : 0);
        }
        row.insert(QStringLiteral("text"), QString::fromUtf8(line));
        result += QJsonDocument(row).toJson(QJsonDocument::Compact).toStdString() + '\n';
    }
    return result;
}

std::string shown(const Invocation& invocation, std::string_view text)
{
    return invocation.json ? asJson(text) : harmless(text);
}

ExitCode endOfFile(const Invocation& invocation, const Target& target, const CallTrouble& trouble)
{
    const auto text = target.logFile.empty() ? std::nullopt : readTextFile(target.logFile);
    const bool chooses = !invocation.logSource.empty() || !invocation.logLevel.empty(); // which the file cannot
    if (!text || invocation.follow || chooses)
        return endWith(trouble);
    complain(trouble.sentence + "; this is the end of " + target.logFile);
    print(shown(invocation, lastLines(*text, invocation.lines)));
    return ExitCode::Ok;
}

} // namespace

ExitCode logs(const Invocation& invocation, const Target& target)
{
    const std::string query = (invocation.logSource.empty() ? "" : "&source=" + invocation.logSource)
        + (invocation.logLevel.empty() ? "" : "&level=" + invocation.logLevel);
    if (!invocation.follow) {
        const auto called = target.client().control("GET", "/logs?follow=0" + query);
        if (const auto* trouble = std::get_if<CallTrouble>(&called))
            return endOfFile(invocation, target, *trouble);
        print(shown(invocation, lastLines(std::get<HttpAnswer>(called).body, invocation.lines)));
        return ExitCode::Ok;
    }
    std::string unfinished; // the piece of a line that has no end yet
    const auto take = [&, skipping = true](std::string_view piece) mutable {
        if (skipping) { // the lines that are there already come at once
            skipping = false;
            piece = lastLines(piece, invocation.lines);
        }
        unfinished += piece;
        const std::size_t end = unfinished.rfind('\n') + 1;
        const bool read = print(shown(invocation, std::string_view(unfinished).substr(0, end)));
        unfinished.erase(0, end);
        return read;
    };
    const auto called = target.client().follow("/logs?follow=1" + query, take);
    if (const auto* trouble = std::get_if<CallTrouble>(&called))
        return endWith(*trouble);
    return ExitCode::Ok;
}

} // namespace drover::app
