// SPDX-License-Identifier: MIT
#include "app/command/commands.h"

#include "app/command/apps_command.h"
#include "app/command/client/event_stream.h"
#include "app/command/client/target.h"
#include "app/command/command_line.h"
#include "app/command/completion.h"
#include "app/command/config_command.h"
#include "app/command/control_commands.h"
#include "app/command/doctor_command.h"
#include "app/command/history_command.h"
#include "app/command/host_commands.h"
#include "app/command/import_command.h"
#include "app/command/invite_command.h"
#include "app/command/login_item_command.h"
#include "app/command/models_command.h"
#include "app/command/pool_commands.h"
#include "app/command/print.h"
#include "app/command/secret_command.h"
#include "app/command/service/serve.h"
#include "app/command/view/sharing_text.h"
#include "app/command/view/status_text.h"
#include "app/command/view/top.h"
#include "core/api/engine.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QOperatingSystemVersion>
#include <QProcess>
#include <QStandardPaths>

#include <optional>

namespace drover::app {

namespace {

ExitCode version()
{
    print("drover " + std::string(drover::versionNumber()) + " (git " + std::string(drover::revision()) + ", built "
        + std::string(drover::buildDate()) + ", Qt " + qVersion() + ", Boost " + std::string(drover::boostVersion())
        + ")\n");
    return ExitCode::Ok;
}

ExitCode healthOf(const drover::Snapshot& snapshot)
{
    return snapshot.state == drover::EngineState::Error ? ExitCode::Unhealthy : ExitCode::Ok;
}

/// Prints what a running Drover says of itself.
ExitCode view(const Invocation& invocation, const Target& target, std::string (*text)(const drover::Snapshot&))
{
    if (invocation.json) {
        const auto asked = target.client().ask("GET", "/status");
        if (const auto* trouble = std::get_if<CallTrouble>(&asked))
            return endWith(*trouble);
        print(std::get<HttpAnswer>(asked).body + "\n");
    }
    const auto called = target.client().snapshot();
    if (const auto* trouble = std::get_if<CallTrouble>(&called))
        return endWith(*trouble);
    const auto& snapshot = std::get<drover::Snapshot>(called);
    if (!invocation.json)
        print(text(snapshot));
    return healthOf(snapshot);
}

/// One part of the status, as JSON.
ExitCode printPart(const Target& target, QLatin1String name)
{
    const auto asked = target.client().ask("GET", "/status");
    if (const auto* trouble = std::get_if<CallTrouble>(&asked))
        return endWith(*trouble);
    const auto status = QJsonDocument::fromJson(QByteArray::fromStdString(std::get<HttpAnswer>(asked).body));
    const QJsonObject part = status[name].toObject();
    print(QJsonDocument(part).toJson(QJsonDocument::Compact).toStdString() + "\n");
    return part.isEmpty() ? ExitCode::Failed : ExitCode::Ok;
}

/// Prints again with every change, until it is interrupted.
ExitCode watchStatus(const Invocation& invocation, const Target& target)
{
    EventStream events(target.status);
    QObject::connect(
        &events, &EventStream::changed, qApp, [&](const QByteArray& json, const drover::Snapshot& snapshot) {
            constexpr const char* clearScreen = "\x1b[H\x1b[2J";
            if (invocation.json)
                print(json.toStdString() + "\n");
            else
                print((isTerminal() ? clearScreen : "") + statusText(snapshot) + (isTerminal() ? "" : "\n"));
        });
    QObject::connect(&events, &EventStream::lost, qApp, [] { complain("Drover is not running; waiting for it"); });
    events.start();
    return static_cast<ExitCode>(QCoreApplication::exec());
}

ExitCode completion(const std::string& shell)
{
    const CommandNode tree = commandTree();
    print(shell == "bash" ? bashCompletion(tree) : shell == "zsh" ? zshCompletion(tree) : fishCompletion(tree));
    return ExitCode::Ok;
}

/// Commands that need nothing of a running Drover.
std::optional<ExitCode> runAlone(const Invocation& invocation, const Environment& environment, const Places& places)
{
    const std::string& command = invocation.command;
    if (command == "version")
        return version();
    if (command == "serve" || command == "pool-server")
        return serve(invocation);
    if (command == "completion")
        return completion(invocation.words.front());
    if (command.starts_with("history") || command == "usage")
        return history(invocation, places);
    if (command == "pools ledger")
        return ledger(invocation, places);
    if (command.starts_with("secret "))
        return secret(invocation, environment, places);
    if (command == "join")
        return join(invocation, {environment, places});
    if (command == "leave")
        return leave(invocation, {environment, places});
    if (command == "import")
        return importWorker(invocation, environment, places);
    if (command.starts_with("config "))
        return config(invocation, environment, places);
    if (command.starts_with("login-item "))
        return loginItem(
            invocation, {environment, loginCommand(environment, QCoreApplication::applicationDirPath().toStdString())});
    return {};
}

/// Windows and macOS always have one; elsewhere it is X11's or Wayland's.
bool hasDisplay(const Environment& environment)
{
    return QOperatingSystemVersion::currentType() != QOperatingSystemVersion::Unknown || environment.contains("DISPLAY")
        || environment.contains("WAYLAND_DISPLAY");
}

/// `drover` alone: the window where there can be one, else the help.
ExitCode openWindow(const Environment& environment)
{
    const QString tray =
        QStandardPaths::findExecutable(QStringLiteral("drover-tray"), {QCoreApplication::applicationDirPath()});
    if (hasDisplay(environment) && !tray.isEmpty() && QProcess::startDetached(tray, {}))
        return ExitCode::Ok;
    print(parseCommandLine({"--help"}).output);
    return ExitCode::Usage;
}

int runWithTarget(
    const Invocation& invocation, const Target& target, const Environment& environment, const Places& places)
{
    const std::string& command = invocation.command;
    const auto code = [](ExitCode ended) { return static_cast<int>(ended); };
    if (command == "top")
        return code(top(target, environment));
    if (command == "status" && invocation.watch)
        return code(watchStatus(invocation, target));
    if (command == "status")
        return code(view(invocation, target, statusText));
    if (command == "why")
        return code(view(invocation, target, whyText));
    if (command == "free" || command == "models" || command.starts_with("models "))
        return code(models(invocation, target, environment, places));
    if (command == "ollama status")
        return code(
            invocation.json ? printPart(target, QLatin1String("runtime")) : view(invocation, target, runtimeText));
    if (command == "manners")
        return code(
            invocation.json ? printPart(target, QLatin1String("sharing")) : view(invocation, target, mannersText));
    if (command == "pause" && !invocation.program.empty())
        return pauseWhile(invocation, target);
    if (command == "queue" || command == "queue list")
        return code(view(invocation, target, queueText));
    if (command == "pools")
        return code(pools(invocation, target));
    if (command == "host" || command.starts_with("host "))
        return code(host(invocation, target, SettingsSource(places, environment, {}, invocation.settingsFile)));
    if (command == "logs")
        return code(logs(invocation, target));
    if (command.starts_with("connect"))
        return code(connectApp(invocation, target, environment));
    const bool ofApps = command == "apps" || command.starts_with("apps ");
    if (ofApps || command.starts_with("keys")) {
        const SettingsSource source(places, environment, {}, invocation.settingsFile);
        if (!ofApps)
            return code(keys(invocation, target, source, places));
        const bool lists = command == "apps" || command == "apps list";
        return code(lists ? listApps(invocation, target, source) : changeApp(invocation, target, source));
    }
    if (command.starts_with("invite"))
        return code(
            invite(invocation, target, SettingsSource(places, environment, {}, invocation.settingsFile), places));
    if (command == "run")
        return runProgram(invocation, target, environment);
    if (command == "doctor")
        return code(doctor(invocation, target, environment, places));
    return code(control(invocation, target));
}

} // namespace

int runCommand(const std::vector<std::string>& arguments)
{
    const CommandLine line = parseCommandLine(arguments);
    if (line.ended) {
        line.ended == ExitCode::Ok ? print(line.output) : printError(line.output);
        return static_cast<int>(*line.ended);
    }
    const Invocation& invocation = line.invocation;
    ignoreBrokenPipes();
    const Environment environment = processEnvironment();
    if (invocation.command.empty())
        return static_cast<int>(openWindow(environment));
    const Places places = findPlaces(environment);
    if (const auto code = runAlone(invocation, environment, places))
        return static_cast<int>(*code);
    const auto found = findTarget(invocation, environment, places);
    if (const auto* trouble = std::get_if<CallTrouble>(&found))
        return static_cast<int>(endWith(*trouble));
    return runWithTarget(invocation, std::get<Target>(found), environment, places);
}

} // namespace drover::app
