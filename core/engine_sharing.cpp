// SPDX-License-Identifier: MIT
#include "core/engine_sharing.h"

#include "core/net/process_mark.h"

namespace drover {

namespace {

UsageSum usedByPools(const Config& config, const DailyUsage& today)
{
    UsageSum sum;
    for (const PoolConfig& pool : config.pools)
        sum += today.of("pool " + pool.name);
    return sum;
}

} // namespace

void EngineSharing::snooze(const Snooze& snooze, PauseClock::Moment now)
{
    m_programMark = snooze.kind == SnoozeKind::Program ? processMark(snooze.pid) : std::nullopt;
    m_manners.snooze(snooze, now);
    m_toldSnooze = m_manners.snoozed().kind;
    if (m_hooks.snoozed)
        m_hooks.snoozed(m_manners.snoozed());
}

bool EngineSharing::look(const Config& config, const DailyUsage& today, PauseClock::Moment now)
{
    const SharingView before = m_view;
    m_manners.setRules(config.sharing);
    const Snooze& snoozed = m_manners.snoozed();
    const bool runs =
        snoozed.kind != SnoozeKind::Program || (m_programMark.has_value() && processMark(snoozed.pid) == m_programMark);
    m_view = m_manners.decide({.now = now, .poolsToday = usedByPools(config, today), .snoozedProgramRuns = runs});
    m_view.present = !config.pools.empty() || config.sharing.ownToo || answersHostedPool(config);
    if (!m_view.present)
        m_view = {};
    if (std::exchange(m_toldSnooze, snoozed.kind) != snoozed.kind && m_hooks.snoozed)
        m_hooks.snoozed(snoozed); // it is over
    if (m_view == before)
        return false;
    tell(before);
    return true;
}

void EngineSharing::tell(const SharingView& before) const
{
    if (m_view.verdict != before.verdict || m_view.reasonCode != before.reasonCode)
        m_hooks.log(LogLevel::Info,
            "sharing verdict=" + std::string(name(m_view.verdict)) + " reason=" + m_view.reasonCode + ": "
                + m_view.reasonText);
    const bool frees = m_view.verdict == SharingVerdict::StopAndFree;
    if (frees && before.verdict != SharingVerdict::StopAndFree && m_hooks.freeMemoryRequested)
        m_hooks.freeMemoryRequested();
}

} // namespace drover
