// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/log.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace drover {

/// Which lines somebody wants to see.
struct LogChoice {
    LogLevel least = LogLevel::Debug;
    std::optional<LogSource> source = {};

    bool takes(const LogLine& line) const { return line.level >= least && (!source || *source == line.source); }
};

/// The latest lines of the log, for `GET /logs`. Holds at most `linesMax` lines of `lineBytesMax`. Core thread.
class LogRing {
public:
    static constexpr std::size_t linesMax = 2000;
    static constexpr std::size_t lineBytesMax = 2000;

    void append(LogLine line);

    /// As `append`, and tells `onLogged`.
    void add(LogLine line);

    /// A log that goes to `next` as before, and to `add` from Info on, whatever the level of `next`. It must not be
    /// used after this is gone.
    Log tee(Log next);

    /// Lines are numbered from 0 on; those from `first` to below `end` are here.
    std::uint64_t first() const { return m_end - m_lines.size(); }
    std::uint64_t end() const { return m_end; }

    /// Where the last `count` chosen lines begin.
    std::uint64_t startOfLast(std::uint64_t count, const LogChoice& choice) const;

    struct Lines {
        std::string text = {}; ///< each line as logText has it, with its end
        std::uint64_t next = 0; ///< number of the line after the last
    };
    /// The lines from that number on, without those that are gone already: about `bytesMax` bytes, at least one line
    /// where one is chosen.
    Lines linesFrom(std::uint64_t number, std::size_t bytesMax, const LogChoice& choice = {}) const;

    /// Called after each line; must return at once and log nothing. An empty function removes it.
    void onAppend(std::function<void()> appended) { m_appended = std::move(appended); }

    /// Called with each line of `add`; must return at once and log nothing.
    void onLogged(std::function<void(const LogLine&)> logged) { m_logged = std::move(logged); }

private:
    std::deque<LogLine> m_lines;
    std::uint64_t m_end = 0;
    std::function<void()> m_appended;
    std::function<void(const LogLine&)> m_logged;
};

} // namespace drover
