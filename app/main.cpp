// SPDX-License-Identifier: MIT
#include "app/application.h"
#include "app/command/print.h"
#include "app/command/service/stop_signals.h"
#include "app/desktop/language.h"
#include "app/desktop/link_handler.h"
#include "app/desktop/login_item.h"
#include "app/desktop/one_instance.h"
#include "app/tray/tray_options.h"
#include "app/window/style.h"

#include <QApplication>
#include <QIcon>
#include <QLocale>

#include <optional>
#include <string>

using namespace drover::app;

namespace {

/// The exit code with which this process ends because another Drover runs; nothing when this is the one that runs.
std::optional<int> endBeside(OneInstance& instance, const QByteArray& activationToken)
{
    const auto role = instance.begin({QApplication::arguments().mid(1), activationToken});
    if (!role)
        complain(role.error().detail + "; a second start will not find this one");
    else if (*role == OneInstance::Role::HandedOver) {
        print("Drover runs already; it was told of this start.\n");
        return 0;
    } else if (*role == OneInstance::Role::FirstIsSilent) {
        complain(
            "it runs already and does not answer; end process " + std::to_string(instance.firstProcess()) + " first");
        return 1;
    }
    return {};
}

/// Keeps the system's ways to this program true. A Drover with a home of its own touches nothing outside it.
void keepEntriesTrue(const Environment& environment)
{
    if (environment.contains("DROVER_HOME"))
        return;
    const auto command = loginCommand(environment, QApplication::applicationDirPath().toStdString());
    if (command.empty())
        return;
    if (const auto renewed = renewLoginItem({environment, command}); !renewed)
        complain(renewed.error().detail);
    if (const auto registered = registerLinks(environment, command.front()); !registered)
        complain(registered.error().detail);
}

/// What lives longer than a start of Drover.
struct Surroundings {
    SystemColors& colors;
    StopSignals& system;
    OneInstance& instance;
};

/// Runs Drover until it ends; again with fresh settings each time it is to restart.
int run(QApplication& application, const TrayOptions& options, const Places& places, const Environment& environment,
    const Surroundings& around)
{
    const SettingsSource source(places, environment, options.flags, options.settingsFile);
    for (bool isFirst = true;; isFirst = false) {
        const GeneralSettings general = source.read().resolved.settings.general;
        speak(application, chosenLanguage(general.language));
        applyTheme(application, chosenColors(general.theme, around.colors), around.colors.contrast());
        Application drover(
            application, around.colors, {.places = places, .source = source, .offersSetup = !options.link});
        QObject::connect(&around.system, &StopSignals::stopRequested, &drover, &Application::stop);
        QObject::connect(&around.system, &StopSignals::reloadRequested, &drover, &Application::reload);
        QObject::connect(
            &around.instance, &OneInstance::startedAgain, &drover, [&drover](const OneInstance::Start& start) {
                if (!start.activationToken.isEmpty())
                    qputenv("XDG_ACTIVATION_TOKEN", start.activationToken); // where Qt looks when it raises a window
                drover.startedAgain(start.arguments);
            });
        const bool hidden = isFirst && (options.hidden || general.startHidden) && !options.setup;
        drover.begin(hidden ? Application::Start::InTray : Application::Start::WithWindow);
        if (isFirst)
            drover.follow(options);
        if (options.setup && isFirst)
            drover.openSetup();
        if (const int code = QApplication::exec(); code != Application::restartCode)
            return code;
    }
}

} // namespace

int main(int count, char** words)
{
    // Before there must be a display.
    if (const auto early = parseTrayOptions({words + 1, words + count}); early.answer && early.answer->exitCode == 0) {
        print(early.answer->text);
        return 0;
    }
    const auto activationToken = qgetenv("XDG_ACTIVATION_TOKEN"); // Qt takes it away
    QApplication application(count, words); // takes Qt's own options away
    const auto options = parseTrayOptions({words + 1, words + count});
    if (options.answer) {
        printError(options.answer->text);
        return options.answer->exitCode;
    }
    QApplication::setApplicationName(QStringLiteral("Drover"));
    QApplication::setDesktopFileName(QStringLiteral("io.github.drover.Drover"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/drover.svg")));
    auto environment = processEnvironment();
    if (!options.home.empty()) {
        environment["DROVER_HOME"] = options.home;
        qputenv("DROVER_HOME", QByteArray::fromStdString(options.home)); // for what is started from here
    }
    const auto places = findPlaces(environment);
    OneInstance instance(places);
    if (const auto code = endBeside(instance, activationToken))
        return *code;
    keepEntriesTrue(environment);
    SystemColors colors;
    StopSignals system;
    return run(application, options, places, environment, {colors, system, instance});
}
