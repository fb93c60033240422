// SPDX-License-Identifier: MIT
#include "app/command/host_commands.h"

#include "app/command/control_commands.h"
#include "app/command/print.h"
#include "app/command/view/table_text.h"
#include "app/command/view/text_width.h"
#include "app/settings/settings_edit.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

namespace drover::app {

using namespace std::chrono_literals;

namespace {

std::string plural(std::uint64_t number, const std::string& one, const std::string& several)
{
    return std::to_string(number) + " " + (number == 1 ? one : several);
}

std::string clockOf(std::int64_t millisecondsSince1970)
{
    if (millisecondsSince1970 == 0)
        return {};
    return QDateTime::fromMSecsSinceEpoch(millisecondsSince1970).toString(QStringLiteral("HH:mm:ss")).toStdString();
}

std::string modelsOf(const drover::WorkerView& worker)
{
    std::string models;
    for (const std::string& each : worker.models)
        models += (models.empty() ? "" : ", ") + each;
    return models;
}

std::string rateOf(const drover::WorkerView& worker)
{
    if (worker.tokensPerSecond <= 0)
        return {};
    return QString::number(worker.tokensPerSecond, 'f', worker.tokensPerSecond < 10 ? 1 : 0).toStdString() + " tok/s";
}

/// The part of the status that is about the hosted pool, as it came.
ExitCode printJson(const Target& target, bool workersAlone)
{
    const auto asked = target.client().ask("GET", "/status");
    if (const auto* trouble = std::get_if<CallTrouble>(&asked))
        return endWith(*trouble);
    const auto status = QJsonDocument::fromJson(QByteArray::fromStdString(std::get<HttpAnswer>(asked).body));
    const QJsonObject hosting = status[QLatin1String("hosting")].toObject();
    const QJsonDocument shown =
        workersAlone ? QJsonDocument(hosting[QLatin1String("workers")].toArray()) : QJsonDocument(hosting);
    print(shown.toJson(QJsonDocument::Compact).toStdString() + "\n");
    return ExitCode::Ok;
}

ExitCode healthOf(const drover::HostView& host)
{
    return host.enabled && !host.listening ? ExitCode::Unhealthy : ExitCode::Ok;
}

ExitCode view(const Target& target, std::string (*text)(const drover::HostView&))
{
    const auto called = target.client().snapshot();
    if (const auto* trouble = std::get_if<CallTrouble>(&called))
        return endWith(*trouble);
    const drover::HostView& hosting = std::get<drover::Snapshot>(called).hosting;
    print(text(hosting));
    return healthOf(hosting);
}

/// What came of a change of the settings, as soon as it has come. Nothing while no Drover runs.
std::optional<drover::HostView> waitFor(const Target& target, bool enabled)
{
    constexpr auto pollEvery = 100ms;
    constexpr auto patience = 5s;
    const QDeadlineTimer deadline(patience);
    for (;;) {
        const auto called = target.client().snapshot();
        if (std::holds_alternative<CallTrouble>(called))
            return {};
        const drover::HostView& host = std::get<drover::Snapshot>(called).hosting;
        const bool isDone = enabled ? host.enabled && (host.listening || !host.reason.empty()) : !host.enabled;
        if (isDone || deadline.hasExpired())
            return host;
        QThread::msleep(static_cast<unsigned long>(pollEvery.count()));
    }
}

ExitCode change(const Target& target, const SettingsSource& source, const char* value)
{
    if (const auto trouble = changeSetting(source, "host.enabled", value)) {
        complain(trouble->sentence);
        return trouble->cause == EditTrouble::Cause::Unwritable ? ExitCode::CannotWrite : ExitCode::Failed;
    }
    const bool enabled = std::string_view(value) == "true";
    const Resolved resolved = source.read().resolved;
    if (resolved.settings.config.hosting.enabled != enabled) {
        complain("the file says so now, but " + resolved.origin("host.enabled") + " is stronger");
        return ExitCode::Failed;
    }
    const auto came = waitFor(target, enabled);
    if (!came) {
        print(enabled ? "The pool will be hosted when Drover runs: drover serve\n"
                      : "No pool will be hosted when Drover runs.\n");
        return ExitCode::Ok;
    }
    if (came->enabled != enabled) {
        complain(
            "the running Drover has other settings than " + source.file() + ", or cannot use them; see drover logs");
        return ExitCode::Failed;
    }
    print(hostText(*came));
    return healthOf(*came);
}

/// The number of the worker that somebody named by number, name or id.
Called<std::string> workerNumber(const std::string& named, const StatusClient& client)
{
    drover::WorkerNumber number = 0;
    const auto [end, error] = std::from_chars(named.data(), named.data() + named.size(), number);
    if (error == std::errc{} && end == named.data() + named.size())
        return std::to_string(number);
    const auto called = client.snapshot();
    if (const auto* trouble = std::get_if<CallTrouble>(&called))
        return *trouble;
    std::vector<drover::WorkerNumber> found;
    for (const drover::WorkerView& worker : std::get<drover::Snapshot>(called).hosting.workers)
        if (worker.state != drover::WorkerState::Gone && (worker.name == named || worker.id == named))
            found.push_back(worker.number);
    if (found.empty())
        return CallTrouble{ExitCode::Usage, "there is no machine " + printable(named) + "; see drover host workers"};
    if (found.size() > 1)
        return CallTrouble{
            ExitCode::Usage, "several machines are called " + printable(named) + "; name one by its number"};
    return std::to_string(found.front());
}

ExitCode commandWorker(const std::string& word, const Invocation& invocation, const Target& target)
{
    const StatusClient client = target.client();
    const auto number = workerNumber(invocation.words.front(), client);
    if (const auto* trouble = std::get_if<CallTrouble>(&number))
        return endWith(*trouble);
    const auto called = client.control("POST", "/control/worker-" + word + "?worker=" + std::get<std::string>(number));
    if (const auto* trouble = std::get_if<CallTrouble>(&called))
        return endWith(*trouble);
    print(word == "drain" ? "It finishes what it has and gets nothing more. Give it work again: drover host undrain\n"
            : word == "undrain" ? "It gets work again.\n"
                                : "Its connection is ended. To keep it out, revoke its key: drover keys\n");
    return ExitCode::Ok;
}

} // namespace

std::string hostText(const drover::HostView& host)
{
    if (!host.enabled)
        return "No pool is hosted. Host one: drover host start\n";
    const std::string name = host.name.empty() ? "The pool" : "The pool " + printable(host.name);
    if (!host.listening) {
        std::string text = name + " is not open" + (host.reason.empty() ? "." : ": " + printable(host.reason)) + "\n";
        return host.fix.empty() ? text : text + printable(host.fix) + "\n";
    }
    std::string text = name + " listens on " + (host.tls ? "https://" : "http://") + host.address
        + (host.keysNeeded ? ", with keys" : ", open to everybody who reaches it") + "\n";
    if (!host.publicUrl.empty())
        text += "Others reach it at " + printable(host.publicUrl) + "\n";
    text += plural(host.connected, "machine", "machines") + ", " + std::to_string(host.running) + " running, "
        + std::to_string(host.waiting) + " waiting\n";
    text += plural(host.accepted, "request", "requests") + " so far: " + std::to_string(host.answered) + " answered, "
        + std::to_string(host.refused) + " refused, " + std::to_string(host.failed) + " failed, "
        + std::to_string(host.cancelled) + " cancelled\n";
    if (!host.reason.empty())
        text += printable(host.reason) + (host.fix.empty() ? "" : " " + printable(host.fix)) + "\n";
    return text;
}

std::string workersText(const drover::HostView& host)
{
    if (host.workers.empty())
        return host.enabled ? "No machine has joined. Invite one: drover invite\n" : hostText(host);
    std::vector<std::vector<std::string>> rows;
    for (const drover::WorkerView& worker : host.workers)
        rows.push_back({std::to_string(worker.number), printable(worker.name.empty() ? worker.id : worker.name),
            std::string(drover::name(worker.state)),
            std::to_string(worker.running) + "/" + std::to_string(worker.slots), rateOf(worker),
            std::to_string(worker.processed), std::to_string(worker.failed), printable(worker.version), worker.address,
            clockOf(worker.lastHeartbeat), printable(modelsOf(worker))});
    return tableText({{"NO", Align::Right}, {"MACHINE"}, {"STATE"}, {"RUNNING", Align::Right}, {"SPEED", Align::Right},
                         {"REQUESTS", Align::Right}, {"FAILED", Align::Right}, {"VERSION"}, {"ADDRESS"}, {"SEEN"},
                         {"MODELS", Align::Left, 60}},
        rows);
}

ExitCode host(const Invocation& invocation, const Target& target, const SettingsSource& source)
{
    const std::string& command = invocation.command;
    const std::string word = command.size() > sizeof "host" ? command.substr(sizeof "host") : "status";
    if (word == "start")
        return change(target, source, "true");
    if (word == "stop")
        return change(target, source, "false");
    if (word == "status" || word == "workers") {
        if (invocation.json)
            return printJson(target, word == "workers");
        return view(target, word == "status" ? hostText : workersText);
    }
    return commandWorker(word, invocation, target);
}

} // namespace drover::app
