// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/service/log_writer.h"
#include "app/desktop/sensors.h"
#include "app/link/link_thread.h"
#include "app/ollama/ollama_client.h"
#include "app/ollama/ollama_servers.h"
#include "app/ollama/supervisor.h"
#include "app/settings/secret_store.h"
#include "app/settings/settings_source.h"
#include "core/api/engine.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace drover::app {

/// Makes the engine that a Service runs. Tests give a fake one.
using EngineMaker = std::function<std::unique_ptr<drover::Engine>(drover::Config, drover::EngineHooks)>;

/// The engine and what it needs around it, with a window or without: settings that change, a log, the local Ollama
/// where it is to be supervised, a gentle end.
///
/// Lives on the main thread. Its destructor ends the engine at once, and the Ollama that it started.
class Service : public QObject {
    Q_OBJECT

public:
    /// `useKeyring`: whether secrets may be asked of the keyring of the person's session.
    Service(Places places, SettingsSource source, EngineMaker makeEngine = drover::makeEngine,
        SecretStore::UseKeyring useKeyring = SecretStore::UseKeyring::No, QObject* parent = nullptr);
    ~Service() override;

    /// Why the service cannot start: a sentence for standard error and how the program ends.
    struct Trouble {
        ExitCode code = ExitCode::Ok;
        std::vector<std::string> sentences = {};
        std::optional<drover::Error> cause = {}; ///< when it is the engine that cannot start
    };

    /// Reads the settings, opens the log and starts the engine. Call once.
    Trouble start(LogWriter::Echo echo);

    /// One line on where it listens and what is behind it.
    std::string greeting() const;

    /// `logged` is called with each line of the log, on the core thread. Before `start`.
    void onLogged(std::function<void(const drover::LogLine&)> logged) { m_logged = std::move(logged); }

    drover::Engine& engine() { return *m_engine; }
    const Settings& settings() const { return m_settings; }

    /// Starts the local Ollama and looks after it until the end, or tries again where that was given up. Nothing
    /// happens where none can be started.
    void startRuntime();

    /// The backends whose models can be managed, with their keys.
    std::vector<OllamaServer> ollamas() const;

    /// Of the local Ollama; nothing when it is not supervised.
    const Supervisor* supervisor() const { return m_supervisor.get(); }

    /// Reads the settings again. Bad ones change nothing and are logged with their line.
    void reload();

    /// First call: drains for `serve.drain_timeout`. Second call: ends at once. Both by `stopped`.
    void stop();

    /// Refuses new jobs and lets the others finish, however long that takes; then `stopped`.
    void finish();

    /// Takes new jobs again after `finish` or the first `stop`.
    void goOn();

    /// After `finish` or `stop`.
    bool ending() const { return m_end != End::No; }

Q_SIGNALS:
    void stopped();

    /// `settings` or `ollamas` are others than they were.
    void settingsChanged();

private:
    enum class End { No, Finishing, Stopping };

    Trouble startEngine();
    drover::Result<std::shared_ptr<LogWriter>> openLog() const;
    Settings completed(Settings settings) const;
    void leaveNote();
    void pauseAsBefore();
    void keepPause(const drover::Pause& pause);
    void keepSnooze(const drover::Snooze& snooze);
    void watchRuntime();
    void watchSensors();
    void freeMemory();
    void startSupervisor(const drover::BackendConfig& backend);
    void readSecrets();
    void takeSecret(const std::string& name, const drover::Result<std::string>& value);
    void logSupervision(const Supervision& known);
    void engineEnded();
    void drain(std::chrono::milliseconds limit);
    void log(drover::LogLevel level, const std::string& line);
    void logOllama(const QString& line);

    Places m_places;
    SettingsSource m_source;
    EngineMaker m_makeEngine;
    Settings m_settings = {};
    std::shared_ptr<LogWriter> m_log = {};
    std::function<void(const drover::LogLine&)> m_logged = {};
    std::vector<drover::LogLine> m_early = {}; ///< of before there was an engine
    LinkThread m_linkThread; ///< before the engine, which uses it to its end
    std::unique_ptr<drover::Engine> m_engine = {};
    std::unique_ptr<Supervisor> m_supervisor = {};
    std::unique_ptr<Sensors> m_sensors = {}; ///< once they were needed
    std::vector<std::unique_ptr<OllamaClient>> m_freeing = {}; ///< whose models are being unloaded
    std::string m_runtimeBackend = {}; ///< name of the backend that it is for
    LogWriter::Echo m_echo = LogWriter::Echo::StandardError;
    End m_end = End::No;
    SecretStore m_secrets;
    std::map<std::string, std::string> m_secretValues; ///< by name: those that backends use
};

} // namespace drover::app
