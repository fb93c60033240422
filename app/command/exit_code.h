// SPDX-License-Identifier: MIT
#pragma once

namespace drover::app {

/// How `drover` ends. The low ones are those of every command; those above 64 are sysexits.h's and end `serve` only.
enum class ExitCode {
    Ok = 0,
    Failed = 1,
    Usage = 2, ///< the command line cannot be understood
    NotRunning = 3, ///< no Drover answers
    Refused = 4, ///< it answered no: a wrong token, an unknown job
    Unhealthy = 5, ///< it runs, and something is wrong
    TimedOut = 6,
    Unreadable = 66, ///< a file that was named is not there or cannot be read
    PortTaken = 69, ///< another program listens there
    CannotWrite = 73, ///< the log file cannot be made
    BadConfig = 78 ///< a setting is unknown or out of range
};

} // namespace drover::app
