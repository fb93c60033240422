// SPDX-License-Identifier: MIT
#include "core/fronts/log_ring.h"

#include <algorithm>
#include <cstdio>

namespace drover {

namespace {

std::string_view word(LogLevel level)
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
        break;
    }
    return {};
}

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

/// The text without a character cut in two at its end.
std::string_view cutAtCharacter(std::string_view text, std::size_t bytesMax)
{
    if (text.size() <= bytesMax)
        return text;
    std::size_t size = bytesMax;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0u) == 0x80u)
        --size;
    return text.substr(0, size);
}

} // namespace

void LogRing::append(LogLevel level, std::string_view line, std::chrono::system_clock::time_point when)
{
    std::string text = timeText(when);
    text.append(" ").append(word(level)).append(" ").append(cutAtCharacter(line, lineBytesMax));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    if (m_lines.size() == linesMax)
        m_lines.pop_front();
    m_lines.push_back(std::move(text));
    ++m_end;
    if (m_appended)
        m_appended();
}

Log LogRing::tee(Log next)
{
    Log both;
    both.level = std::min(next.level, LogLevel::Info);
    both.write = [this, next = std::move(next)](LogLevel level, std::string_view line) {
        append(level, line, std::chrono::system_clock::now());
        next(level, line);
    };
    return both;
}

LogRing::Lines LogRing::linesFrom(std::uint64_t number, std::size_t bytesMax) const
{
    Lines lines;
    lines.next = std::min(std::max(number, first()), m_end);
    while (lines.next < m_end && lines.text.size() < bytesMax) {
        lines.text.append(m_lines[static_cast<std::size_t>(lines.next - first())]).append("\n");
        ++lines.next;
    }
    return lines;
}

} // namespace drover
