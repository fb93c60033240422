// SPDX-License-Identifier: MIT
#include "app/tray/notice_rules.h"

#include "app/window/wording.h"

#include "core/api/error.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace drover::app {

namespace {

struct NoticeTexts {
    Q_DECLARE_TR_FUNCTIONS(Notice)
};

/// The codes of refusals that a limit of one user brings about.
bool isLimitOfUser(const std::string& reasonCode)
{
    return reasonCode == drover::codeName(drover::Errc::UserQueueFull)
        || reasonCode == drover::codeName(drover::Errc::DailyTokensUsed);
}

} // namespace

NoticeRules::NoticeRules(NotificationSettings wanted)
    : m_wanted(wanted)
{
}

std::vector<NoticeRules::Event> NoticeRules::take(const drover::Snapshot& snapshot, const QDateTime& now)
{
    std::vector<Event> events;
    watchRuntime(snapshot, events);
    watchLimits(snapshot, now, events);
    watchPools(snapshot, now, events);
    watchQueue(snapshot, now, events);
    watchPause(snapshot, now, events);
    return events;
}

void NoticeRules::watchRuntime(const drover::Snapshot& snapshot, std::vector<Event>& events)
{
    const auto before = std::exchange(m_runtime, snapshot.runtime);
    const auto& runtime = snapshot.runtime;
    if (!before || !runtime.present)
        return;
    const bool gaveUp = runtime.state == drover::RuntimeState::GaveUp;
    if (gaveUp && before->state != drover::RuntimeState::GaveUp && m_wanted.ollamaGaveUp)
        events.push_back({NoticeKind::OllamaGaveUp, wording::told(runtime.reasonText)});
    if (!gaveUp && runtime.restarts > before->restarts && m_wanted.ollamaRestarted)
        events.push_back({NoticeKind::OllamaRestarted, {}});
}

/// Each app once a day, however often it is refused.
void NoticeRules::watchLimits(const drover::Snapshot& snapshot, const QDateTime& now, std::vector<Event>& events)
{
    if (now.date() != m_today) {
        m_today = now.date();
        m_limitedToday.clear();
    }
    const auto isFirstPicture = !std::exchange(m_hasLooked, true);
    for (const auto& finished : newlyFinished(snapshot)) {
        const auto app = wording::text(finished.job.user);
        if (isFirstPicture || !m_wanted.appLimited || !isLimitOfUser(finished.reasonCode)
            || m_limitedToday.contains(app) || m_limitedToday.size() >= appsRememberedMax)
            continue;
        m_limitedToday.insert(app);
        events.push_back({NoticeKind::AppLimited, app});
    }
}

/// Those that no picture before had. Several may have ended in the same millisecond, and pictures may come between.
std::vector<drover::FinishedJob> NoticeRules::newlyFinished(const drover::Snapshot& snapshot)
{
    std::vector<drover::FinishedJob> found;
    auto newest = m_newest;
    for (const auto& finished : snapshot.finished) {
        const bool isKnown = finished.finishedAt < m_newest.at
            || (finished.finishedAt == m_newest.at && m_newest.jobs.contains(finished.job.id));
        if (isKnown)
            continue;
        found.push_back(finished);
        if (finished.finishedAt > newest.at)
            newest = {.at = finished.finishedAt};
        if (finished.finishedAt == newest.at)
            newest.jobs.insert(finished.job.id);
    }
    m_newest = std::move(newest);
    return found;
}

/// A refusal once, when it comes; a lost connection once, when it has lasted. What the first picture shows is no news.
void NoticeRules::watchPools(const drover::Snapshot& snapshot, const QDateTime& now, std::vector<Event>& events)
{
    QHash<QString, PoolSeen> pools;
    for (const drover::PoolView& pool : snapshot.pools) {
        const QString name = wording::text(pool.name);
        const bool isNew = !m_pools.contains(name);
        PoolSeen seen = m_pools.value(name);
        const bool refused = pool.state == drover::PoolState::Refused;
        const bool linked = pool.state == drover::PoolState::Connected || pool.state == drover::PoolState::Unready
            || pool.state == drover::PoolState::Draining;
        const QString said = NoticeTexts::tr("%1: %2", "pool, reason").arg(name, wording::text(pool.reason));
        if (refused && !seen.wasRefused && !isNew && seen.wasConnected && m_wanted.poolLost)
            events.push_back({NoticeKind::PoolRefused, said});
        seen.wasRefused = refused;
        if (linked || refused) {
            seen.wasConnected = seen.wasConnected || linked;
            seen.lostSince = {};
            seen.lostTold = false;
        } else if (seen.wasConnected && !seen.lostSince.isValid()) {
            seen.lostSince = now;
        } else if (seen.lostSince.isValid() && !seen.lostTold && m_wanted.poolLost
            && seen.lostSince.msecsTo(now) >= std::chrono::milliseconds(poolLostAfter).count()) {
            seen.lostTold = true;
            events.push_back({NoticeKind::PoolLost, said});
        }
        pools.insert(name, seen);
    }
    m_pools = std::move(pools);
}

/// Once for each time that the queue got long.
void NoticeRules::watchQueue(const drover::Snapshot& snapshot, const QDateTime& now, std::vector<Event>& events)
{
    if (static_cast<std::int64_t>(snapshot.waiting) <= m_wanted.queueLongJobs) {
        m_longSince = {};
        m_longTold = false;
        return;
    }
    if (!m_longSince.isValid())
        m_longSince = now;
    if (m_longTold || !m_wanted.queueLong || m_longSince.msecsTo(now) < m_wanted.queueLongTime.count())
        return;
    m_longTold = true;
    events.push_back({NoticeKind::QueueLong, wording::jobs(snapshot)});
}

/// Only of one that ended by itself: who resumes before knows it.
void NoticeRules::watchPause(const drover::Snapshot& snapshot, const QDateTime& now, std::vector<Event>& events)
{
    const auto until = std::exchange(m_pausedUntil, snapshot.paused ? snapshot.pausedUntil : 0);
    constexpr qint64 early = 1000; // the picture may be a little older than the clock
    if (until == 0 || snapshot.paused || now.toMSecsSinceEpoch() + early < until || !m_wanted.pauseOver)
        return;
    events.push_back({NoticeKind::PauseOver, wording::jobs(snapshot)});
}

} // namespace drover::app
