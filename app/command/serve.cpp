// SPDX-License-Identifier: MIT
#include "app/command/serve.h"

#include "app/command/print.h"
#include "app/command/service.h"
#include "app/command/stop_signals.h"
#include "app/settings/settings_watcher.h"

#include <QCoreApplication>

namespace drover::app {

ExitCode serve(const Invocation& invocation)
{
    const Environment environment = processEnvironment();
    const Places places = findPlaces(environment);
    const SettingsSource source(places, environment, invocation.flags, invocation.settingsFile);
    StopSignals signalsOfSystem;
    Service service(places, source);
    const auto trouble = service.start(LogWriter::Echo::StandardError);
    if (trouble.code != ExitCode::Ok) {
        for (const std::string& sentence : trouble.sentences)
            complain(sentence);
        return trouble.code;
    }
    print(service.greeting() + "\n");

    SettingsWatcher watcher(QString::fromStdString(source.file()));
    QObject::connect(&watcher, &SettingsWatcher::changed, &service, &Service::reload);
    QObject::connect(&signalsOfSystem, &StopSignals::reloadRequested, &service, &Service::reload);
    QObject::connect(&signalsOfSystem, &StopSignals::stopRequested, &service, &Service::stop);
    QObject::connect(&service, &Service::stopped, qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    return ExitCode::Ok;
}

} // namespace drover::app
