// SPDX-License-Identifier: MIT
#include "app/desktop/color_scheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusReply>
#include <QDBusVariant>

namespace drover::app {

namespace {

// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
constexpr auto service = QLatin1String("org.freedesktop.portal.Desktop");
constexpr auto path = QLatin1String("/org/freedesktop/portal/desktop");
constexpr auto interface = QLatin1String("org.freedesktop.portal.Settings");
constexpr int replyTimeMaxMs = 500;

/// Desktops whose panel is dark whatever the windows are.
bool desktopHasDarkPanel()
{
    const QString desktops = qEnvironmentVariable("XDG_CURRENT_DESKTOP");
    for (const auto name : {QLatin1String("GNOME"), QLatin1String("Unity"), QLatin1String("Pantheon")})
        if (desktops.contains(name, Qt::CaseInsensitive))
            return true;
    return false;
}

} // namespace

std::optional<ColorScheme> systemWindowColors()
{
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return std::nullopt;
    auto read = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    read << QStringLiteral("org.freedesktop.appearance") << QStringLiteral("color-scheme");
    const QDBusReply<QVariant> reply = bus.call(read, QDBus::Block, replyTimeMaxMs);
    if (!reply.isValid())
        return std::nullopt;
    auto value = reply.value();
    if (value.canConvert<QDBusVariant>()) // `Read` wraps its answer twice
        value = value.value<QDBusVariant>().variant();
    switch (value.toUInt()) {
    case 1:
        return ColorScheme::Dark;
    case 2:
        return ColorScheme::Light;
    default:
        return std::nullopt; // no preference
    }
}

std::optional<ColorScheme> systemPanelColors()
{
    return desktopHasDarkPanel() ? std::optional(ColorScheme::Dark) : std::nullopt;
}

void listenToSystemColors(QObject* receiver)
{
    QDBusConnection::sessionBus().connect(
        service, path, interface, QStringLiteral("SettingChanged"), receiver, SLOT(settingChanged(QString, QString)));
}

} // namespace drover::app
