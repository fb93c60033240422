// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/service/log_writer.h"
#include "app/settings/settings_source.h"
#include "core/api/engine.h"

#include <QObject>

#include <memory>

namespace drover::app {

/// The engine and what it needs around it when there is no window: settings that change, a log, a gentle end.
///
/// Lives on the main thread. Its destructor ends the engine at once.
class Service : public QObject {
    Q_OBJECT

public:
    Service(Places places, SettingsSource source, QObject* parent = nullptr);
    ~Service() override;

    /// Why the service cannot start: a sentence for standard error and how the program ends.
    struct Trouble {
        ExitCode code = ExitCode::Ok;
        std::vector<std::string> sentences = {};
    };

    /// Reads the settings, opens the log and starts the engine. Call once.
    Trouble start(LogWriter::Echo echo);

    /// One line on where it listens and what is behind it.
    std::string greeting() const;

    drover::Engine& engine() { return *m_engine; }
    const Settings& settings() const { return m_settings; }

    /// Reads the settings again. Bad ones change nothing and are logged with their line.
    void reload();

    /// First call: drains for `serve.drain_timeout`. Second call: ends at once. Both by `stopped`.
    void stop();

Q_SIGNALS:
    void stopped();

private:
    Trouble startEngine();
    drover::Result<std::shared_ptr<LogWriter>> openLog() const;
    Settings completed(Settings settings) const;
    void leaveNote();
    void log(drover::LogLevel level, const std::string& line) { m_log->write(level, line); }

    Places m_places;
    SettingsSource m_source;
    Settings m_settings = {};
    std::shared_ptr<LogWriter> m_log = {};
    std::unique_ptr<drover::Engine> m_engine = {};
    LogWriter::Echo m_echo = LogWriter::Echo::StandardError;
    bool m_stopping = false;
};

} // namespace drover::app
