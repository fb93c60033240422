// SPDX-License-Identifier: MIT
#include "core/dispatch/sharing_measure.h"

#include "core/api/local_day.h"

#include <algorithm>
#include <cmath>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr int coolerBy = 10; ///< degrees below the limit at which sharing goes on
constexpr std::uint64_t shownBytes = 100'000'000; ///< free space is told in such steps, so that it seldom differs
constexpr auto shownIdle = 10s;

/// Monday is 0.
int dayOf(const std::tm& parts)
{
    return (parts.tm_wday + 6) % 7;
}

/// When the hours begin to be others than at `now`; nothing when they never do.
std::optional<WallTime> nextChange(const WeekHours& hours, WallTime now, bool inside)
{
    const std::tm parts = localTime(now);
    WallTime at = std::chrono::floor<std::chrono::seconds>(now) - std::chrono::minutes(parts.tm_min)
        - std::chrono::seconds(parts.tm_sec);
    constexpr int hoursInWeek = 7 * 24;
    for (int step = 1; step <= hoursInWeek + 1; ++step) {
        at += 1h;
        const std::tm then = localTime(at);
        if (hours.contains(dayOf(then), then.tm_hour) != inside)
            return at;
    }
    return {};
}

/// Something that is or is not.
SharingMeasure fact(std::optional<bool> is)
{
    const bool holds = is.value_or(false);
    return {.known = is.has_value(), .beyond = holds, .back = !holds, .value = holds ? 1.0 : 0.0};
}

SharingMeasure named(const std::optional<std::string>& name)
{
    SharingMeasure found = fact(name ? std::optional(!name->empty()) : std::nullopt);
    found.subject = name.value_or(std::string());
    return found;
}

SharingMeasure above(std::optional<double> value, double most, double letsGo)
{
    const double measured = value.value_or(0);
    return {.known = value.has_value(),
        .beyond = value.has_value() && measured > most,
        .back = measured <= letsGo,
        .value = std::round(measured),
        .limit = most};
}

/// Free space: twice the least is enough to go on.
SharingMeasure below(std::optional<std::uint64_t> bytes, std::uint64_t least)
{
    const std::uint64_t measured = bytes.value_or(0);
    return {.known = bytes.has_value(),
        .beyond = bytes.has_value() && measured < least,
        .back = !bytes || measured / 2 >= least,
        .value = static_cast<double>(measured - measured % shownBytes),
        .limit = static_cast<double>(least)};
}

/// What is given up to a limit from midnight to midnight.
SharingMeasure used(std::uint64_t value, std::uint64_t most, WallTime now)
{
    const bool full = value >= most;
    return {.known = true,
        .beyond = full,
        .back = !full,
        .value = static_cast<double>(value),
        .limit = static_cast<double>(most),
        .changesAt = full ? std::optional(localDayOf(now).end) : std::nullopt};
}

SharingMeasure activity(std::optional<std::chrono::seconds> idle, std::chrono::milliseconds least)
{
    const auto wanted = std::chrono::ceil<std::chrono::seconds>(least);
    SharingMeasure found = fact(idle ? std::optional(*idle < wanted) : std::nullopt);
    found.value = static_cast<double>((std::min(idle.value_or(0s), wanted) / shownIdle * shownIdle).count());
    found.limit = static_cast<double>(wanted.count());
    return found;
}

SharingMeasure schedule(const WeekHours& hours, WallTime now)
{
    const std::tm parts = localTime(now);
    const bool inside = hours.contains(dayOf(parts), parts.tm_hour);
    SharingMeasure found = fact(!inside);
    found.changesAt = nextChange(hours, now, inside);
    return found;
}

SharingMeasure temperature(std::optional<double> celsius, int most)
{
    SharingMeasure found = above(celsius, most, most - coolerBy);
    found.beyond = celsius.has_value() && *celsius >= most;
    return found;
}

std::uint64_t seconds(std::chrono::milliseconds time)
{
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

} // namespace

bool isPartOf(SharingRule rule, MannersPreset preset)
{
    switch (rule) {
    case SharingRule::UserActive:
        return preset == MannersPreset::Away;
    case SharingRule::FullScreen:
    case SharingRule::Programs:
    case SharingRule::Gpu:
    case SharingRule::Cpu:
        return preset != MannersPreset::Dedicated;
    case SharingRule::Battery:
    case SharingRule::Metered:
    case SharingRule::Schedule:
    case SharingRule::Temperature:
    case SharingRule::Disk:
    case SharingRule::Memory:
    case SharingRule::Tokens:
    case SharingRule::Jobs:
    case SharingRule::Time:
        return true;
    }
    return true;
}

namespace {

bool isSwitchedOn(SharingRule rule, const SharingRules& rules)
{
    switch (rule) {
    case SharingRule::Battery:
        return rules.pauseOnBattery;
    case SharingRule::FullScreen:
        return rules.pauseForFullScreen;
    case SharingRule::Programs:
        return !rules.programs.empty();
    case SharingRule::Gpu:
        return rules.gpuByOthersMax > 0;
    case SharingRule::Cpu:
        return rules.cpuByOthersMax > 0;
    case SharingRule::UserActive:
        return rules.userIdleMin > 0ms;
    case SharingRule::Metered:
        return rules.pauseOnMetered;
    case SharingRule::Schedule:
        return !rules.hours.always();
    case SharingRule::Temperature:
        return rules.celsiusMax > 0;
    case SharingRule::Disk:
        return rules.diskFreeMin > 0;
    case SharingRule::Memory:
        return rules.memoryFreeMin > 0;
    case SharingRule::Tokens:
        return rules.tokensPerDay > 0;
    case SharingRule::Jobs:
        return rules.jobsPerDay > 0;
    case SharingRule::Time:
        return rules.timePerDay > 0ms;
    }
    return false;
}

} // namespace

bool isOn(SharingRule rule, const SharingRules& rules)
{
    return isPartOf(rule, rules.manners) && isSwitchedOn(rule, rules);
}

SharingMeasure measure(SharingRule rule, const SharingEvidence& evidence)
{
    const auto& [rules, readings, now, pools] = evidence;
    switch (rule) {
    case SharingRule::Battery:
        return fact(readings.onBattery);
    case SharingRule::FullScreen:
        return named(readings.fullScreenApp);
    case SharingRule::Programs: {
        if (!readings.programs)
            return named({});
        return named(readings.programs->empty() ? std::string() : readings.programs->front());
    }
    case SharingRule::Gpu:
        return above(readings.gpuByOthers, rules.gpuByOthersMax, rules.gpuByOthersMax / 2.0);
    case SharingRule::Cpu:
        return above(readings.cpuByOthers, rules.cpuByOthersMax, rules.cpuByOthersMax / 2.0);
    case SharingRule::UserActive:
        return activity(readings.userIdle, rules.userIdleMin);
    case SharingRule::Metered:
        return fact(readings.metered);
    case SharingRule::Schedule:
        return schedule(rules.hours, now);
    case SharingRule::Temperature:
        return temperature(readings.celsius, rules.celsiusMax);
    case SharingRule::Disk:
        return below(readings.diskFreeBytes, rules.diskFreeMin);
    case SharingRule::Memory:
        return below(readings.memoryFreeBytes, rules.memoryFreeMin);
    case SharingRule::Tokens:
        return used(pools.promptTokens + pools.outputTokens, rules.tokensPerDay, now);
    case SharingRule::Jobs:
        return used(pools.requests, rules.jobsPerDay, now);
    case SharingRule::Time:
        return used(seconds(pools.ran), seconds(rules.timePerDay), now);
    }
    return {};
}

} // namespace drover
