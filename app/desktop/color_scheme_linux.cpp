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

/// A setting of the desktop; not valid where nobody tells it.
QVariant portalSetting(const QString& group, const QString& key)
{
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return {};
    auto read = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    read << group << key;
    const QDBusReply<QVariant> reply = bus.call(read, QDBus::Block, replyTimeMaxMs);
    if (!reply.isValid())
        return {};
    const auto value = reply.value();
    return value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value; // wrapped twice
}

} // namespace

Contrast systemContrast()
{
    const auto wanted = portalSetting(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("contrast"));
    if (wanted.isValid())
        return wanted.toUInt() == 1 ? Contrast::High : Contrast::Normal;
    // Older portals pass on GNOME's own setting only.
    const auto gnome =
        portalSetting(QStringLiteral("org.gnome.desktop.a11y.interface"), QStringLiteral("high-contrast"));
    return gnome.toBool() ? Contrast::High : Contrast::Normal;
}

std::optional<ColorScheme> systemWindowColors()
{
    const auto value = portalSetting(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme"));
    if (!value.isValid())
        return std::nullopt;
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
