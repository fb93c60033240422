// SPDX-License-Identifier: MIT
#include "app/command/secret_input.h"

#include "app/command/print.h"
#include "app/settings/secret_file.h"

#include <iostream>

#include <termios.h>
#include <unistd.h>

namespace drover::app {

namespace {

/// Does not show what is typed, for as long as it lives.
class NoEcho {
public:
    NoEcho()
        : m_isTerminal(tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (!m_isTerminal)
            return;
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~NoEcho()
    {
        if (!m_isTerminal)
            return;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        printError("\n");
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

    bool isTerminal() const { return m_isTerminal; }

private:
    termios m_before{};
    bool m_isTerminal;
};

} // namespace

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
