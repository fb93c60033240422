// SPDX-License-Identifier: MIT
#include "app/window/snooze_choices.h"

#include "app/settings/pause_end.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QMenu>

namespace drover::app {

namespace {

using namespace std::chrono_literals;
using drover::Snooze;
using drover::SnoozeKind;

/// Gives the texts of this file their context.
struct SnoozeChoices {
    Q_DECLARE_TR_FUNCTIONS(SnoozeChoices)
};

} // namespace

void addSnoozeChoices(QMenu& menu, const std::function<void(const drover::Snooze&)>& chosen)
{
    const auto add = [&menu, &chosen](const QString& text, auto make) {
        menu.addAction(text, &menu, [chosen, make] { chosen(make()); });
    };
    const auto lasting = [](std::chrono::minutes length) {
        return [length] { return Snooze{.kind = SnoozeKind::Until, .until = drover::WallTime::clock::now() + length}; };
    };
    add(SnoozeChoices::tr("For 15 minutes"), lasting(15min));
    add(SnoozeChoices::tr("For 1 hour"), lasting(1h));
    add(SnoozeChoices::tr("Until tomorrow morning"),
        [] { return Snooze{.kind = SnoozeKind::Until, .until = tomorrowMorning(QDateTime::currentDateTime())}; });
    add(SnoozeChoices::tr("Until plugged in"), [] { return Snooze{.kind = SnoozeKind::PluggedIn}; });
    add(SnoozeChoices::tr("Until I share again"), [] { return Snooze{.kind = SnoozeKind::Open}; });
    menu.addSeparator();
    add(SnoozeChoices::tr("Finish what runs, then pause"),
        [] { return Snooze{.kind = SnoozeKind::Open, .verdict = drover::SharingVerdict::Finish}; });
}

} // namespace drover::app
