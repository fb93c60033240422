// SPDX-License-Identifier: MIT
#include "app/command/view/sharing_text.h"

#include "app/command/view/status_text.h"
#include "app/command/view/table_text.h"
#include "app/command/view/text_width.h"

#include <cmath>

namespace drover::app {

namespace {

using drover::RuleState;
using drover::SharingRule;

std::string titleOf(SharingRule rule)
{
    switch (rule) {
    case SharingRule::Battery:
        return "on battery";
    case SharingRule::FullScreen:
        return "full-screen app";
    case SharingRule::Programs:
        return "listed programs";
    case SharingRule::Gpu:
        return "GPU used by others";
    case SharingRule::Cpu:
        return "processor used by others";
    case SharingRule::UserActive:
        return "nobody is there for";
    case SharingRule::Metered:
        return "metered network";
    case SharingRule::Schedule:
        return "outside its hours";
    case SharingRule::Temperature:
        return "temperature";
    case SharingRule::Disk:
        return "free disk space";
    case SharingRule::Memory:
        return "free memory";
    case SharingRule::Tokens:
        return "tokens today";
    case SharingRule::Jobs:
        return "jobs today";
    case SharingRule::Time:
        return "time today";
    }
    return {};
}

/// A number with the unit of its rule; empty for what only is or is not.
std::string measured(SharingRule rule, double number)
{
    const auto whole = static_cast<std::uint64_t>(std::llround(std::max(0.0, number)));
    switch (rule) {
    case SharingRule::Gpu:
    case SharingRule::Cpu:
        return std::to_string(whole) + " %";
    case SharingRule::Temperature:
        return std::to_string(whole) + " °C";
    case SharingRule::UserActive:
    case SharingRule::Time:
        return durationText(std::chrono::seconds(whole));
    case SharingRule::Disk:
    case SharingRule::Memory:
        return rateText(number / (1 << 30)) + " GiB";
    case SharingRule::Tokens:
    case SharingRule::Jobs:
        return countText(whole);
    case SharingRule::Battery:
    case SharingRule::FullScreen:
    case SharingRule::Programs:
    case SharingRule::Metered:
    case SharingRule::Schedule:
        break;
    }
    return {};
}

std::string valueOf(const drover::RuleView& rule)
{
    if (rule.state == RuleState::Off)
        return {};
    if (rule.state == RuleState::Unknown)
        return "not known";
    std::string number = measured(rule.rule, rule.value);
    if (!number.empty())
        return number;
    if (!rule.subject.empty())
        return rule.subject;
    return rule.value > 0 ? "yes" : "no";
}

std::string clockOf(std::int64_t milliseconds)
{
    if (milliseconds == 0)
        return {};
    const drover::WallTime when{std::chrono::milliseconds(milliseconds)};
    return drover::clockText(when, drover::WallTime::clock::now());
}

std::string effectOf(drover::SharingVerdict verdict)
{
    switch (verdict) {
    case drover::SharingVerdict::Go:
        return {};
    case drover::SharingVerdict::Finish:
        return "takes nothing new";
    case drover::SharingVerdict::Stop:
        return "hands back what runs";
    case drover::SharingVerdict::StopAndFree:
        return "hands back what runs, frees memory";
    }
    return {};
}

std::string summary(const drover::SharingView& sharing)
{
    std::string text = printable(sharing.reasonText) + "\n  reason   " + printable(sharing.reasonCode) + "\n";
    if (!sharing.fixText.empty())
        text += "  to do    " + printable(sharing.fixText) + "\n";
    if (const std::string effect = effectOf(sharing.verdict); !effect.empty())
        text += "  effect   " + effect + (sharing.holdsOwn ? "; this machine's apps wait, too" : "") + "\n";
    if (const std::string when = clockOf(sharing.changesAt); !when.empty())
        text += "  changes  " + when + " at the earliest\n";
    return text;
}

} // namespace

std::string mannersText(const drover::Snapshot& snapshot)
{
    const drover::SharingView& sharing = snapshot.sharing;
    if (!sharing.present)
        return "No pool is joined, so nothing is shared. Join one: drover join\n";
    std::vector<std::vector<std::string>> rows;
    for (const drover::RuleView& rule : sharing.rules) {
        const bool off = rule.state == RuleState::Off;
        rows.push_back({titleOf(rule.rule), std::string(drover::name(rule.state)), valueOf(rule),
            off || rule.limit == 0 ? "" : measured(rule.rule, rule.limit), clockOf(rule.since), clockOf(rule.changesAt),
            std::string(drover::settingOf(rule.rule))});
    }
    return summary(sharing) + "  manners  " + std::string(drover::name(sharing.manners)) + "\n\n"
        + tableText({{"RULE"}, {"STATE"}, {"MEASURED", Align::Right}, {"LIMIT", Align::Right}, {"SINCE"}, {"CHANGES"},
                        {"SETTING"}},
            rows);
}

std::string sharingLines(const drover::Snapshot& snapshot)
{
    return snapshot.sharing.present ? "\n" + summary(snapshot.sharing) : std::string();
}

} // namespace drover::app
