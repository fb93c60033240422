// SPDX-License-Identifier: MIT
#include "app/command/service/service.h"

#include "app/command/client/running_file.h"
#include "app/command/service/pause_note.h"
#include "app/ollama/ollama_log.h"
#include "app/ollama/ollama_servers.h"
#include "app/ollama/ollama_service.h"
#include "app/ollama/slot_choice.h"
#include "app/settings/address.h"
#include "app/settings/setting_access.h"
#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMetaObject>

#include <algorithm>
#include <set>

namespace drover::app {

namespace {

/// A pool whose shared key is not there yet would be open: it is hosted when the key has come.
void takeHostSecrets(
    drover::HostingConfig& hosting, const HostKeySources& from, const std::map<std::string, std::string>& secrets)
{
    for (const auto& [key, name] :
        {std::pair{&hosting.clientKey, &from.clientKeySecret}, std::pair{&hosting.workerKey, &from.workerKeySecret}}) {
        if (!key->empty() || name->empty())
            continue;
        if (const auto secret = secrets.find(*name); secret != secrets.end())
            *key = secret->second;
        if (key->empty())
            hosting.enabled = false;
    }
}

/// What the engine is given: the settings with places filled in where they say "Drover's own".
drover::Config engineConfig(
    const Settings& settings, const Places& places, const std::map<std::string, std::string>& secrets)
{
    drover::Config config = settings.config;
    for (std::size_t i = 0; i < config.backends.size() && i < settings.backends.size(); ++i) {
        const auto secret = secrets.find(settings.backends[i].apiKeySecret);
        if (config.backends[i].apiKey.empty() && secret != secrets.end())
            config.backends[i].apiKey = secret->second;
    }
    // A pool whose key is not there yet would be refused: it is dialled when the key has come.
    std::vector<drover::PoolConfig> pools;
    for (std::size_t i = 0; i < config.pools.size() && i < settings.pools.size(); ++i) {
        const std::string& name = settings.pools[i].keySecret;
        const auto secret = secrets.find(name);
        if (config.pools[i].key.empty() && secret != secrets.end())
            config.pools[i].key = secret->second;
        if (name.empty() || !config.pools[i].key.empty())
            pools.push_back(config.pools[i]);
    }
    config.pools = std::move(pools);
    takeHostSecrets(config.hosting, settings.hostKeys, secrets);
    config.hosting.keysFile = keysFileOf(settings, places);
    if (config.controlTokenFile.empty())
        config.controlTokenFile = places.tokenFile;
    else if (config.controlTokenFile == "off")
        config.controlTokenFile.clear();
    config.history.file = places.historyFile;
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

/// The backend that an Ollama on this machine is; nothing when all are elsewhere or of another kind.
const drover::BackendConfig* localOllama(const drover::Config& config)
{
    for (const drover::BackendConfig& backend : config.backends) {
        const auto url = parseUrl(backend.url);
        if (backend.kind == drover::BackendKind::Ollama && url && url->scheme == "http" && isLoopback(url->host))
            return &backend;
    }
    return nullptr;
}

/// What is given to an Ollama of ours as OLLAMA_NUM_PARALLEL: the queue's own number, else that of its variables, else
/// one that fits the machine.
int slotCountOf(const drover::BackendConfig& backend, const Settings& settings)
{
    if (backend.slots != 0)
        return backend.slots;
    if (settings.config.concurrency != 0)
        return settings.config.concurrency;
    const int chosen = slotsInEnvironment(settings.ollama.environment);
    return chosen != 0 ? chosen : sensibleSlots(physicalMemoryBytes());
}

/// How long the jobs of one backend have heard nothing.
JobSilence silenceOf(const drover::Snapshot& snapshot, const std::string& backend)
{
    JobSilence silence;
    for (const drover::JobView& job : snapshot.jobs) {
        if (job.state != drover::JobState::Running || job.backend != backend)
            continue;
        silence.ofAny = std::max(silence.ofAny, job.silence);
        if (job.outputTokens > 0)
            silence.inAnswer = std::max(silence.inAnswer, job.silence);
    }
    return silence;
}

/// Where the pool that is hosted listens, or why it does not.
std::string poolGreeting(const drover::HostView& hosting)
{
    if (!hosting.enabled)
        return {};
    if (!hosting.listening)
        return "; the pool is not hosted" + (hosting.reason.empty() ? "" : ": " + hosting.reason);
    return "; hosts a pool on " + std::string(hosting.tls ? "https://" : "http://") + hosting.address;
}

std::string sentenceOf(const drover::Error& error)
{
    if (error.detail.ends_with('.')) // a sentence of its own, which says more
        return error.detail;
    return std::string(drover::describe(error.code)) + (error.detail.empty() ? "" : " (" + error.detail + ")");
}

} // namespace

Service::Service(
    Places places, SettingsSource source, EngineMaker makeEngine, SecretStore::UseKeyring useKeyring, QObject* parent)
    : QObject(parent)
    , m_places(std::move(places))
    , m_source(std::move(source))
    , m_makeEngine(std::move(makeEngine))
    , m_secrets(m_places, m_source.environment(), useKeyring, nullptr)
{
    connect(&m_secrets, &SecretStore::warned, this,
        [this](const QString& sentence) { log(drover::LogLevel::Warning, sentence.toStdString()); });
    connect(&m_secrets, &SecretStore::movedToKeyring, this, [this](const QString& name) {
        log(drover::LogLevel::Info, "a secret moved into the keyring name=" + name.toStdString());
    });
}

Service::~Service()
{
    m_sensors.reset();
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
    m_engine = m_makeEngine(engineConfig(m_settings, m_places, m_secretValues),
        {.log = makeLog(m_log, m_settings.logLevel),
            .logged = m_logged,
            .shutdownRequested = later(&Service::stop),
            .reloadRequested = later(&Service::reload),
            .pauseChanged =
                [this](const drover::Pause& pause) {
                    QMetaObject::invokeMethod(
                        this, [this, pause] { keepPause(pause); }, Qt::QueuedConnection);
                },
            .runtimeStartRequested = later(&Service::startRuntime),
            .freeMemoryRequested = later(&Service::freeMemory),
            .snoozed =
                [this](const drover::Snooze& snooze) {
                    QMetaObject::invokeMethod(
                        this, [this, snooze] { keepSnooze(snooze); }, Qt::QueuedConnection);
                },
            .makePoolSocket = m_linkThread.maker()});
    if (!m_engine)
        return {ExitCode::Failed, {"this build has no engine"}};
    for (drover::LogLine& line : m_early)
        m_engine->addLog(std::move(line));
    m_early.clear();
    pauseAsBefore();
    if (const auto started = m_engine->start(); !started) {
        m_engine.reset();
        return {exitCodeOf(started.error().code), {sentenceOf(started.error())}, started.error()};
    }
    leaveNote();
    watchRuntime();
    watchSensors();
    readSecrets();
    m_secrets.moveToKeyring();
    return {};
}

/// A pause that was there when Drover ended goes on.
void Service::pauseAsBefore()
{
    const drover::WallTime now = drover::WallTime::clock::now();
    if (const drover::Pause sharing = readPauseNote(m_places, PauseOf::Sharing, now); sharing.paused)
        m_engine->snooze(
            {.kind = sharing.until ? drover::SnoozeKind::Until : drover::SnoozeKind::Open, .until = sharing.until});
    const drover::Pause before = readPauseNote(m_places, PauseOf::Queue, now);
    if (!before.paused)
        return;
    log(drover::LogLevel::Info,
        "the queue is paused as before "
            + (before.until ? "until=\"" + drover::clockText(*before.until, now) + '"' : "until somebody resumes"));
    m_engine->pause(before.until);
}

void Service::keepPause(const drover::Pause& pause)
{
    if (!writePauseNote(m_places, PauseOf::Queue, pause))
        log(drover::LogLevel::Warning, "the pause cannot be kept for the next start: " + m_places.stateFolder);
}

std::vector<OllamaServer> Service::ollamas() const
{
    return ollamaServers(engineConfig(m_settings, m_places, m_secretValues), m_settings.ollama);
}

/// The engine works meanwhile; each key is given to it when it is there.
void Service::readSecrets()
{
    std::set<std::string> names;
    for (const BackendSetting& backend : m_settings.backends)
        if (!backend.apiKeySecret.empty())
            names.insert(backend.apiKeySecret);
    for (const PoolSetting& pool : m_settings.pools)
        if (!pool.keySecret.empty())
            names.insert(pool.keySecret);
    for (const std::string& name : {m_settings.hostKeys.clientKeySecret, m_settings.hostKeys.workerKeySecret})
        if (!name.empty() && m_settings.config.hosting.enabled)
            names.insert(name);
    std::erase_if(m_secretValues, [&names](const auto& each) { return !names.contains(each.first); });
    for (const std::string& name : names)
        m_secrets.read(name, this, [this, name](const drover::Result<std::string>& value) { takeSecret(name, value); });
}

void Service::takeSecret(const std::string& name, const drover::Result<std::string>& value)
{
    const auto before = m_secretValues;
    if (value)
        m_secretValues[name] = *value;
    else if (value.error().code == drover::Errc::NotFound)
        m_secretValues.erase(name); // else the keyring is locked again, which makes no key wrong
    if (!value)
        log(drover::LogLevel::Warning, "a key is missing: " + value.error().detail);
    if (m_secretValues == before)
        return;
    if (const auto taken = m_engine->setConfig(engineConfig(m_settings, m_places, m_secretValues)); !taken)
        log(drover::LogLevel::Error, sentenceOf(taken.error()));
    Q_EMIT settingsChanged();
}

void Service::watchRuntime()
{
    const OllamaSettings& wanted = m_settings.ollama;
    if (m_settings.config.demo)
        return;
    const drover::BackendConfig* backend = localOllama(m_settings.config);
    if (wanted.mode == OllamaMode::Supervise && backend)
        return startSupervisor(*backend);
    if (wanted.mode == OllamaMode::Supervise)
        log(drover::LogLevel::Warning, "there is no Ollama to supervise: no backend is one on this machine");
    drover::RuntimeView known{.mode = std::string(name(wanted.mode))};
    if (backend) {
        known.backend = backendName(*backend);
        const bool isInstalled =
            !findOllamaProgram(QString::fromStdString(wanted.program), {}, usualOllamaPlaces()).isEmpty();
        if (isInstalled && wanted.mode == OllamaMode::Adopt)
            known.fix = drover::RuntimeFix::Start;
        if (const OllamaService service = installedOllamaService(); !service.name.empty()) {
            known.reasonCode = "ollama_service_unreachable"; // for the moment when it does not answer
            known.reasonArguments = {backend->url, service.startCommand};
        }
    }
    m_engine->setRuntime(known);
}

void Service::startRuntime()
{
    if (ending())
        return;
    if (m_supervisor) {
        m_supervisor->tryAgain();
        return;
    }
    const drover::BackendConfig* backend = localOllama(m_settings.config);
    if (!backend || m_settings.config.demo || m_settings.ollama.mode == OllamaMode::Remote)
        return;
    log(drover::LogLevel::Info, "Ollama is looked after until Drover ends, as somebody asked for it");
    startSupervisor(*backend);
}

void Service::startSupervisor(const drover::BackendConfig& backend)
{
    const OllamaSettings& wanted = m_settings.ollama;
    m_runtimeBackend = backendName(backend);
    SupervisorOptions options{.mode = OllamaMode::Supervise,
        .server = QUrl(QString::fromStdString(backend.url)),
        .program = QString::fromStdString(wanted.program),
        .slotCount = slotCountOf(backend, m_settings),
        .times = {}};
    for (const std::string& each : wanted.environment)
        options.environment << QString::fromStdString(each);
    options.times.hangMax = wanted.hangTimeMax;
    options.silence = [this] { return silenceOf(m_engine->snapshot(), m_runtimeBackend); };
    m_supervisor = std::make_unique<Supervisor>(std::move(options));
    connect(m_supervisor.get(), &Supervisor::changed, this, [this](const Supervision& known) {
        logSupervision(known);
        if (m_engine)
            m_engine->setRuntime(runtimeView(known, m_runtimeBackend));
        if (m_engine)
            watchSensors(); // its process may be another
    });
    connect(m_supervisor.get(), &Supervisor::wrote, this, &Service::logOllama);
    connect(m_supervisor.get(), &Supervisor::stopped, this, [this] {
        if (ending())
            Q_EMIT stopped();
    });
    m_supervisor->start();
}

void Service::log(drover::LogLevel level, const std::string& line)
{
    m_log->write(level, line);
    drover::LogLine logged{std::chrono::system_clock::now(), level, drover::LogSource::Drover, line};
    if (m_engine)
        m_engine->addLog(std::move(logged));
    else
        m_early.push_back(std::move(logged));
}

void Service::logOllama(const QString& line)
{
    if (!m_engine)
        return; // it writes while it ends, too
    const std::string text = line.toStdString();
    m_engine->addLog(
        {std::chrono::system_clock::now(), ollamaLevel(text), drover::LogSource::Ollama, withoutSecrets(text)});
}

void Service::logSupervision(const Supervision& known)
{
    using enum SupervisionState;
    const bool bad = known.state == Restarting || known.state == Missing || known.state == Blocked
        || known.state == GaveUp || known.state == Silent || known.state == Absent;
    std::string line = "ollama state=" + std::string(name(known.state)) + " mode=" + std::string(name(known.mode));
    if (known.pid != 0)
        line += " pid=" + std::to_string(known.pid);
    if (!known.version.empty())
        line += " version=" + known.version;
    line += " restarts=" + std::to_string(known.restarts) + " reason=" + known.reasonCode + ": " + known.reasonText;
    if (!known.fixText.empty())
        line += " " + known.fixText;
    log(bad ? drover::LogLevel::Warning : drover::LogLevel::Info, line);
}

void Service::leaveNote()
{
    const drover::Snapshot snapshot = m_engine->snapshot();
    writeRunningNote(m_places,
        {QCoreApplication::applicationPid(), snapshot.statusAddress, snapshot.address,
            engineConfig(m_settings, m_places, m_secretValues).controlTokenFile, m_settings.logFile});
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
    if (behind.empty())
        behind = "the machines that join its pool";
    return "Drover listens on http://" + snapshot.address + " in front of " + behind
        + (snapshot.statusAddress.empty() ? "; no status address" : "; status on http://" + snapshot.statusAddress)
        + poolGreeting(snapshot.hosting);
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
        readSecrets();
        return;
    }
    if (const auto taken = m_engine->setConfig(engineConfig(fresh, m_places, m_secretValues)); !taken) {
        log(drover::LogLevel::Error, sentenceOf(taken.error()) + "; the old settings stay in force");
        return;
    }
    m_settings = std::move(fresh);
    watchSensors();
    if (const auto* backend = localOllama(m_settings.config); m_supervisor && backend)
        m_supervisor->setSlotCount(slotCountOf(*backend, m_settings));
    readSecrets();
    log(drover::LogLevel::Info, "the settings were read again" + (changed.empty() ? "" : ": " + changed));
    Q_EMIT settingsChanged();
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

void Service::engineEnded()
{
    if (m_supervisor)
        m_supervisor->stop(); // `stopped` follows
    else
        Q_EMIT stopped();
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
    if (m_supervisor && m_supervisor->ending()) { // the change of mind came after the last job
        m_supervisor.reset();
        if (const auto* backend = localOllama(m_settings.config))
            startSupervisor(*backend);
    }
}

void Service::drain(std::chrono::milliseconds limit)
{
    const auto ended = [this] {
        if (ending()) // nobody changed their mind meanwhile
            engineEnded();
    };
    m_engine->drain(limit, [this, ended] { QMetaObject::invokeMethod(this, ended, Qt::QueuedConnection); });
}

} // namespace drover::app
