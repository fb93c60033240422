// SPDX-License-Identifier: MIT
#include "app/command/print.h"

#include <cstdio>
#include <string>

namespace drover::app {

void print(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

void printError(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void complain(std::string_view sentence)
{
    printError("drover: " + std::string(sentence) + "\n");
}

} // namespace drover::app
