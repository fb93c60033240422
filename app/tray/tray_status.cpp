// SPDX-License-Identifier: MIT
#include "app/tray/tray_status.h"

#include "app/model_actions.h"
#include "app/window/rule_words.h"

#include <QLocale>
#include <QStringList>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr int lineCharactersMax = 80;

QString shortened(const QString& line)
{
    return line.size() <= lineCharactersMax ? line : line.left(lineCharactersMax - 1) + QChar(0x2026);
}

QString busyLine(const drover::Snapshot& snapshot)
{
    const auto users = wording::busyUsers(snapshot);
    const auto jobs = wording::jobs(snapshot);
    return users.isEmpty() ? jobs : TrayStatus::tr("%1 (%2)").arg(jobs, users);
}

QString pausedLine(const drover::Snapshot& snapshot)
{
    const bool idle = snapshot.running + snapshot.waiting == 0;
    if (snapshot.pausedUntil == 0)
        return idle ? TrayStatus::tr("Paused") : TrayStatus::tr("Paused: %1").arg(wording::jobs(snapshot));
    const auto until = wording::clock(snapshot.pausedUntil);
    return idle ? TrayStatus::tr("Paused until %1").arg(until)
                : TrayStatus::tr("Paused until %1: %2", "time, jobs").arg(until, wording::jobs(snapshot));
}

QString statusLineOf(const drover::Snapshot& snapshot, Face face)
{
    const auto jobs = static_cast<int>(snapshot.running + snapshot.waiting);
    switch (face) {
    case Face::Error:
        if (const auto* pool = refusingPool(snapshot); pool != nullptr && snapshot.state != drover::EngineState::Error)
            return TrayStatus::tr("%1: %2", "pool, reason").arg(wording::text(pool->name), wording::text(pool->reason));
        return wording::reason(snapshot);
    case Face::Off:
        return wording::reason(snapshot);
    case Face::Starting:
        if (const auto* pool = connectingPool(snapshot);
            pool != nullptr && snapshot.state != drover::EngineState::Starting)
            return TrayStatus::tr("Connecting to %1").arg(wording::text(pool->name));
        return TrayStatus::tr("Starting");
    case Face::Finishing:
        return TrayStatus::tr("Finishing %n job(s), taking no new ones", nullptr, jobs);
    case Face::Paused:
        return snapshot.paused || snapshot.state == drover::EngineState::Paused ? pausedLine(snapshot)
                                                                                : rule_words::reason(snapshot.sharing);
    case Face::Asleep:
        return rule_words::reason(snapshot.sharing);
    case Face::Busy:
        return busyLine(snapshot);
    case Face::Ready:
        return TrayStatus::tr("Ready");
    }
    return {};
}

QString backendsLineOf(const drover::Snapshot& snapshot)
{
    return snapshot.demo ? TrayStatus::tr("Simulated model: answers are made up") : wording::backends(snapshot);
}

QString freeMemoryOf(const drover::Snapshot& snapshot)
{
    const auto loaded = loadedMemory(snapshot);
    if (loaded.models == 0 || snapshot.demo)
        return {};
    if (loaded.bytes == 0)
        return TrayStatus::tr("Free GPU memory (%n model(s))", nullptr, loaded.models);
    return TrayStatus::tr("Free GPU memory (%1 in %n model(s))", nullptr, loaded.models)
        .arg(QLocale().formattedDataSize(static_cast<qint64>(loaded.bytes), 1, QLocale::DataSizeSIFormat));
}

/// Whether what they say differs in figures only.
bool sameState(const TrayStatus::Look& one, const TrayStatus::Look& other)
{
    return one.mark.face == other.mark.face && one.mark.demo == other.mark.demo
        && one.pauseOffered == other.pauseOffered && one.resumeOffered == other.resumeOffered
        && one.snoozeOffered == other.snoozeOffered && one.wakeOffered == other.wakeOffered
        && one.pausedUntil == other.pausedUntil && one.fix == other.fix && one.addresses == other.addresses;
}

/// Nothing when the first line says it already.
QString sharingLineOf(const drover::Snapshot& snapshot)
{
    if (!snapshot.sharing.present)
        return {};
    const Face face = markOf(snapshot).face;
    const bool said = face == Face::Asleep || (face == Face::Paused && !snapshot.paused);
    return said ? QString() : shortened(rule_words::reason(snapshot.sharing));
}

QString hostLineOf(const drover::Snapshot& snapshot)
{
    const drover::HostView& host = snapshot.hosting;
    if (!host.enabled)
        return {};
    const QString name = wording::text(host.name);
    if (!host.listening)
        return shortened(TrayStatus::tr("Pool %1 is not open").arg(name));
    return shortened(TrayStatus::tr("Hosting %1: %2, %3 running", "pool, machines, requests")
                         .arg(name, TrayStatus::tr("%n machine(s)", nullptr, static_cast<int>(host.connected)))
                         .arg(host.running));
}

QString activityLineOf(const drover::Snapshot& snapshot)
{
    const auto address = wording::text(snapshot.address);
    if (snapshot.running == 0 || address.isEmpty())
        return address;
    return TrayStatus::tr("%1, %2").arg(address, wording::rate(snapshot.tokensPerSecond));
}

} // namespace

TrayStatus::TrayStatus(QObject* parent)
    : QObject(parent)
{
    m_publish.setSingleShot(true);
    connect(&m_publish, &QTimer::timeout, this, &TrayStatus::publish);
}

void TrayStatus::show(const drover::Snapshot& snapshot)
{
    m_newest = lookOf(snapshot);
    if (m_newest == m_look)
        return m_publish.stop();
    const auto every = sameState(m_newest, m_look) ? figuresEvery : stateEvery;
    const auto wait = m_sincePublished.isValid() ? every - std::chrono::milliseconds(m_sincePublished.elapsed()) : 0ms;
    if (wait <= 0ms)
        publish();
    else if (!m_publish.isActive() || m_publish.remainingTimeAsDuration() > wait)
        m_publish.start(wait);
}

void TrayStatus::publish()
{
    m_publish.stop();
    m_sincePublished.start();
    m_look = m_newest;
    Q_EMIT changed();
}

TrayStatus::Look TrayStatus::lookOf(const drover::Snapshot& snapshot)
{
    Look look;
    look.mark = markOf(snapshot);
    look.statusLine = shortened(statusLineOf(snapshot, look.mark.face));
    look.backendsLine = shortened(backendsLineOf(snapshot));
    look.freeMemory = freeMemoryOf(snapshot);
    look.addresses = addressesOf(snapshot);
    for (const drover::PoolView& pool : snapshot.pools)
        look.pools << wording::text(pool.name);
    if (look.mark.face == Face::Error || look.mark.face == Face::Off || look.mark.face == Face::Finishing) {
        look.fix = snapshot.fixAction;
        look.fixSetting = wording::text(snapshot.fixSetting);
    }
    const bool listens = !snapshot.address.empty();
    look.sharingLine = sharingLineOf(snapshot);
    look.hostLine = hostLineOf(snapshot);
    const bool snoozed = snapshot.sharing.snooze != drover::SnoozeKind::None;
    look.snoozeOffered = listens && snapshot.sharing.present && !snoozed;
    look.wakeOffered = listens && snapshot.sharing.present && snoozed;
    look.resumeOffered = listens && snapshot.paused;
    if (snapshot.pausedUntil > 0)
        look.pausedUntil = wording::clock(snapshot.pausedUntil);
    look.pauseOffered = listens && !snapshot.paused && !snapshot.draining;

    QStringList lines{tr("Drover: %1").arg(look.statusLine), look.backendsLine, look.sharingLine,
        look.hostLine.isEmpty() ? activityLineOf(snapshot) : look.hostLine};
    lines.removeAll(QString());
    lines.removeDuplicates();
    look.tooltip = lines.join(QLatin1Char('\n'));
    return look;
}

} // namespace drover::app
