// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace drover {

enum class LogLevel { Debug, Info, Warning, Error, Off };

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
