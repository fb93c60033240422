// SPDX-License-Identifier: MIT
#include "app/command/view/terminal.h"

namespace drover::app {

void Terminal::take(std::string_view bytes)
{
    for (const KeyPress& key : m_keys.feed(bytes))
        Q_EMIT pressed(key);
    if (m_keys.waits())
        m_escape.start();
    else
        m_escape.stop();
}

} // namespace drover::app
