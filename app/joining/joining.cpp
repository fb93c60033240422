// SPDX-License-Identifier: MIT
#include "app/joining/joining.h"

#include "app/settings/address.h"
#include "app/settings/settings_blocks.h"

#include <QSysInfo>

#include <algorithm>
#include <set>

namespace drover::app {

namespace {

QStringList offeredModels(const drover::Snapshot& snapshot)
{
    std::set<std::string> names;
    for (const drover::BackendView& backend : snapshot.backends) {
        for (const drover::ModelView& model : backend.models) {
            if (backend.state == drover::BackendState::Ready)
                names.insert(model.name);
        }
    }
    QStringList models;
    for (const std::string& name : names)
        models << QString::fromStdString(name);
    return models;
}

} // namespace

QString machineName()
{
    const QString name = QSysInfo::machineHostName();
    return name.isEmpty() ? QStringLiteral("drover") : name;
}

Joining::Joining(PoolDesk& desk, QObject* parent)
    : QObject(parent)
    , m_desk(desk)
{
    m_patience.setSingleShot(true);
    connect(&m_probe, &PoolProbe::finished, this, &Joining::looked);
    connect(&m_exchange, &CodeExchange::finished, this, &Joining::exchanged);
    connect(&m_trial, &Trial::changed, this, &Joining::tested);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_view.phase == Phase::Connecting) {
            share(JoinTrouble::NotConnected, m_view.detail);
        } else if (m_view.phase == Phase::Testing) {
            m_trial.cancel();
            share(JoinTrouble::TestFailed,
                tr("no answer in %1 min").arg(std::chrono::duration_cast<std::chrono::minutes>(testTimeMax).count()));
        }
    });
}

Joining::~Joining() = default;

void Joining::begin(std::string_view text)
{
    const auto invitation = parseInvitation(text);
    if (invitation)
        return begin(*invitation);
    cancel();
    m_invitation = {};
    m_view = {};
    fail(JoinTrouble::BadInvitation, QString::fromStdString(invitation.error().detail));
}

void Joining::begin(const Invitation& invitation)
{
    cancel();
    m_invitation = invitation;
    look();
}

void Joining::look()
{
    ++m_round;
    m_view = {};
    m_view.hasKey = !m_invitation.key.empty();
    m_view.hasCode = !m_invitation.code.empty();
    m_view.slots = m_invitation.slots;
    m_view.workerName =
        m_invitation.workerName.empty() ? machineName() : QString::fromStdString(m_invitation.workerName);
    m_view.models = offeredModels(m_snapshot);
    m_view.engineRuns = m_desk.engineRuns();
    const auto addresses = poolAddresses(m_invitation.server);
    if (!addresses)
        return fail(JoinTrouble::BadInvitation, QString::fromStdString(addresses.error().detail));
    m_view.host = hostText(addresses->front());
    enter(Phase::Looking);
    m_probe.start(*addresses, m_invitation.fingerprint);
}

void Joining::looked(const PoolProbe::Outcome& outcome)
{
    if (m_view.phase != Phase::Looking)
        return;
    m_view.clockAhead = outcome.clockAhead;
    if (outcome.trouble != JoinTrouble::None)
        return fail(outcome.trouble, outcome.detail);
    m_view.url = QString::fromStdString(outcome.url);
    m_view.host = hostText(outcome.url);
    m_view.latency = outcome.latency;
    const std::string host = QUrl(m_view.url).host().toStdString();
    m_view.isPlain = outcome.url.starts_with("ws://") && !isLoopback(host);
    const std::string wanted = m_invitation.name.empty() ? poolNameFrom(outcome.url) : m_invitation.name;
    m_view.name = QString::fromStdString(freePoolName(m_desk.settings(), wanted));
    enter(Phase::Asking);
}

void Joining::agree(const std::string& name, const std::string& workerName)
{
    if (m_view.phase != Phase::Asking)
        return;
    m_view.name = QString::fromStdString(name);
    m_view.workerName = QString::fromStdString(workerName);
    m_view.trouble = JoinTrouble::None;
    m_view.detail.clear();
    const std::string other = freePoolName(m_desk.settings(), name);
    if (!isPoolName(name)) {
        m_view.trouble = JoinTrouble::BadName;
    } else if (other != name) {
        m_view.trouble = JoinTrouble::NameTaken;
        m_view.detail = QString::fromStdString(other);
    }
    if (m_view.trouble != JoinTrouble::None)
        return enter(Phase::Asking);
    if (m_view.hasCode)
        return exchange();
    keepKey();
}

/// A code is good for one machine, so it is used up only once the person has agreed.
void Joining::exchange()
{
    enter(Phase::Exchanging);
    m_exchange.start({.url = m_view.url.toStdString(),
        .code = m_invitation.code,
        .workerName = m_view.workerName.toStdString(),
        .fingerprint = m_invitation.fingerprint});
}

void Joining::exchanged(const CodeExchange::Outcome& outcome)
{
    if (m_view.phase != Phase::Exchanging)
        return;
    if (outcome.trouble != JoinTrouble::None)
        return fail(outcome.trouble, outcome.detail);
    const bool isLessSafe = m_view.url.startsWith(QLatin1String("wss:")) && outcome.url.starts_with("ws:");
    if (isLessSafe)
        return fail(JoinTrouble::NoExchange);
    m_invitation.key = outcome.key;
    m_invitation.code.clear(); // what goes wrong from here on is tried again with the key
    m_view.hasKey = true;
    m_view.hasCode = false;
    if (!outcome.url.empty())
        m_view.url = QString::fromStdString(outcome.url);
    keepKey();
}

void Joining::keepKey()
{
    enter(Phase::Keeping);
    if (m_invitation.key.empty())
        return writeSettings();
    const std::string secret = poolSecretName(m_view.name.toStdString());
    m_desk.keepKey(
        secret, m_invitation.key, this, [this, secret, round = m_round](const drover::Result<std::string>& kept) {
            if (round != m_round) { // it was cancelled meanwhile
                if (kept)
                    m_desk.forgetKey(secret);
                return;
            }
            if (!kept)
                return fail(JoinTrouble::KeyNotKept, QString::fromStdString(kept.error().detail));
            m_keyKept = true;
            m_view.warning = QString::fromStdString(*kept);
            writeSettings();
        });
}

void Joining::writeSettings()
{
    const std::string name = m_view.name.toStdString();
    const std::string workerName = m_view.workerName == machineName() ? "" : m_view.workerName.toStdString();
    const BlockFields fields{{"name", name}, {"url", m_view.url.toStdString()},
        {"key_secret", m_invitation.key.empty() ? std::string() : poolSecretName(name)}, {"worker_name", workerName},
        {"slots", m_invitation.slots > 0 ? std::to_string(m_invitation.slots) : std::string()}};
    const auto trouble = m_desk.edit([&](const std::string& text) { return addBlock(text, "pool", fields); });
    if (trouble) {
        takeBack();
        return fail(JoinTrouble::SettingsNotWritten, QString::fromStdString(trouble->sentence));
    }
    m_written = true;
    if (!m_view.engineRuns)
        return share();
    m_patience.start(connectTimeMax);
    enter(Phase::Connecting);
}

void Joining::show(const drover::Snapshot& snapshot)
{
    m_snapshot = snapshot;
    m_trial.show(snapshot);
    if (m_view.phase == Phase::Looking || m_view.phase == Phase::Asking) {
        const QStringList models = offeredModels(snapshot);
        if (models != m_view.models) {
            m_view.models = models;
            Q_EMIT changed();
        }
    }
    const bool waits = m_view.phase == Phase::Connecting
        || (m_view.phase == Phase::Sharing && m_view.trouble == JoinTrouble::NotConnected);
    const auto pool = std::ranges::find(snapshot.pools, m_view.name.toStdString(), &drover::PoolView::name);
    if (waits && pool != snapshot.pools.end())
        watch(*pool);
}

void Joining::watch(const drover::PoolView& pool)
{
    switch (pool.state) {
    case drover::PoolState::Off:
    case drover::PoolState::Draining:
        return;
    case drover::PoolState::Connecting:
        m_view.detail = QString::fromStdString(pool.reason);
        return;
    case drover::PoolState::Connected:
    case drover::PoolState::Unready:
        m_patience.stop();
        if (pool.latency.count() > 0)
            m_view.latency = pool.latency;
        if (offeredModels(m_snapshot).isEmpty())
            return share(JoinTrouble::NoModel);
        if (m_snapshot.paused || m_snapshot.draining)
            return share(); // nothing could be tried
        return test();
    case drover::PoolState::Refused: {
        const bool isKey = pool.reason.find("key") != std::string::npos;
        takeBack();
        return fail(isKey ? JoinTrouble::KeyRefused : JoinTrouble::PoolRefused, QString::fromStdString(pool.reason));
    }
    }
}

void Joining::test()
{
    m_view.trouble = JoinTrouble::None;
    m_view.detail.clear();
    m_patience.start(testTimeMax);
    enter(Phase::Testing);
    m_trial.start(QString::fromStdString(m_snapshot.address));
}

void Joining::tested()
{
    if (m_view.phase != Phase::Testing)
        return;
    const TrialView& trial = m_trial.view();
    m_view.tokensPerSecond = trial.tokensPerSecond;
    if (trial.model != m_view.testModel) {
        m_view.testModel = trial.model;
        Q_EMIT changed();
    }
    switch (trial.phase) {
    case TrialView::Phase::Done:
        return share();
    case TrialView::Phase::NoModel:
        return share(JoinTrouble::NoModel);
    case TrialView::Phase::Failed:
        return share(JoinTrouble::TestFailed, trial.trouble);
    default:
        return;
    }
}

void Joining::tryAgain()
{
    if (m_view.phase == Phase::Sharing && m_view.trouble == JoinTrouble::TestFailed)
        return test();
    if (m_view.phase == Phase::Failed)
        begin(Invitation(m_invitation));
}

void Joining::cancel()
{
    ++m_round;
    m_patience.stop();
    m_probe.cancel();
    m_exchange.cancel();
    m_trial.cancel();
    const bool isConnected = m_view.phase == Phase::Testing || m_view.phase == Phase::Sharing;
    if (!isConnected)
        takeBack();
    m_keyKept = m_written = false;
    m_view = {};
    Q_EMIT changed();
}

/// As if it had never been begun.
void Joining::takeBack()
{
    if (m_written)
        leavePool(m_desk, m_view.name.toStdString());
    else if (m_keyKept)
        m_desk.forgetKey(poolSecretName(m_view.name.toStdString()));
    m_keyKept = m_written = false;
}

void Joining::enter(Phase phase)
{
    m_view.phase = phase;
    Q_EMIT changed();
}

void Joining::fail(JoinTrouble trouble, const QString& detail)
{
    m_patience.stop();
    m_view.trouble = trouble;
    m_view.detail = detail;
    enter(Phase::Failed);
}

void Joining::share(JoinTrouble trouble, const QString& detail)
{
    m_patience.stop();
    m_view.trouble = trouble;
    m_view.detail = detail;
    enter(Phase::Sharing);
}

} // namespace drover::app
