// SPDX-License-Identifier: MIT
#include "app/command/commands.h"

#include "app/command/command_line.h"
#include "app/command/print.h"
#include "app/command/serve.h"
#include "app/command/status_text.h"
#include "app/command/target.h"
#include "core/api/engine.h"

#include <array>

namespace drover::app {

namespace {

ExitCode version()
{
    print("drover " + std::string(drover::versionNumber()) + " (git " + std::string(drover::revision()) + ", built "
        + std::string(drover::buildDate()) + ", Qt " + qVersion() + ", Boost " + std::string(drover::boostVersion())
        + ")\n");
    return ExitCode::Ok;
}

ExitCode endWith(const CallTrouble& trouble)
{
    complain(trouble.sentence + (trouble.code == ExitCode::NotRunning ? ". Start it: drover serve" : ""));
    return trouble.code;
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

ExitCode dispatch(const Invocation& invocation)
{
    const std::string& command = invocation.command;
    if (command == "version")
        return version();
    if (command == "serve")
        return serve(invocation);
    const Environment environment = processEnvironment();
    const auto found = findTarget(invocation, environment, findPlaces(environment));
    if (const auto* trouble = std::get_if<CallTrouble>(&found))
        return endWith(*trouble);
    const auto& target = std::get<Target>(found);
    if (command == "status")
        return view(invocation, target, statusText);
    if (command == "why")
        return view(invocation, target, whyText);
    if (command == "queue" || command == "queue list")
        return view(invocation, target, queueText);
    complain("this command is not there: " + command);
    return ExitCode::Usage;
}

} // namespace

ExitCode runCommand(const std::vector<std::string>& arguments)
{
    const CommandLine line = parseCommandLine(arguments);
    if (line.ended) {
        line.ended == ExitCode::Ok ? print(line.output) : printError(line.output);
        return *line.ended;
    }
    return dispatch(line.invocation);
}

} // namespace drover::app
