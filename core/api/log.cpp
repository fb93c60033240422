// SPDX-License-Identifier: MIT
#include "core/api/log.h"

#include <algorithm>
#include <cstdio>

namespace drover {

namespace {

/// In UTC, as RFC 3339 writes it, to the millisecond.
std::string timeText(std::chrono::system_clock::time_point when)
{
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(when);
    const auto day = std::chrono::floor<std::chrono::days>(milliseconds);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(milliseconds - day);
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()), unsigned(date.month()),
        unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()), int(time.seconds().count()),
        int(time.subseconds().count()));
    return text;
}

} // namespace

std::string_view name(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return "debug";
    case LogLevel::Info:
        return "info";
    case LogLevel::Warning:
        return "warning";
    case LogLevel::Error:
        return "error";
    case LogLevel::Off:
        return "off";
    }
    return {};
}

std::string_view name(LogSource source)
{
    switch (source) {
    case LogSource::Drover:
        return "drover";
    case LogSource::Ollama:
        return "ollama";
    }
    return {};
}

std::string logText(const LogLine& line)
{
    std::string text = timeText(line.when);
    text.append(" ").append(name(line.level)).append(" ");
    if (line.source != LogSource::Drover)
        text.append(name(line.source)).append(": ");
    text.append(line.text);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return text;
}

} // namespace drover
