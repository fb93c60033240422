// SPDX-License-Identifier: MIT
#include "app/desktop/tray_host.h"

#include <QSystemTrayIcon>

namespace drover::app {

struct TrayHost::Watch { };

TrayHost::TrayHost(QObject* parent)
    : QObject(parent)
    , m_present(QSystemTrayIcon::isSystemTrayAvailable()) // Explorer's taskbar and the menu bar are always there
{
}

TrayHost::~TrayHost() = default;

bool TrayHost::mayCome() const
{
    return m_present;
}

void TrayHost::lookAgain()
{
    set(QSystemTrayIcon::isSystemTrayAvailable());
}

void TrayHost::set(bool present)
{
    if (present == m_present)
        return;
    m_present = present;
    Q_EMIT changed();
}

} // namespace drover::app
