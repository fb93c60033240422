// SPDX-License-Identifier: MIT
#include "app/command/secret_input.h"

#include "app/command/no_echo.h"
#include "app/command/print.h"
#include "app/settings/secret_file.h"

#include <iostream>

namespace drover::app {

std::optional<std::string> readSecretLine(const std::string& question)
{
    const NoEcho quiet;
    if (quiet.isTerminal())
        printError(question);
    std::string line;
    for (char letter = 0; std::cin.get(letter) && letter != '\n';) {
        line += letter;
        if (line.size() > secretBytesMax + 1) // one more for a carriage return
            return {};
    }
    if (line.ends_with('\r'))
        line.pop_back();
    return line.empty() ? std::nullopt : std::optional(line);
}

} // namespace drover::app
