// SPDX-License-Identifier: MIT
#include "app/ollama/supervisor.h"

#include "app/ollama/models_folder.h"
#include "app/ollama/ollama_service.h"
#include "core/api/port_holder.h"
#include "core/api/reason.h"

#include <QMetaObject>
#include <QNetworkProxy>

#include <algorithm>
#include <utility>

namespace drover::app {

namespace {

using namespace std::chrono_literals;
using drover::give;
using State = SupervisionState;

/// Host and port as OLLAMA_HOST has them.
QString hostAndPort(const QUrl& server)
{
    const QString host = server.host();
    return (host.contains(QLatin1Char(':')) ? QLatin1Char('[') + host + QLatin1Char(']') : host) + QLatin1Char(':')
        + QString::number(server.port(80));
}

std::string endText(int exitCode, QProcess::ExitStatus status)
{
    if (status == QProcess::CrashExit)
        return give("ollama_crashed", {std::to_string(exitCode)}).text;
    return give("ollama_exited", {std::to_string(exitCode)}).text;
}

} // namespace

Supervisor::Supervisor(SupervisorOptions options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_sleep(std::max<std::chrono::milliseconds>(30s, 2 * (m_options.times.lookEvery + m_options.times.answerMax)))
    , m_policy(m_options.times.restarts)
{
    m_known.mode = m_options.mode;
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_nextLook.setSingleShot(true);
    m_stopLimit.setSingleShot(true);
    connect(&m_nextLook, &QTimer::timeout, this, &Supervisor::look);
    connect(&m_stopLimit, &QTimer::timeout, this, [this] {
        if (m_leash)
            m_leash->endAll();
    });
}

Supervisor::~Supervisor()
{
    if (!m_ours)
        return;
    constexpr int waitMs = 2'000;
    m_ours->disconnect(this);
    m_leash->askToEnd();
    if (!m_ours->waitForFinished(waitMs)) {
        m_leash->endAll();
        m_ours->waitForFinished(waitMs);
    }
    m_leash->letGo();
}

void Supervisor::start()
{
    tell(State::Searching, give("ollama_searching"));
    look();
}

void Supervisor::stop()
{
    m_stopping = true;
    m_nextLook.stop();
    if (!m_ours) {
        tell(State::Stopped, give("ollama_left_alone"));
        QMetaObject::invokeMethod(this, &Supervisor::stopped, Qt::QueuedConnection);
        return;
    }
    tell(State::Stopping, give("ollama_stopping"));
    m_stopLimit.start(m_options.times.stopMax);
    m_leash->askToEnd();
}

void Supervisor::tryAgain()
{
    if (m_stopping || m_ours)
        return;
    m_policy.forget();
    m_known.restarts = 0;
    m_adopted = false;
    tell(State::Searching, give("ollama_searching"));
    look();
}

void Supervisor::look()
{
    if (m_stopping)
        return;
    if (m_looking) { // the one under way was begun before our program ended
        lookLater(m_options.times.lookEveryAtStart);
        return;
    }
    if (m_sleep.sleptUntil({Clock::now(), std::chrono::system_clock::now()})) {
        m_startedAt = Clock::now(); // nobody answers while asleep: every limit begins anew
        m_answeredAt = Clock::now();
    }
    if (m_known.state == State::Restarting)
        tell(State::Searching, give("ollama_searching"));
    m_looking = true;
    askServer(m_network, m_options.server, m_options.times.answerMax, this, [this](const ServerFound& found) {
        m_looking = false;
        seen(found);
    });
}

void Supervisor::seen(const ServerFound& found)
{
    if (m_stopping)
        return;
    if (m_known.state == State::Restarting) // ours has ended meanwhile: what was seen is old, and the wait goes on
        return;
    if (m_ours)
        seenOurs(found);
    else
        seenOthers(found);
    if (m_known.state != State::Restarting && !m_nextLook.isActive())
        lookLater(m_known.state == State::Starting ? m_options.times.lookEveryAtStart : m_options.times.lookEvery);
}

void Supervisor::seenOurs(const ServerFound& found)
{
    if (found.outcome != ServerFound::Outcome::Answers) {
        oursIsSilent();
        return;
    }
    m_answeredAt = Clock::now();
    m_known.version = found.version.toStdString();
    if (!endedForHang())
        tellOursRuns();
}

void Supervisor::tellOursRuns()
{
    if (const QString gone = missingModelsFolder(modelsHints()); !gone.isEmpty())
        return tell(State::Running, give("ollama_models_lost", {gone.toStdString()}));
    const std::string change = noteVersion();
    if (m_options.slotCount > 0 && m_options.slotCount != m_known.slots)
        return tell(State::Running,
            give("ollama_other_slots", {std::to_string(m_known.slots), std::to_string(m_options.slotCount), change}));
    tell(State::Running, give("ollama_running", {change}));
}

/// Ends ours when it hangs.
bool Supervisor::endedForHang()
{
    const auto since = [](Clock::time_point then) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - then);
    };
    const HangSigns signs{.noAnswer = since(m_answeredAt),
        .jobs = m_options.silence ? m_options.silence() : JobSilence{},
        .awake = since(m_startedAt)};
    const Hang hang =
        hangOf(signs, m_options.times.hangMax, 2 * (m_options.times.lookEvery + m_options.times.answerMax));
    if (hang == Hang::No)
        return false;
    endOurs(hang == Hang::Server ? Ending::Hang : Ending::AnswerHang);
    return true;
}

void Supervisor::oursIsSilent()
{
    const auto now = Clock::now();
    if (m_known.state == State::Starting) {
        if (now - m_startedAt > m_options.times.startMax)
            endOurs(Ending::SlowStart);
        return;
    }
    if (endedForHang())
        return;
    tell(State::Silent, give("ollama_silent"));
}

void Supervisor::seenOthers(const ServerFound& found)
{
    using enum ServerFound::Outcome;
    const std::string where = hostAndPort(m_options.server).toStdString();
    if (found.outcome == Answers) {
        adopt(found);
        return;
    }
    m_known.pid = 0;
    m_known.version.clear();
    if (m_options.mode != OllamaMode::Supervise) {
        if (m_options.mode == OllamaMode::Remote)
            tell(State::Absent, give("ollama_absent_there", {where}));
        else
            tell(State::Absent, give("ollama_absent", {where}));
    } else if (found.outcome != Nobody) {
        std::string holder = portHolderText(m_options.server.port(80));
        if (found.outcome == Silent)
            tell(State::Blocked, give("ollama_port_silent", {std::move(holder)}));
        else
            tell(State::Blocked, give("ollama_port_taken", {std::move(holder)}));
    } else if (m_adopted) {
        if (m_service.name.empty())
            tell(State::Absent, give("ollama_adopted_ended"));
        else
            tell(State::Absent, give("ollama_service_ended", {m_service.name, m_service.startCommand}));
    } else if (m_known.state != State::GaveUp && m_known.state != State::Stopped)
        launch();
}

void Supervisor::adopt(const ServerFound& found)
{
    m_known.version = found.version.toStdString();
    const bool isSame = m_lastVersion.empty() || m_lastVersion == m_known.version;
    const std::string change = noteVersion();
    if (m_known.state == State::Running && isSame)
        return tellAgain();
    m_adopted = true;
    m_known.slots = 0;
    if (m_options.mode == OllamaMode::Remote)
        return tell(State::Running, give("ollama_answers", {change}));
    m_known.mode = OllamaMode::Adopt;
    const auto holder = drover::portHolder(static_cast<std::uint16_t>(m_options.server.port(80)));
    m_known.pid = holder ? holder->pid : 0;
    m_service = serviceOfProcess(m_known.pid);
    if (m_service.name.empty())
        tell(State::Running, give("ollama_adopted", {change}));
    else
        tell(State::Running, give("ollama_service", {m_service.name, change}));
}

ModelsFolderHints Supervisor::modelsHints() const
{
    return {.environment = m_options.environment, .ofSystem = qEnvironmentVariable("OLLAMA_MODELS")};
}

/// A sentence when another version answers than before, as after an update: worth knowing, no trouble.
const std::string& Supervisor::noteVersion()
{
    if (!m_lastVersion.empty() && m_lastVersion != m_known.version)
        m_changeText = ' ' + give("ollama_replaced", {m_known.version, m_lastVersion}).text;
    m_lastVersion = m_known.version;
    return m_changeText;
}

void Supervisor::launch()
{
    const QString program = findOllamaProgram(m_options.program, m_options.path, usualOllamaPlaces());
    m_known.mode = OllamaMode::Supervise;
    m_known.slots = m_options.slotCount;
    if (program.isEmpty()) {
        if (m_options.program.isEmpty())
            tell(State::Missing, give("ollama_missing"));
        else
            tell(State::Missing, give("ollama_program_missing", {m_options.program.toStdString()}));
        return;
    }
    if (const QString gone = missingModelsFolder(modelsHints()); !gone.isEmpty()) {
        tell(State::Absent, give("ollama_models_gone", {gone.toStdString()}));
        return;
    }
    m_output.clear();
    m_ending = Ending::Unasked;
    m_startedAt = Clock::now();
    m_leash = std::make_unique<ChildLeash>();
    m_ours = std::make_unique<QProcess>();
    m_ours->setProgram(program);
    m_ours->setArguments({QStringLiteral("serve")});
    m_ours->setProcessEnvironment(environment());
    m_ours->setProcessChannelMode(QProcess::MergedChannels);
    m_ours->setStandardInputFile(QProcess::nullDevice());
    connect(m_ours.get(), &QProcess::readyRead, this, [this] { takeOutput(); });
    connect(m_ours.get(), &QProcess::started, this, &Supervisor::oursStarted);
    connect(m_ours.get(), &QProcess::finished, this, &Supervisor::oursEnded);
    connect(m_ours.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return; // `finished` follows
        const std::string why = m_ours->errorString().toStdString();
        dropOurs();
        oursFailed(give("ollama_unstartable", {why}).text);
    });
    tell(State::Starting, give("ollama_starting"));
    m_leash->hold(*m_ours);
    m_ours->start();
}

QProcessEnvironment Supervisor::environment() const
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const QString& each : m_options.environment)
        all.insert(each.section(QLatin1Char('='), 0, 0), each.section(QLatin1Char('='), 1));
    all.insert(QStringLiteral("OLLAMA_HOST"), hostAndPort(m_options.server));
    if (m_options.slotCount > 0)
        all.insert(QStringLiteral("OLLAMA_NUM_PARALLEL"), QString::number(m_options.slotCount));
    return all;
}

void Supervisor::takeOutput()
{
    const QStringList lines = m_output.add(m_ours->readAll());
    for (const QString& line : lines)
        Q_EMIT wrote(line);
}

void Supervisor::oursStarted()
{
    m_leash->started(*m_ours);
    m_known.pid = m_ours->processId();
    tell(State::Starting, give("ollama_starting"));
    if (m_stopping)
        m_leash->askToEnd();
}

void Supervisor::endOurs(Ending why)
{
    m_ending = why;
    m_leash->endAll();
}

void Supervisor::dropOurs()
{
    m_leash->letGo();
    m_ours->disconnect(this);
    m_ours.release()->deleteLater(); // called from one of its signals
    m_stopLimit.stop();
    m_known.pid = 0;
    m_known.version.clear();
}

void Supervisor::oursEnded(int exitCode, QProcess::ExitStatus status)
{
    takeOutput();
    dropOurs();
    if (m_stopping) {
        tell(State::Stopped, give("ollama_stopped"));
        Q_EMIT stopped();
        return;
    }
    switch (m_ending) {
    case Ending::Hang:
        oursFailed(give("ollama_hung").text);
        return;
    case Ending::AnswerHang:
        oursFailed(give("ollama_answer_hung").text);
        return;
    case Ending::SlowStart:
        oursFailed(give("ollama_slow_start").text);
        return;
    case Ending::Unasked:
        break;
    }
    if (ChildLeash::endedOnRequest(exitCode, status)) {
        tell(State::Stopped, give("ollama_stopped_by_other"));
        lookLater(m_options.times.lookEvery);
        return;
    }
    const std::string said = m_output.lastError().toStdString();
    const std::string how = endText(exitCode, status);
    oursFailed(said.empty() ? how : give("ollama_said", {how, said}).text);
}

void Supervisor::oursFailed(const std::string& how)
{
    if (m_stopping) {
        tell(State::Stopped, give("ollama_stopped"));
        Q_EMIT stopped();
        return;
    }
    const RestartDecision decision = m_policy.ended(Clock::now());
    m_known.restarts = m_policy.restarts();
    if (decision.delay) {
        tell(State::Restarting, give("ollama_restarting", {how}));
        lookLater(*decision.delay);
        return;
    }
    tell(State::GaveUp, give("ollama_gave_up", {how, decision.reason}));
    lookLater(m_options.times.lookEvery);
}

/// What `tryAgain` is good for at present. A program that is missing and a port that is taken are looked at again
/// anyway.
drover::RuntimeFix Supervisor::fixOf(State state) const
{
    if (m_options.mode != OllamaMode::Supervise)
        return drover::RuntimeFix::None;
    switch (state) {
    case State::GaveUp:
        return drover::RuntimeFix::TryAgain;
    case State::Stopped:
        return m_stopping ? drover::RuntimeFix::None : drover::RuntimeFix::Start;
    case State::Absent:
        return drover::RuntimeFix::Start;
    case State::Searching:
    case State::Starting:
    case State::Running:
    case State::Silent:
    case State::Restarting:
    case State::Stopping:
    case State::Missing:
    case State::Blocked:
        break;
    }
    return drover::RuntimeFix::None;
}

void Supervisor::tell(State state, const drover::ReasonGiven& reason)
{
    m_known.state = state;
    m_known.reasonCode = reason.code;
    m_known.reasonText = reason.text;
    m_known.reasonArguments = reason.arguments;
    m_known.fixText = reason.fix;
    m_known.fix = fixOf(state);
    tellAgain();
}

void Supervisor::tellAgain()
{
    if (m_told == m_known)
        return;
    m_told = m_known;
    Q_EMIT changed(m_known);
}

} // namespace drover::app
