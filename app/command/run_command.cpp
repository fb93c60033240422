// SPDX-License-Identifier: MIT
#include "app/command/control_commands.h"

#include "app/command/print.h"
#include "app/command/run_program.h"

namespace drover::app {

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
    const int code = runInEnvironment(invocation.words, variables);
    if (code == 126 || code == 127)
        complain(invocation.words.front() + (code == 127 ? ": there is no such program" : ": it cannot be run"));
    return code;
}

} // namespace drover::app
