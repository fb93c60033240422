// SPDX-License-Identifier: MIT
#include "app/command/control_commands.h"

#include "app/command/print.h"
#include "app/command/view/text_width.h"
#include "app/settings/settings_source.h"

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

ExitCode endOfFile(const Invocation& invocation, const Target& target, const CallTrouble& trouble)
{
    const auto text = target.logFile.empty() ? std::nullopt : readTextFile(target.logFile);
    const bool chooses = !invocation.logSource.empty() || !invocation.logLevel.empty(); // which the file cannot
    if (!text || invocation.follow || chooses)
        return endWith(trouble);
    complain(trouble.sentence + "; this is the end of " + target.logFile);
    print(harmless(lastLines(*text, invocation.lines)));
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
        print(harmless(lastLines(std::get<HttpAnswer>(called).body, invocation.lines)));
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
        const bool read = print(harmless(std::string_view(unfinished).substr(0, end)));
        unfinished.erase(0, end);
        return read;
    };
    const auto called = target.client().follow("/logs?follow=1" + query, take);
    if (const auto* trouble = std::get_if<CallTrouble>(&called))
        return endWith(*trouble);
    return ExitCode::Ok;
}

} // namespace drover::app
