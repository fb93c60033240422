// SPDX-License-Identifier: MIT
#include "app/doctor/system_facts.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDir>
#include <QFileInfo>

namespace drover::app {

namespace {

bool isSet(const Environment& environment, const std::string& name)
{
    const auto found = environment.find(name);
    return found != environment.end() && !found->second.empty();
}

bool exists(const char* path)
{
    return QFileInfo::exists(QString::fromLatin1(path));
}

/// Whether a program holds the name on the session's bus, or one would be started for it.
std::optional<bool> serves(const QString& name)
{
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return std::nullopt;
    const auto registered = bus.interface()->isServiceRegistered(name);
    if (!registered.isValid())
        return std::nullopt;
    if (registered.value())
        return true;
    const QDBusReply<QStringList> startable = bus.interface()->activatableServiceNames();
    return startable.isValid() && startable.value().contains(name);
}

/// systemd-timesyncd leaves a note once it has set the clock; without it nothing is known.
std::optional<bool> clockInStep()
{
    if (!exists("/run/systemd/timesync"))
        return std::nullopt;
    return exists("/run/systemd/timesync/synchronized");
}

std::vector<std::string> ollamaServices()
{
    std::vector<std::string> found;
    const QString home = QDir::homePath();
    for (const QString& unit : {QStringLiteral("/etc/systemd/system/multi-user.target.wants/ollama.service"),
             QStringLiteral("/etc/systemd/system/default.target.wants/ollama.service"),
             home + QStringLiteral("/.config/systemd/user/default.target.wants/ollama.service")}) {
        if (QFileInfo(unit).isSymLink() || QFileInfo::exists(unit))
            found.push_back(unit.toStdString());
    }
    return found;
}

} // namespace

SystemFacts lookAtSystem(const Environment& environment)
{
    const bool desktop = isSet(environment, "DISPLAY") || isSet(environment, "WAYLAND_DISPLAY");
    SystemFacts facts{.desktop = desktop,
        .graphicsCard = exists("/dev/nvidia0") || exists("/dev/kfd"),
        .keyring = serves(QStringLiteral("org.freedesktop.secrets")),
        .clockInStep = clockInStep(),
        .ollamaServices = ollamaServices()};
    if (facts.keyring != true) {
        if (const auto wallet = serves(QStringLiteral("org.kde.kwalletd5")); wallet == true)
            facts.keyring = true;
    }
    if (desktop)
        facts.tray = serves(QStringLiteral("org.kde.StatusNotifierWatcher"));
    return facts;
}

} // namespace drover::app
