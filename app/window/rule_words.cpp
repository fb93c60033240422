// SPDX-License-Identifier: MIT
#include "app/window/rule_words.h"

#include "app/window/wording.h"

#include "core/api/reason.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace drover::app::rule_words {

namespace {

using drover::RuleState;
using drover::SharingRule;

/// Gives the texts of this file their context.
struct Rules {
    Q_DECLARE_TR_FUNCTIONS(Rules)
};

/// Empty for what only is or is not.
QString number(SharingRule rule, double value)
{
    const auto whole = std::llround(std::max(0.0, value));
    switch (rule) {
    case SharingRule::Gpu:
    case SharingRule::Cpu:
        return Rules::tr("%1 %").arg(whole);
    case SharingRule::Temperature:
        return Rules::tr("%1 °C").arg(whole);
    case SharingRule::UserActive:
    case SharingRule::Time:
        return wording::duration(std::chrono::seconds(whole));
    case SharingRule::Disk:
    case SharingRule::Memory:
        return QLocale().formattedDataSize(whole, 1, QLocale::DataSizeIecFormat);
    case SharingRule::Tokens:
    case SharingRule::Jobs:
        return wording::count(static_cast<std::uint64_t>(whole));
    case SharingRule::Battery:
    case SharingRule::FullScreen:
    case SharingRule::Programs:
    case SharingRule::Metered:
    case SharingRule::Schedule:
        break;
    }
    return {};
}

} // namespace

QString title(SharingRule rule)
{
    switch (rule) {
    case SharingRule::Battery:
        return Rules::tr("On battery");
    case SharingRule::FullScreen:
        return Rules::tr("Full-screen app");
    case SharingRule::Programs:
        return Rules::tr("Listed programs");
    case SharingRule::Gpu:
        return Rules::tr("GPU used by others");
    case SharingRule::Cpu:
        return Rules::tr("Processor used by others");
    case SharingRule::UserActive:
        return Rules::tr("You are away for");
    case SharingRule::Metered:
        return Rules::tr("Metered network");
    case SharingRule::Schedule:
        return Rules::tr("Outside the hours");
    case SharingRule::Temperature:
        return Rules::tr("Temperature");
    case SharingRule::Disk:
        return Rules::tr("Free disk space");
    case SharingRule::Memory:
        return Rules::tr("Free memory");
    case SharingRule::Tokens:
        return Rules::tr("Tokens today");
    case SharingRule::Jobs:
        return Rules::tr("Jobs today");
    case SharingRule::Time:
        return Rules::tr("Time today");
    }
    return {};
}

QString value(const drover::RuleView& rule)
{
    if (rule.state == RuleState::Off)
        return {};
    if (rule.state == RuleState::Unknown)
        return Rules::tr("not known");
    QString text = number(rule.rule, rule.value);
    if (!text.isEmpty())
        return text;
    if (!rule.subject.empty())
        return wording::text(rule.subject);
    return rule.value > 0 ? Rules::tr("yes") : Rules::tr("no");
}

QString limit(const drover::RuleView& rule)
{
    const QString text = rule.state == RuleState::Off ? QString() : number(rule.rule, rule.limit);
    if (text.isEmpty())
        return {};
    const bool least =
        rule.rule == SharingRule::UserActive || rule.rule == SharingRule::Disk || rule.rule == SharingRule::Memory;
    return least ? Rules::tr("at least %1").arg(text) : Rules::tr("at most %1").arg(text);
}

QString state(RuleState state)
{
    switch (state) {
    case RuleState::Off:
        return Rules::tr("Off");
    case RuleState::Unknown:
        return Rules::tr("Not known");
    case RuleState::Allows:
        return Rules::tr("Allows");
    case RuleState::Holds:
        return Rules::tr("Holds back");
    }
    return {};
}

QString mark(RuleState state)
{
    switch (state) {
    case RuleState::Off:
        return QStringLiteral("–");
    case RuleState::Unknown:
        return QStringLiteral("?");
    case RuleState::Allows:
        return QStringLiteral("✓");
    case RuleState::Holds:
        return QStringLiteral("✗");
    }
    return {};
}

QString effect(drover::SharingVerdict verdict)
{
    switch (verdict) {
    case drover::SharingVerdict::Go:
        return {};
    case drover::SharingVerdict::Finish:
        return Rules::tr("What runs for pools is finished, nothing new is taken.");
    case drover::SharingVerdict::Stop:
        return Rules::tr("What ran for pools was handed back.");
    case drover::SharingVerdict::StopAndFree:
        return Rules::tr("What ran for pools was handed back, and the GPU's memory freed.");
    }
    return {};
}

QString reason(const drover::SharingView& sharing)
{
    const auto* row = drover::findReason(sharing.reasonCode);
    return row ? wording::translated(row->sentence, sharing.reasonArguments) : wording::text(sharing.reasonText);
}

QString fix(const drover::SharingView& sharing)
{
    const auto* row = drover::findReason(sharing.reasonCode);
    if (row == nullptr)
        return wording::text(sharing.fixText);
    return row->fix.empty() ? QString() : wording::translated(row->fix, sharing.reasonArguments);
}

} // namespace drover::app::rule_words
