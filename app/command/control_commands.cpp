// SPDX-License-Identifier: MIT
#include "app/command/control_commands.h"

#include "app/command/print.h"
#include "app/command/view/text_width.h"
#include "app/settings/pause_end.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QThread>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace drover::app {

using namespace std::chrono_literals;

namespace {

/// The number of the job that somebody named by number or by request id.
Called<std::string> jobNumber(const std::string& named, const StatusClient& client)
{
    drover::JobId id = 0;
    const auto [end, error] = std::from_chars(named.data(), named.data() + named.size(), id);
    if (error == std::errc{} && end == named.data() + named.size())
        return std::to_string(id);
    const auto called = client.snapshot();
    if (const auto* trouble = std::get_if<CallTrouble>(&called))
        return *trouble;
    const auto& jobs = std::get<drover::Snapshot>(called).jobs;
    const auto job = std::ranges::find(jobs, named, &drover::JobView::requestId);
    if (job == jobs.end())
        return CallTrouble{ExitCode::Usage, "there is no job " + printable(named)};
    return std::to_string(job->id);
}

/// Returns when nothing runs or waits any more.
ExitCode waitUntilDrained(const StatusClient& client, std::chrono::milliseconds limit)
{
    constexpr auto pollEvery = 250ms;
    const QDeadlineTimer deadline(limit > 0ms ? QDeadlineTimer(limit) : QDeadlineTimer(QDeadlineTimer::Forever));
    for (;;) {
        const auto called = client.snapshot();
        if (const auto* trouble = std::get_if<CallTrouble>(&called))
            return endWith(*trouble);
        const auto& snapshot = std::get<drover::Snapshot>(called);
        if (snapshot.running + snapshot.waiting == 0) {
            print("No job is left.\n");
            return ExitCode::Ok;
        }
        if (deadline.hasExpired()) {
            complain("still running: " + std::to_string(snapshot.running)
                + ", still waiting: " + std::to_string(snapshot.waiting));
            return ExitCode::TimedOut;
        }
        QThread::msleep(static_cast<unsigned long>(pollEvery.count()));
    }
}

constexpr std::string_view pluggedIn = "plugged-in";

/// As RFC 3339 has it, in whole seconds, rounded up.
std::string utcText(drover::WallTime time)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time).time_since_epoch().count();
    return QDateTime::fromSecsSinceEpoch(seconds).toUTC().toString(Qt::ISODate).toStdString();
}

std::string_view doneSentence(const std::string& command)
{
    if (command == "pause-sharing")
        return "Sharing is paused: pools get nothing, your apps go on. Share again: drover resume\n";
    if (command == "resume-sharing")
        return "Sharing goes on.\n";
    if (command == "pause")
        return "Paused: running jobs go on, the others wait. Go on: drover resume\n";
    if (command == "resume")
        return "Waiting jobs start again.\n";
    if (command == "ollama start")
        return "Ollama is told to start. Watch it: drover ollama status\n";
    if (command == "drain")
        return "Draining: no new jobs, those that are here finish. Take new ones again: drover undrain\n";
    return "New jobs are taken again.\n";
}

} // namespace

ExitCode endWith(const CallTrouble& trouble)
{
    complain(trouble.sentence + (trouble.code == ExitCode::NotRunning ? ". Start it: drover serve" : ""));
    return trouble.code;
}

ExitCode control(const Invocation& invocation, const Target& target)
{
    const StatusClient client = target.client();
    const std::string word = invocation.command + (invocation.sharing ? "-sharing" : "");
    std::string path = "/control/" + word;
    std::string done(doneSentence(word));
    const bool untilPlugged =
        word == "pause-sharing" && !invocation.words.empty() && invocation.words.front() == pluggedIn;
    if (untilPlugged) {
        path += "?until=" + std::string(pluggedIn);
        done = "Sharing is paused until this machine is plugged in. Share again before: drover resume\n";
    } else if (invocation.command == "pause" && !invocation.words.empty()) {
        const auto end = parsePauseEnd(invocation.words.front(), QDateTime::currentDateTime());
        if (!end) {
            complain(printable(invocation.words.front()) + " must be " + end.error().detail);
            return ExitCode::Usage;
        }
        path += "?until=" + utcText(*end);
        const std::string clock = drover::clockText(*end, drover::WallTime::clock::now());
        done = invocation.sharing
            ? "Sharing is paused until " + clock + "; your apps go on. Share again before: drover resume\n"
            : "Paused until " + clock
                + ": running jobs go on, the others wait until then. Go on before: drover resume\n";
    }
    if (invocation.command == "ollama start")
        path = "/control/start-runtime";
    const bool ofQueue = invocation.command.starts_with("queue ");
    if (ofQueue) {
        const auto number = jobNumber(invocation.words.front(), client);
        if (const auto* trouble = std::get_if<CallTrouble>(&number))
            return endWith(*trouble);
        path = "/control/" + invocation.command.substr(sizeof "queue " - 1) + "?id=" + std::get<std::string>(number);
    }
    const auto called = client.control("POST", path);
    if (const auto* trouble = std::get_if<CallTrouble>(&called)) {
        const bool noToken = trouble->code == ExitCode::Refused && target.token.empty();
        return endWith(noToken ? CallTrouble{ExitCode::Refused,
                           trouble->sentence + " (the token file cannot be read: " + target.tokenFile + ")"}
                               : *trouble);
    }
    if (!ofQueue)
        print(done);
    return invocation.wait ? waitUntilDrained(client, invocation.timeout) : ExitCode::Ok;
}

} // namespace drover::app
