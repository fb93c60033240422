// SPDX-License-Identifier: MIT
#include "core/fronts/log_ring.h"

#include <algorithm>

namespace drover {

namespace {

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

void LogRing::append(LogLine line)
{
    line.text.resize(cutAtCharacter(line.text, lineBytesMax).size());
    if (m_lines.size() == linesMax)
        m_lines.pop_front();
    m_lines.push_back(std::move(line));
    ++m_end;
    if (m_appended)
        m_appended();
}

Log LogRing::tee(Log next)
{
    Log both;
    both.level = std::min(next.level, LogLevel::Info);
    both.write = [this, next = std::move(next)](LogLevel level, std::string_view line) {
        add({std::chrono::system_clock::now(), level, LogSource::Drover, std::string(line)});
        next(level, line);
    };
    return both;
}

void LogRing::add(LogLine line)
{
    append(std::move(line));
    if (m_logged)
        m_logged(m_lines.back());
}

std::uint64_t LogRing::startOfLast(std::uint64_t count, const LogChoice& choice) const
{
    std::uint64_t at = m_end;
    while (at > first() && count > 0) {
        --at;
        if (choice.takes(m_lines[static_cast<std::size_t>(at - first())]))
            --count;
    }
    return at;
}

LogRing::Lines LogRing::linesFrom(std::uint64_t number, std::size_t bytesMax, const LogChoice& choice) const
{
    Lines lines;
    lines.next = std::min(std::max(number, first()), m_end);
    while (lines.next < m_end && lines.text.size() < bytesMax) {
        const LogLine& line = m_lines[static_cast<std::size_t>(lines.next - first())];
        if (choice.takes(line))
            lines.text.append(logText(line)).append("\n");
        ++lines.next;
    }
    return lines;
}

} // namespace drover
