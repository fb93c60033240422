// SPDX-License-Identifier: MIT
#include "app/command/control_commands.h"

#include "app/command/print.h"
#include "app/command/run_program.h"
#include "app/command/view/text_width.h"
#include "app/settings/address.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUrl>

namespace drover::app {

namespace {

/// As runInEnvironment, with a sentence where it cannot be started.
int runOrComplain(const std::vector<std::string>& program, const Variables& variables)
{
    const int code = runInEnvironment(program, variables);
    if (code == 126 || code == 127)
        complain(program.front() + (code == 127 ? ": there is no such program" : ": it cannot be run"));
    return code;
}

} // namespace

int runProgram(const Invocation& invocation, const Target& target, const Environment& environment)
{
    if (invocation.words.empty()) {
        complain("run needs a program: drover run -- CMD...");
        return static_cast<int>(ExitCode::Usage);
    }
    const auto proxy = parseAddress(target.proxy);
    const auto asked = StatusClient(*proxy).ask("GET", "/health");
    if (const auto* trouble = std::get_if<CallTrouble>(&asked); trouble && trouble->code == ExitCode::NotRunning)
        return static_cast<int>(endWith(*trouble));
    const std::string base = "http://" + target.proxy;
    Variables variables = {{"OLLAMA_HOST", base}, {"OPENAI_BASE_URL", base + "/v1"}, {"ANTHROPIC_BASE_URL", base}};
    for (const char* key : {"OPENAI_API_KEY", "ANTHROPIC_API_KEY"}) {
        const auto found = environment.find(key);
        if (found == environment.end() || found->second.empty())
            variables.emplace_back(key, "drover"); // their libraries refuse to start without one
    }
    return runOrComplain(invocation.words, variables);
}

int pauseWhile(const Invocation& invocation, const Target& target)
{
    if (!isLoopback(target.status.host)) {
        complain("a program can only be waited for by a Drover on the same machine");
        return static_cast<int>(ExitCode::Usage);
    }
    const QString name = QFileInfo(QString::fromStdString(invocation.program.front())).fileName();
    const StatusClient client = target.client();
    const auto told = client.control("POST",
        "/control/pause-sharing?pid=" + std::to_string(QCoreApplication::applicationPid())
            + "&name=" + QUrl::toPercentEncoding(name).toStdString());
    if (const auto* trouble = std::get_if<CallTrouble>(&told)) {
        if (trouble->code != ExitCode::NotRunning)
            return static_cast<int>(endWith(*trouble));
        complain("Drover does not run, so nothing is shared meanwhile");
    } else
        printError("Sharing is paused while " + printable(name.toStdString()) + " runs; your apps go on.\n");
    const int code = runOrComplain(invocation.program, {});
    client.control("POST", "/control/resume-sharing"); // where it never began, or the system has no exec
    return code;
}

} // namespace drover::app
