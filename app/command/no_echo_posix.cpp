// SPDX-License-Identifier: MIT
#include "app/command/no_echo.h"

#include "app/command/print.h"

#include <termios.h>
#include <unistd.h>

namespace drover::app {

struct NoEcho::Before {
    termios mode{};
};

NoEcho::NoEcho()
    : m_before(std::make_unique<Before>())
{
    if (tcgetattr(STDIN_FILENO, &m_before->mode) != 0) {
        m_before.reset();
        return;
    }
    termios quiet = m_before->mode;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
}

NoEcho::~NoEcho()
{
    if (!m_before)
        return;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before->mode);
    printError("\n");
}

} // namespace drover::app
