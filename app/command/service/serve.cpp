// SPDX-License-Identifier: MIT
#include "app/command/service/serve.h"

#include "app/command/import_command.h"
#include "app/command/print.h"
#include "app/command/service/service.h"
#include "app/command/service/stop_signals.h"
#include "app/command/view/top.h"
#include "app/settings/settings_watcher.h"

#include <QCoreApplication>

namespace drover::app {

namespace {

std::string act(drover::Engine& engine, const TopRequest& request)
{
    switch (request.kind) {
    case TopRequest::Kind::Cancel:
        engine.cancelJob(request.job);
        break;
    case TopRequest::Kind::Next:
        engine.startNext(request.job);
        break;
    case TopRequest::Kind::Pause:
        engine.pause({}); // until somebody resumes
        break;
    case TopRequest::Kind::Resume:
        engine.resume();
        break;
    case TopRequest::Kind::Nothing:
    case TopRequest::Kind::Quit:
        break;
    }
    return {};
}

/// The event loop with the view of `drover top` over this very engine. Leaving the view stops the service.
void runWithView(Service& service, const Environment& environment)
{
    Top view([&service](const TopRequest& request) { return act(service.engine(), request); }, environment);
    QObject::connect(&view, &Top::quit, &service, &Service::stop);
    const drover::Subscription subscription = service.engine().subscribe([&view](const drover::Snapshot& snapshot) {
        QMetaObject::invokeMethod(
            &view, [&view, snapshot] { view.show(snapshot); }, Qt::QueuedConnection);
    });
    QCoreApplication::exec();
}

} // namespace

ExitCode serve(const Invocation& invocation)
{
    const Environment environment = processEnvironment();
    const Places places = findPlaces(environment);
    const auto purpose =
        invocation.command == "pool-server" ? SettingsSource::Purpose::PoolServer : SettingsSource::Purpose::Queue;
    const SettingsSource source(places, environment, invocation.flags, invocation.settingsFile, purpose);
    StopSignals signalsOfSystem;
    Service service(places, source);
    if (invocation.tui && !Terminal::usable()) {
        complain("--tui needs a terminal");
        return ExitCode::Usage;
    }
    const auto trouble = service.start(invocation.tui ? LogWriter::Echo::None : LogWriter::Echo::StandardError);
    if (trouble.code != ExitCode::Ok) {
        for (const std::string& sentence : trouble.sentences)
            complain(sentence);
        return trouble.code;
    }
    print(service.greeting() + "\n");
    if (const auto offer = purpose == SettingsSource::Purpose::Queue ? importOffer(environment, places) : std::nullopt)
        complain(*offer);

    SettingsWatcher watcher(QString::fromStdString(source.file()));
    QObject::connect(&watcher, &SettingsWatcher::changed, &service, &Service::reload);
    QObject::connect(&signalsOfSystem, &StopSignals::reloadRequested, &service, &Service::reload);
    QObject::connect(&signalsOfSystem, &StopSignals::stopRequested, &service, &Service::stop);
    QObject::connect(&service, &Service::stopped, qApp, &QCoreApplication::quit);
    if (invocation.tui)
        runWithView(service, environment);
    else
        QCoreApplication::exec();
    return ExitCode::Ok;
}

} // namespace drover::app
