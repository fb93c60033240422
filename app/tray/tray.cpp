// SPDX-License-Identifier: MIT
#include "app/tray/tray.h"

#include <QOperatingSystemVersion>

namespace drover::app {

namespace {

/// Where a click on the icon opens its menu, it does not open the window too.
bool clickOpensTheMenu()
{
    return QOperatingSystemVersion::currentType() == QOperatingSystemVersion::MacOS;
}

} // namespace

Tray::Tray(QueueControl& control, const SystemColors& colors, QObject* parent)
    : QObject(parent)
    , m_colors(colors)
    , m_menu(m_status, control)
    , m_notifier(makeNotifier([this] { return m_icon.get(); }))
    , m_notices(*m_notifier)
{
    connect(&m_host, &TrayHost::changed, this, &Tray::followHost);
    connect(&m_menu, &TrayMenu::windowAsked, this, &Tray::windowAsked);
    connect(&m_menu, &TrayMenu::settingsAsked, this, &Tray::settingsAsked);
    connect(&m_menu, &TrayMenu::quitAsked, this, &Tray::quitAsked);
    connect(&m_menu, &TrayMenu::freeMemoryAsked, this, &Tray::freeMemoryAsked);
    connect(&m_menu, &TrayMenu::snoozeAsked, this, &Tray::snoozeAsked);
    connect(&m_menu, &TrayMenu::joinAsked, this, &Tray::joinAsked);
    connect(&m_menu, &TrayMenu::poolsAsked, this, &Tray::poolsAsked);
    connect(&m_menu, &TrayMenu::hostAsked, this, &Tray::hostAsked);
    connect(&m_menu, &TrayMenu::leaveAsked, this, &Tray::leaveAsked);
    connect(&m_menu, &TrayMenu::fixAsked, this, &Tray::fixAsked);
    connect(&m_menu, &TrayMenu::addressCopied, this,
        [this](const QString& address) { m_notices.answer(NoticeKind::AddressCopied, address); });
    connect(m_notifier.get(), &Notifier::chosen, this, &Tray::chosen);
}

Tray::~Tray() = default;

void Tray::begin()
{
    m_begun = true;
    followHost();
}

void Tray::end()
{
    m_begun = false;
    if (m_icon)
        m_icon->hide(); // not destroyed: its own menu may have led here
}

/// An icon is made anew for each panel: Qt registers one only where it is made.
void Tray::followHost()
{
    if (!m_begun || m_host.present() == isThere())
        return;
    if (m_host.present()) {
        m_icon = std::make_unique<TrayIcon>(m_status, m_colors, m_style);
        m_icon->setContextMenu(m_menu.menu());
        connect(m_icon.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
            const bool clicked = reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick;
            if (clicked && !clickOpensTheMenu())
                Q_EMIT windowAsked();
        });
        m_icon->show();
    } else {
        m_icon.reset();
    }
    Q_EMIT cameOrWent();
}

void Tray::show(const drover::Snapshot& snapshot)
{
    m_status.show(snapshot);
    m_notices.show(snapshot);
}

void Tray::setStyle(TrayIconStyle style)
{
    m_style = style;
    if (m_icon)
        m_icon->setStyle(style);
}

} // namespace drover::app
