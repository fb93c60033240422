// SPDX-License-Identifier: MIT
#include "app/command/run_program.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <unistd.h>

namespace drover::app {

int runInEnvironment(const std::vector<std::string>& command, const Variables& variables)
{
    for (const auto& [name, value] : variables)
        ::setenv(name.c_str(), value.c_str(), 1);
    ::signal(SIGPIPE, SIG_DFL); // the program is to begin as if started by the shell
    std::vector<std::string> texts = command;
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    ::execvp(pointers[0], pointers.data());
    constexpr int notFound = 127; // as shells have it
    constexpr int notRunnable = 126;
    return errno == ENOENT ? notFound : notRunnable;
}

} // namespace drover::app
