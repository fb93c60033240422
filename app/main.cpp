// SPDX-License-Identifier: MIT
#include "app/application.h"
#include "app/command/print.h"
#include "app/command/service/stop_signals.h"
#include "app/desktop/language.h"
#include "app/tray/tray_options.h"
#include "app/window/style.h"

#include <QApplication>
#include <QIcon>
#include <QLocale>

using namespace drover::app;

int main(int count, char** words)
{
    // Before there must be a display.
    if (const auto early = parseTrayOptions({words + 1, words + count}); early.answer && early.answer->exitCode == 0) {
        print(early.answer->text);
        return 0;
    }
    QApplication application(count, words); // takes Qt's own options away
    const auto options = parseTrayOptions({words + 1, words + count});
    if (options.answer) {
        printError(options.answer->text);
        return options.answer->exitCode;
    }
    QApplication::setApplicationName(QStringLiteral("Drover"));
    QApplication::setDesktopFileName(QStringLiteral("io.github.drover.Drover"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/drover.svg")));
    speak(application, QLocale::system());
    SystemColors colors;
    applyTheme(application, colors.windows());

    const auto environment = processEnvironment();
    const auto places = findPlaces(environment);
    StopSignals system;
    Application drover(application, colors,
        {.places = places, .source = SettingsSource(places, environment, options.flags, options.settingsFile)});
    QObject::connect(&system, &StopSignals::stopRequested, &drover, &Application::stop);
    QObject::connect(&system, &StopSignals::reloadRequested, &drover, &Application::reload);
    drover.begin(options.hidden ? Application::Start::InTray : Application::Start::WithWindow);
    return QApplication::exec();
}
