// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/log.h"

#include <memory>
#include <string>

namespace drover::app {

/// Writes log lines, each with its time and level, to standard error or to a file of at most 5 MB with three older
/// ones.
///
/// May be called from any thread. Never throws and never stops the program: when a line cannot be written (a full
/// disk), standard error is told once and the line is lost.
class LogWriter {
public:
    enum class Echo { None, StandardError };

    /// An empty `file` means standard error, or nowhere with Echo::None. Fails with Io when the file cannot be made.
    static drover::Result<std::shared_ptr<LogWriter>> open(const std::string& file, Echo echo, drover::LogLevel level);

    ~LogWriter();

    void write(drover::LogLevel level, std::string_view line);

private:
    struct State;
    explicit LogWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// For the engine. Shares the writer, which the engine's thread may use until the engine has ended.
drover::Log makeLog(std::shared_ptr<LogWriter> writer, drover::LogLevel level);

} // namespace drover::app
