// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/log.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

namespace drover {

/// The latest lines of the log, for `GET /logs`. Holds at most `linesMax` lines of `lineBytesMax`. Core thread.
class LogRing {
public:
    static constexpr std::size_t linesMax = 1000;
    static constexpr std::size_t lineBytesMax = 2000;

    /// Writes "2026-11-21T09:40:07.123Z warning LINE". Control characters become blanks, so that a line stays one.
    void append(LogLevel level, std::string_view line, std::chrono::system_clock::time_point when);

    /// A log that goes to `next` as before, and here from Info on, whatever the level of `next`. It must not be used
    /// after this is gone.
    Log tee(Log next);

    /// Lines are numbered from 0 on; those from `first` to below `end` are here.
    std::uint64_t first() const { return m_end - m_lines.size(); }
    std::uint64_t end() const { return m_end; }

    struct Lines {
        std::string text = {}; ///< each line with its end
        std::uint64_t next = 0; ///< number of the line after the last
    };
    /// The lines from that number on, without those that are gone already: about `bytesMax` bytes, at least one line.
    Lines linesFrom(std::uint64_t number, std::size_t bytesMax) const;

    /// Called after each line; must return at once and log nothing. An empty function removes it.
    void onAppend(std::function<void()> appended) { m_appended = std::move(appended); }

private:
    std::deque<std::string> m_lines;
    std::uint64_t m_end = 0;
    std::function<void()> m_appended;
};

} // namespace drover
