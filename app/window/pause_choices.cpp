// SPDX-License-Identifier: MIT
#include "app/window/pause_choices.h"

#include "app/queue_control.h"
#include "app/settings/pause_end.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMenu>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

/// Gives the texts of this file their context.
struct PauseChoices {
    Q_DECLARE_TR_FUNCTIONS(PauseChoices)
};

} // namespace

void addPauseChoices(QMenu& menu, QueueControl& control)
{
    const auto addFor = [&](const QString& text, std::chrono::minutes length) {
        menu.addAction(text, &menu, [&control, length] { control.pause(drover::WallTime::clock::now() + length); });
    };
    addFor(PauseChoices::tr("For 15 minutes"), 15min);
    addFor(PauseChoices::tr("For 1 hour"), 1h);
    auto format = QLocale().timeFormat(QLocale::ShortFormat);
    const auto morning = QLocale().toString(QTime(8, 0), format.remove(QStringLiteral(":ss"))); // in the locale C
    menu.addAction(PauseChoices::tr("Until tomorrow, %1").arg(morning), &menu,
        [&control] { control.pause(tomorrowMorning(QDateTime::currentDateTime())); });
    menu.addAction(PauseChoices::tr("Until I resume"), &menu, [&control] { control.pause({}); });
}

} // namespace drover::app
