// SPDX-License-Identifier: MIT
#include "app/command/no_echo.h"

#include "app/command/print.h"

#include <windows.h>

namespace drover::app {

struct NoEcho::Before {
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    DWORD mode = 0;
};

NoEcho::NoEcho()
    : m_before(std::make_unique<Before>())
{
    if (GetConsoleMode(m_before->input, &m_before->mode) == 0)
        m_before.reset();
    else
        SetConsoleMode(m_before->input, m_before->mode & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
}

NoEcho::~NoEcho()
{
    if (!m_before)
        return;
    SetConsoleMode(m_before->input, m_before->mode);
    printError("\n");
}

} // namespace drover::app
