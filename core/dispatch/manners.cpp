// SPDX-License-Identifier: MIT
#include "core/dispatch/manners.h"

#include "core/dispatch/sharing_measure.h"

#include <algorithm>

namespace drover {

using namespace std::chrono_literals;

namespace {

std::int64_t milliseconds(WallTime when)
{
    return std::chrono::floor<std::chrono::milliseconds>(when).time_since_epoch().count();
}

SharingRule ruleAt(std::size_t index)
{
    return static_cast<SharingRule>(index);
}

} // namespace

MannersRules::Dwell MannersRules::dwellOf(SharingRule rule)
{
    switch (rule) {
    case SharingRule::Battery:
    case SharingRule::Metered:
        return {.begin = 0s, .end = 10s};
    case SharingRule::FullScreen:
        return {.begin = 2s, .end = 15s};
    case SharingRule::Programs:
        return {.begin = 0s, .end = 10s};
    case SharingRule::Gpu:
    case SharingRule::Cpu:
        return {.begin = 20s, .end = 60s};
    case SharingRule::Temperature:
        return {.begin = 5s, .end = 60s};
    case SharingRule::Disk:
    case SharingRule::Memory:
        return {.begin = 5s, .end = 300s};
    case SharingRule::UserActive:
    case SharingRule::Schedule:
    case SharingRule::Tokens:
    case SharingRule::Jobs:
    case SharingRule::Time:
        return {};
    }
    return {};
}

SharingVerdict MannersRules::verdictOf(SharingRule rule)
{
    switch (rule) {
    case SharingRule::Metered:
    case SharingRule::Schedule:
    case SharingRule::Disk:
    case SharingRule::Tokens:
    case SharingRule::Jobs:
    case SharingRule::Time:
        return SharingVerdict::Finish;
    case SharingRule::Battery:
    case SharingRule::Cpu:
    case SharingRule::UserActive:
    case SharingRule::Temperature:
        return SharingVerdict::Stop;
    case SharingRule::FullScreen:
    case SharingRule::Programs:
    case SharingRule::Gpu:
    case SharingRule::Memory:
        return SharingVerdict::StopAndFree;
    }
    return SharingVerdict::Stop;
}

void MannersRules::setRules(const SharingRules& rules)
{
    if (rules == m_rules)
        return;
    m_rules = rules;
    m_rulesChanged = true;
}

void MannersRules::snooze(const Snooze& snooze, PauseClock::Moment now)
{
    m_snooze = snooze;
    m_snoozeClock.end();
    if (snooze.kind != SnoozeKind::Until)
        return;
    m_snoozeClock.begin(snooze.until.value_or(now.wall), now);
    m_snooze.until = m_snoozeClock.pause().until;
    if (!m_snoozeClock.pause().paused)
        m_snooze = {};
}

void MannersRules::endSnoozeInTime(const Given& given)
{
    bool over = false;
    switch (m_snooze.kind) {
    case SnoozeKind::None:
    case SnoozeKind::Open:
        break;
    case SnoozeKind::Until:
        over = m_snoozeClock.isOver(given.now);
        break;
    case SnoozeKind::Program:
        over = !given.snoozedProgramRuns;
        break;
    case SnoozeKind::PluggedIn:
        over = m_readings.onBattery == false;
        break;
    }
    if (over)
        snooze({}, given.now);
}

RuleView MannersRules::step(SharingRule rule, const Given& given)
{
    Memory& memory = m_memory.at(static_cast<std::size_t>(rule));
    RuleView view{.rule = rule};
    if (!isOn(rule, m_rules)) {
        memory = {};
        return view;
    }
    SharingMeasure found = measure(
        rule, {.rules = m_rules, .readings = m_readings, .now = given.now.wall, .poolsToday = given.poolsToday});
    const bool turns = memory.holds ? found.back : found.beyond;
    if (!turns)
        memory.turning.reset();
    else if (!memory.turning)
        memory.turning = given.now.steady;
    if (found.beyond)
        memory.subject = std::move(found.subject);
    const Dwell dwell = dwellOf(rule);
    const auto needed = !memory.holds ? dwell.begin : m_rulesChanged ? 0s : dwell.end;
    if (turns && given.now.steady - *memory.turning >= needed) {
        memory.holds = !memory.holds;
        memory.turning.reset();
        memory.since = milliseconds(given.now.wall);
    }
    view.state = memory.holds ? RuleState::Holds : found.known ? RuleState::Allows : RuleState::Unknown;
    view.verdict = memory.holds ? verdictOf(rule) : SharingVerdict::Go;
    view.value = found.value;
    view.limit = found.limit;
    view.subject = memory.holds ? memory.subject : std::string();
    view.since = memory.since;
    if (memory.turning) {
        const auto left = needed - (given.now.steady - *memory.turning);
        view.changesAt = milliseconds(given.now.wall + std::chrono::ceil<std::chrono::milliseconds>(left));
        view.changesAt = (view.changesAt + 500) / 1000 * 1000; // the same from one look to the next
    } else if (found.changesAt)
        view.changesAt = milliseconds(*found.changesAt);
    return view;
}

SharingView MannersRules::decide(const Given& given)
{
    endSnoozeInTime(given);
    std::vector<RuleView> rules;
    rules.reserve(sharingRuleCount);
    for (std::size_t index = 0; index < sharingRuleCount; ++index)
        rules.push_back(step(ruleAt(index), given));
    m_rulesChanged = false;
    return summary(std::move(rules), given);
}

namespace {

ReasonGiven reasonOf(const Snooze& snooze, WallTime now)
{
    switch (snooze.kind) {
    case SnoozeKind::Until:
        return give("sharing_paused_until", {clockText(snooze.until.value_or(now), now)});
    case SnoozeKind::Program:
        return give("sharing_paused_program", {snooze.program});
    case SnoozeKind::PluggedIn:
        return give("sharing_paused_plugged_in");
    case SnoozeKind::None:
    case SnoozeKind::Open:
        break;
    }
    return give("sharing_paused");
}

ReasonGiven reasonOf(const RuleView& rule, WallTime now)
{
    const auto clock = [&] { return clockText(WallTime(std::chrono::milliseconds(rule.changesAt)), now); };
    const std::string limit = std::to_string(static_cast<std::uint64_t>(rule.limit));
    switch (rule.rule) {
    case SharingRule::Battery:
        return give("sharing_battery");
    case SharingRule::FullScreen:
        return give("sharing_full_screen", {rule.subject});
    case SharingRule::Programs:
        return give("sharing_programs", {rule.subject});
    case SharingRule::Gpu:
        return give("sharing_gpu");
    case SharingRule::Cpu:
        return give("sharing_cpu");
    case SharingRule::UserActive:
        return give("sharing_user_active");
    case SharingRule::Metered:
        return give("sharing_metered");
    case SharingRule::Schedule:
        return rule.changesAt > 0 ? give("sharing_schedule", {clock()}) : give("sharing_never");
    case SharingRule::Temperature:
        return give("sharing_temperature", {limit});
    case SharingRule::Disk:
        return give("sharing_disk");
    case SharingRule::Memory:
        return give("sharing_memory");
    case SharingRule::Tokens:
        return give("sharing_tokens", {limit});
    case SharingRule::Jobs:
        return give("sharing_jobs", {limit});
    case SharingRule::Time:
        return give("sharing_time", {std::to_string(static_cast<std::uint64_t>(rule.limit) / 60)});
    }
    return give("sharing");
}

/// When the verdict may be another: nothing holds any more, or the first begins to. 0 when nobody knows.
std::int64_t changeOf(const SharingView& view)
{
    std::int64_t earliest = 0;
    std::int64_t last = 0;
    for (const RuleView& rule : view.rules) {
        if (rule.state != RuleState::Holds) {
            if (rule.changesAt > 0 && (earliest == 0 || rule.changesAt < earliest))
                earliest = rule.changesAt;
        } else if (rule.changesAt == 0)
            return 0;
        else
            last = std::max(last, rule.changesAt);
    }
    if (view.snooze != SnoozeKind::None)
        return view.snoozedUntil == 0 ? 0 : std::max(last, view.snoozedUntil);
    return view.verdict == SharingVerdict::Go ? earliest : last;
}

} // namespace

SharingView MannersRules::summary(std::vector<RuleView> rules, const Given& given) const
{
    SharingView view{.manners = m_rules.manners, .rules = std::move(rules)};
    const auto strictest = std::ranges::max_element(view.rules, {}, &RuleView::verdict); // the first of them
    view.verdict = strictest->verdict;
    view.holdsOwn = m_rules.ownToo && view.verdict != SharingVerdict::Go;
    ReasonGiven reason = view.verdict == SharingVerdict::Go ? give("sharing") : reasonOf(*strictest, given.now.wall);
    if (m_snooze.kind != SnoozeKind::None) {
        reason = reasonOf(m_snooze, given.now.wall);
        view.verdict = std::max(view.verdict, m_snooze.verdict);
        view.snooze = m_snooze.kind;
        view.snoozedPid = m_snooze.pid;
        if (m_snooze.until)
            view.snoozedUntil = milliseconds(*m_snooze.until);
    }
    view.changesAt = changeOf(view);
    view.reasonCode = std::move(reason.code);
    view.reasonText = std::move(reason.text);
    view.reasonArguments = std::move(reason.arguments);
    view.fixText = std::move(reason.fix);
    view.fixAction = reason.action;
    view.fixSetting = std::move(reason.setting);
    return view;
}

} // namespace drover
