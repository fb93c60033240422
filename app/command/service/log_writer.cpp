// SPDX-License-Identifier: MIT
#include "app/command/service/log_writer.h"

#include "app/command/view/text_width.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <QFile>

#include <cstdio>
#include <mutex>

namespace drover::app {

namespace {

constexpr std::size_t fileBytesMax = 5 << 20;
constexpr std::size_t olderFiles = 3;

spdlog::level::level_enum levelOf(drover::LogLevel level)
{
    switch (level) {
    case drover::LogLevel::Debug:
        return spdlog::level::debug;
    case drover::LogLevel::Info:
        return spdlog::level::info;
    case drover::LogLevel::Warning:
        return spdlog::level::warn;
    case drover::LogLevel::Error:
        return spdlog::level::err;
    case drover::LogLevel::Off:
        return spdlog::level::off;
    }
    return spdlog::level::info;
}

/// A file that is made here is for its owner only: lines name apps and models. One that is there keeps its mode.
void makePrivate(const std::string& name)
{
    QFile file(QString::fromStdString(name));
    file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

std::shared_ptr<spdlog::logger> makeLogger(const std::string& file, LogWriter::Echo echo)
{
    std::vector<spdlog::sink_ptr> sinks;
    spdlog::file_event_handlers events;
    events.before_open = makePrivate;
    if (!file.empty())
        sinks.push_back(
            std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file, fileBytesMax, olderFiles, false, events));
    else if (echo == LogWriter::Echo::StandardError)
        sinks.push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    else
        sinks.push_back(std::make_shared<spdlog::sinks::null_sink_mt>());
    return std::make_shared<spdlog::logger>("drover", sinks.begin(), sinks.end());
}

} // namespace

struct LogWriter::State {
    std::shared_ptr<spdlog::logger> logger;
};

LogWriter::LogWriter(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

LogWriter::~LogWriter() = default;

drover::Result<std::shared_ptr<LogWriter>> LogWriter::open(const std::string& file, Echo echo, drover::LogLevel level)
try {
    auto state = std::make_unique<State>(State{makeLogger(file, echo)});
    state->logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    state->logger->flush_on(spdlog::level::info);
    state->logger->set_error_handler([told = std::make_shared<std::once_flag>()](const std::string& reason) {
        std::call_once(*told,
            [&] { std::fprintf(stderr, "drover: the log cannot be written, lines are lost: %s\n", reason.c_str()); });
    });
    state->logger->set_level(levelOf(level));
    return std::shared_ptr<LogWriter>(new LogWriter(std::move(state)));
} catch (const std::exception& error) {
    return drover::fail(drover::Errc::Io, error.what());
}

void LogWriter::write(drover::LogLevel level, std::string_view line)
{
    m_state->logger->log(levelOf(level), "{}", printable(line));
}

drover::Log makeLog(std::shared_ptr<LogWriter> writer, drover::LogLevel level)
{
    return {.level = level, .write = [writer = std::move(writer)](drover::LogLevel lineLevel, std::string_view line) {
                writer->write(lineLevel, line);
            }};
}

} // namespace drover::app
