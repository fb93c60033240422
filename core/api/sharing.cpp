// SPDX-License-Identifier: MIT
#include "core/api/sharing.h"

#include <algorithm>
#include <charconv>

namespace drover {

namespace {

constexpr std::array<std::string_view, 7> dayNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::size_t weekTextMax = 1000; ///< characters; the longest that makes sense is below 300

std::string lowerWithoutBlanks(std::string_view text)
{
    std::string lower;
    bool wordBefore = false; // one blank stays between a day and its hours
    for (const char each : text) {
        if (each == ' ' || each == '\t') {
            wordBefore = wordBefore || !lower.empty();
            continue;
        }
        const bool joins = each == ',' || each == ';' || each == '-';
        const bool afterJoint = !lower.empty() && (lower.back() == ',' || lower.back() == ';' || lower.back() == '-');
        if (wordBefore && !joins && !afterJoint)
            lower += ' ';
        wordBefore = false;
        lower += each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    }
    return lower;
}

/// The parts between separators, also empty ones.
std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::optional<int> dayOf(std::string_view text)
{
    const auto found = std::ranges::find(dayNames, text);
    if (found == dayNames.end())
        return {};
    return static_cast<int>(found - dayNames.begin());
}

std::optional<int> hourOf(std::string_view text)
{
    int hour = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hour);
    const bool whole = error == std::errc{} && end == text.data() + text.size() && text.size() <= 2;
    return whole && hour >= 0 && hour <= 24 ? std::optional(hour) : std::nullopt;
}

/// Bits of the days in "mon-fri,sun"; 0 for what is none. A span may go round the end of the week.
unsigned daysIn(std::string_view text)
{
    unsigned days = 0;
    for (const std::string_view part : split(text, ',')) {
        const std::size_t dash = part.find('-');
        const auto first = dayOf(part.substr(0, dash));
        const auto last = dash == part.npos ? first : dayOf(part.substr(dash + 1));
        if (!first || !last)
            return 0;
        for (int day = *first;; day = (day + 1) % 7) {
            days |= 1u << day;
            if (day == *last)
                break;
        }
    }
    return days;
}

/// Bits of the hours in "18-24,0-8"; nothing for what is none.
std::optional<std::uint32_t> hoursIn(std::string_view text)
{
    std::uint32_t hours = 0;
    for (const std::string_view part : split(text, ',')) {
        const std::size_t dash = part.find('-');
        if (dash == part.npos)
            return {};
        const auto first = hourOf(part.substr(0, dash));
        const auto end = hourOf(part.substr(dash + 1));
        if (!first || !end || *first >= *end)
            return {};
        for (int hour = *first; hour < *end; ++hour)
            hours |= 1u << hour;
    }
    return hours;
}

std::string hoursText(std::uint32_t hours)
{
    std::string text;
    for (int hour = 0; hour < 24; ++hour) {
        if ((hours >> hour & 1u) == 0)
            continue;
        const int first = hour;
        while (hour < 24 && (hours >> hour & 1u) != 0)
            ++hour;
        text += (text.empty() ? "" : ",") + std::to_string(first) + '-' + std::to_string(hour);
    }
    return text;
}

} // namespace

std::string weekHoursText(const WeekHours& hours)
{
    if (hours.always())
        return "always";
    std::string text;
    for (std::size_t day = 0; day < 7;) {
        std::size_t last = day;
        while (last + 1 < 7 && hours.days[last + 1] == hours.days[day])
            ++last;
        if (hours.days[day] != 0) {
            text += text.empty() ? "" : "; ";
            text += dayNames[day];
            if (last > day)
                text.append(last == day + 1 ? "," : "-").append(dayNames[last]);
            text += ' ' + hoursText(hours.days[day]);
        }
        day = last + 1;
    }
    return text.empty() ? "never" : text;
}

std::optional<WeekHours> parseWeekHours(std::string_view text)
{
    if (text.size() > weekTextMax)
        return {};
    const std::string lower = lowerWithoutBlanks(text);
    if (lower == "always")
        return WeekHours{};
    WeekHours hours;
    hours.days.fill(0);
    if (lower == "never")
        return hours;
    for (const std::string_view part : split(lower, ';')) {
        const std::size_t blank = part.find(' ');
        const unsigned days = blank == part.npos ? 0 : daysIn(part.substr(0, blank));
        const auto span = blank == part.npos ? std::nullopt : hoursIn(part.substr(blank + 1));
        if (days == 0 || !span)
            return {};
        for (std::size_t day = 0; day < 7; ++day) {
            if ((days >> day & 1u) != 0)
                hours.days[day] |= *span;
        }
    }
    return hours;
}

std::string_view name(SharingVerdict verdict)
{
    switch (verdict) {
    case SharingVerdict::Go:
        return "go";
    case SharingVerdict::Finish:
        return "finish";
    case SharingVerdict::Stop:
        return "stop";
    case SharingVerdict::StopAndFree:
        return "stop_and_free";
    }
    return {};
}

std::string_view name(SharingRule rule)
{
    switch (rule) {
    case SharingRule::Battery:
        return "battery";
    case SharingRule::FullScreen:
        return "full_screen";
    case SharingRule::Programs:
        return "programs";
    case SharingRule::Gpu:
        return "gpu";
    case SharingRule::Cpu:
        return "cpu";
    case SharingRule::UserActive:
        return "user_active";
    case SharingRule::Metered:
        return "metered";
    case SharingRule::Schedule:
        return "schedule";
    case SharingRule::Temperature:
        return "temperature";
    case SharingRule::Disk:
        return "disk";
    case SharingRule::Memory:
        return "memory";
    case SharingRule::Tokens:
        return "tokens";
    case SharingRule::Jobs:
        return "jobs";
    case SharingRule::Time:
        return "time";
    }
    return {};
}

std::string_view name(RuleState state)
{
    switch (state) {
    case RuleState::Off:
        return "off";
    case RuleState::Unknown:
        return "unknown";
    case RuleState::Allows:
        return "allows";
    case RuleState::Holds:
        return "holds";
    }
    return {};
}

std::string_view name(MannersPreset preset)
{
    switch (preset) {
    case MannersPreset::Polite:
        return "polite";
    case MannersPreset::Away:
        return "away";
    case MannersPreset::Dedicated:
        return "dedicated";
    }
    return {};
}

std::string_view name(SnoozeKind kind)
{
    switch (kind) {
    case SnoozeKind::None:
        return "none";
    case SnoozeKind::Open:
        return "open";
    case SnoozeKind::Until:
        return "until";
    case SnoozeKind::Program:
        return "program";
    case SnoozeKind::PluggedIn:
        return "plugged_in";
    }
    return {};
}

std::string_view settingOf(SharingRule rule)
{
    switch (rule) {
    case SharingRule::Battery:
        return "sharing.on_battery";
    case SharingRule::FullScreen:
        return "sharing.full_screen";
    case SharingRule::Programs:
        return "sharing.programs";
    case SharingRule::Gpu:
        return "sharing.gpu_others_max";
    case SharingRule::Cpu:
        return "sharing.cpu_others_max";
    case SharingRule::UserActive:
        return "sharing.idle_min";
    case SharingRule::Metered:
        return "sharing.metered";
    case SharingRule::Schedule:
        return "sharing.schedule";
    case SharingRule::Temperature:
        return "sharing.temperature_max";
    case SharingRule::Disk:
        return "sharing.disk_free_min";
    case SharingRule::Memory:
        return "sharing.memory_free_min";
    case SharingRule::Tokens:
        return "sharing.tokens_per_day";
    case SharingRule::Jobs:
        return "sharing.jobs_per_day";
    case SharingRule::Time:
        return "sharing.time_per_day";
    }
    return {};
}

} // namespace drover
