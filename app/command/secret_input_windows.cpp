// SPDX-License-Identifier: MIT
#include "app/command/secret_input.h"

#include "app/command/print.h"
#include "app/settings/secret_file.h"

#include <iostream>

#include <windows.h>

namespace drover::app {

namespace {

/// Does not show what is typed, for as long as it lives.
class NoEcho {
public:
    NoEcho()
        : m_input(GetStdHandle(STD_INPUT_HANDLE))
        , m_isTerminal(GetConsoleMode(m_input, &m_before) != 0)
    {
        if (m_isTerminal)
            SetConsoleMode(m_input, m_before & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
    }
    ~NoEcho()
    {
        if (!m_isTerminal)
            return;
        SetConsoleMode(m_input, m_before);
        printError("\n");
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

    bool isTerminal() const { return m_isTerminal; }

private:
    HANDLE m_input;
    DWORD m_before = 0;
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
