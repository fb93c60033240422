// SPDX-License-Identifier: MIT
#include "app/command/print.h"

#include <cstdio>
#include <string>

namespace drover::app {

bool print(std::string_view text)
{
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

bool printError(std::string_view text)
{
    return std::fwrite(text.data(), 1, text.size(), stderr) == text.size();
}

void complain(std::string_view sentence)
{
    printError("drover: " + std::string(sentence) + "\n");
}

} // namespace drover::app
