// SPDX-License-Identifier: MIT
#include "app/command/service/service.h"

#include "app/command/client/running_file.h"
#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMetaObject>

#include <algorithm>

namespace drover::app {

namespace {

/// What the engine is given: the settings with places filled in where they say "Drover's own".
drover::Config engineConfig(const Settings& settings, const Places& places)
{
    drover::Config config = settings.config;
    if (config.controlTokenFile.empty())
        config.controlTokenFile = places.tokenFile;
    else if (config.controlTokenFile == "off")
        config.controlTokenFile.clear();
    return config;
}

ExitCode exitCodeOf(drover::Errc code)
{
    switch (code) {
    case drover::Errc::PortTaken:
        return ExitCode::PortTaken;
    case drover::Errc::BadConfig:
        return ExitCode::BadConfig;
    default:
        return ExitCode::Failed;
    }
}

std::string sentenceOf(const drover::Error& error)
{
    if (error.detail.ends_with('.')) // a sentence of its own, which says more
        return error.detail;
    return std::string(drover::describe(error.code)) + (error.detail.empty() ? "" : " (" + error.detail + ")");
}

} // namespace

Service::Service(Places places, SettingsSource source, EngineMaker makeEngine, QObject* parent)
    : QObject(parent)
    , m_places(std::move(places))
    , m_source(std::move(source))
    , m_makeEngine(std::move(makeEngine))
{
}

Service::~Service()
{
    m_engine.reset();
    removeRunningNote(m_places);
}

Service::Trouble Service::start(LogWriter::Echo echo)
{
    const SettingsSource::Reading reading = m_source.read();
    if (!reading.resolved.problems.empty()) {
        const bool ofCommandLine = std::ranges::all_of(
            reading.resolved.problems, [](const Problem& each) { return each.where == commandLine; });
        Trouble trouble{reading.file == SettingsSource::File::Unreadable ? ExitCode::Unreadable
                : ofCommandLine                                          ? ExitCode::Usage
                                                                         : ExitCode::BadConfig,
            {}};
        for (const Problem& problem : reading.resolved.problems)
            trouble.sentences.push_back(problem.text());
        return trouble;
    }
    m_echo = echo;
    m_settings = completed(reading.resolved.settings);
    makeStateFolder(m_places);
    const auto writer = openLog();
    if (!writer)
        return {ExitCode::CannotWrite,
            {"the log file cannot be written: " + m_settings.logFile + " (" + writer.error().detail + ")"}};
    m_log = *writer;
    for (const Problem& warning : reading.resolved.warnings)
        log(drover::LogLevel::Warning, warning.text());
    return startEngine();
}

drover::Result<std::shared_ptr<LogWriter>> Service::openLog() const
{
    if (!m_settings.logFile.empty()) {
        const QString folder = QFileInfo(QString::fromStdString(m_settings.logFile)).absolutePath();
        if (!QFileInfo(folder).isDir() && !QDir().mkdir(folder)) // one level: more is more likely a slip of the pen
            return drover::fail(drover::Errc::Io, "there is no folder " + folder.toStdString());
    }
    return LogWriter::open(m_settings.logFile, m_echo, m_settings.logLevel);
}

Settings Service::completed(Settings settings) const
{
    if (settings.logFile.empty() && m_echo == LogWriter::Echo::None)
        settings.logFile = m_places.logFile; // standard error is not free for it
    return settings;
}

Service::Trouble Service::startEngine()
{
    const auto later = [this](auto method) {
        return [this, method] { QMetaObject::invokeMethod(this, method, Qt::QueuedConnection); };
    };
    m_engine = m_makeEngine(engineConfig(m_settings, m_places),
        {.log = makeLog(m_log, m_settings.logLevel),
            .shutdownRequested = later(&Service::stop),
            .reloadRequested = later(&Service::reload)});
    if (!m_engine)
        return {ExitCode::Failed, {"this build has no engine"}};
    if (const auto started = m_engine->start(); !started) {
        m_engine.reset();
        return {exitCodeOf(started.error().code), {sentenceOf(started.error())}, started.error()};
    }
    leaveNote();
    return {};
}

void Service::leaveNote()
{
    const drover::Snapshot snapshot = m_engine->snapshot();
    writeRunningNote(m_places,
        {QCoreApplication::applicationPid(), snapshot.statusAddress, snapshot.address,
            engineConfig(m_settings, m_places).controlTokenFile, m_settings.logFile});
}

std::string Service::greeting() const
{
    const drover::Snapshot snapshot = m_engine->snapshot();
    std::string behind;
    if (m_settings.config.demo)
        behind = "a built-in demonstration model: every answer is SIMULATED";
    else {
        for (const drover::BackendConfig& backend : m_settings.config.backends)
            behind += (behind.empty() ? "" : ", ") + backend.url;
    }
    return "Drover listens on http://" + snapshot.address + " in front of " + behind
        + (snapshot.statusAddress.empty() ? "; no status address" : "; status on http://" + snapshot.statusAddress);
}

void Service::reload()
{
    const SettingsSource::Reading reading = m_source.read();
    if (!reading.resolved.problems.empty()) {
        for (const Problem& problem : reading.resolved.problems)
            log(drover::LogLevel::Error, problem.text() + "; the old settings stay in force");
        return;
    }
    for (const Problem& warning : reading.resolved.warnings)
        log(drover::LogLevel::Warning, warning.text());
    Settings fresh = completed(reading.resolved.settings);
    std::string changed;
    for (const Setting& setting : settingsTable()) {
        if (setting.get(fresh) == setting.get(m_settings))
            continue;
        if (setting.effect == Effect::AfterRestart) {
            log(drover::LogLevel::Warning, std::string(setting.key) + " has changed and counts after a restart");
            setting.set(fresh, setting.get(m_settings));
        } else
            changed += (changed.empty() ? "" : ", ") + std::string(setting.key);
    }
    if (fresh == m_settings) {
        log(drover::LogLevel::Info, "the settings were read again; nothing is different");
        return;
    }
    if (const auto taken = m_engine->setConfig(engineConfig(fresh, m_places)); !taken) {
        log(drover::LogLevel::Error, sentenceOf(taken.error()) + "; the old settings stay in force");
        return;
    }
    m_settings = std::move(fresh);
    log(drover::LogLevel::Info, "the settings were read again" + (changed.empty() ? "" : ": " + changed));
}

void Service::stop()
{
    if (m_end == End::Stopping) {
        log(drover::LogLevel::Info, "told to stop once more: ending at once");
        Q_EMIT stopped();
        return;
    }
    m_end = End::Stopping;
    const drover::Snapshot snapshot = m_engine->snapshot();
    log(drover::LogLevel::Info,
        "stopping: running=" + std::to_string(snapshot.running) + " waiting=" + std::to_string(snapshot.waiting)
            + " drain_timeout="
            + valueText(findSetting("serve.drain_timeout")->rule, SettingValue(m_settings.drainTimeout)));
    drain(m_settings.drainTimeout);
}

void Service::finish()
{
    m_end = End::Finishing;
    drain(std::chrono::milliseconds(-1));
}

void Service::goOn()
{
    m_end = End::No;
    m_engine->undrain();
}

void Service::drain(std::chrono::milliseconds limit)
{
    const auto ended = [this] {
        if (ending()) // nobody changed their mind meanwhile
            Q_EMIT stopped();
    };
    m_engine->drain(limit, [this, ended] { QMetaObject::invokeMethod(this, ended, Qt::QueuedConnection); });
}

} // namespace drover::app
