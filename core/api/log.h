// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace drover {

enum class LogLevel { Debug, Info, Warning, Error, Off };

/// Who wrote a line.
enum class LogSource { Drover, Ollama };

/// One line of the log, without its end. A value.
struct LogLine {
    std::chrono::system_clock::time_point when = {};
    LogLevel level = LogLevel::Info;
    LogSource source = LogSource::Drover;
    std::string text = {};
};

std::string_view name(LogLevel level); ///< "debug", "info", "warning", "error", "off"
std::string_view name(LogSource source); ///< "drover", "ollama"

/// "2026-11-21T09:40:07.123Z warning LINE", with "ollama: " before the line of an Ollama. Control characters become
/// blanks, so that a line stays one.
std::string logText(const LogLine& line);

/// Where the core's log lines go. A value, given at construction; the core imposes no logging library.
///
/// `write` is called on the core thread, at once, with a line without its end: one event, facts as `key=value`. It must
/// not block for long and must not throw. No line ever has a prompt, an answer or a key in it.
struct Log {
    LogLevel level = LogLevel::Info;
    std::function<void(LogLevel, std::string_view)> write = {};

    bool wants(LogLevel least) const { return write && least >= level && level != LogLevel::Off; }
    void operator()(LogLevel lineLevel, std::string_view line) const
    {
        if (wants(lineLevel))
            write(lineLevel, line);
    }
};

} // namespace drover
