// SPDX-License-Identifier: MIT
#include "app/desktop/tray_host.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QTimer>

#include <xcb/xcb.h>

#include <cstdlib>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/
constexpr auto service = QLatin1String("org.kde.StatusNotifierWatcher");
constexpr auto path = QLatin1String("/StatusNotifierWatcher");
constexpr int replyTimeMaxMs = 500;
constexpr auto selectionEvery = 2s; ///< an X11 selection is looked at; a tray of this kind tells nobody but X clients

QDBusMessage hostQuestion()
{
    auto question = QDBusMessage::createMethodCall(
        service, path, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question << QString(service) << QStringLiteral("IsStatusNotifierHostRegistered");
    return question;
}

/// Offscreen and other platforms without a desktop have no tray, whatever runs in the session.
bool isOnADesktop()
{
    const auto platform = QGuiApplication::platformName();
    return platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland"));
}

/// The owner of _NET_SYSTEM_TRAY_S0: https://specifications.freedesktop.org/systemtray-spec/
bool hasTraySelection()
{
    const auto* x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    auto* connection = x11 ? x11->connection() : nullptr;
    if (!connection)
        return false;
    constexpr std::string_view name = "_NET_SYSTEM_TRAY_S0";
    const auto atomAsked = xcb_intern_atom(connection, 0, static_cast<std::uint16_t>(name.size()), name.data());
    const std::unique_ptr<xcb_intern_atom_reply_t, decltype(&std::free)> atom(
        xcb_intern_atom_reply(connection, atomAsked, nullptr), &std::free);
    if (!atom)
        return false;
    const auto ownerAsked = xcb_get_selection_owner(connection, atom->atom);
    const std::unique_ptr<xcb_get_selection_owner_reply_t, decltype(&std::free)> owner(
        xcb_get_selection_owner_reply(connection, ownerAsked, nullptr), &std::free);
    return owner && owner->owner != XCB_NONE;
}

} // namespace

struct TrayHost::Watch {
    QDBusServiceWatcher watcher{service, QDBusConnection::sessionBus(), QDBusServiceWatcher::WatchForOwnerChange};
    QTimer selection;
    bool byProtocol = false; ///< a host of StatusNotifierItem is there
};

TrayHost::TrayHost(QObject* parent)
    : QObject(parent)
{
    if (!isOnADesktop())
        return;
    m_watch = std::make_unique<Watch>();
    connect(&m_watch->watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &TrayHost::lookAgain);
    auto bus = QDBusConnection::sessionBus();
    for (const auto signal : {"StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"})
        bus.connect(service, path, service, QLatin1String(signal), this, SLOT(lookAgain()));
    if (bus.isConnected()) {
        const QDBusReply<QVariant> reply = bus.call(hostQuestion(), QDBus::Block, replyTimeMaxMs);
        m_watch->byProtocol = reply.isValid() && reply.value().toBool();
    }
    connect(&m_watch->selection, &QTimer::timeout, this, [this] { set(m_watch->byProtocol || hasTraySelection()); });
    m_watch->selection.start(selectionEvery);
    m_present = m_watch->byProtocol || hasTraySelection();
}

TrayHost::~TrayHost() = default;

bool TrayHost::mayCome() const
{
    return m_watch != nullptr;
}

void TrayHost::lookAgain()
{
    auto* asked =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(hostQuestion(), replyTimeMaxMs), this);
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this, asked] {
        asked->deleteLater();
        const QDBusPendingReply<QVariant> reply = *asked;
        m_watch->byProtocol = reply.isValid() && reply.value().toBool();
        set(m_watch->byProtocol || hasTraySelection());
    });
}

void TrayHost::set(bool present)
{
    if (present == m_present)
        return;
    m_present = present;
    Q_EMIT changed();
}

} // namespace drover::app
