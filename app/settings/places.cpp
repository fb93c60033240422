// SPDX-License-Identifier: MIT
#include "app/settings/places.h"

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QStandardPaths>

namespace drover::app {

namespace {

std::string textOf(const Environment& environment, const std::string& name)
{
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

std::string configFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation).toStdString() + "/drover";
}

std::string stateFolder(const Environment& environment)
{
    // QStandardPaths::StateLocation came with Qt 6.7 only.
    if (const std::string folder = textOf(environment, "XDG_STATE_HOME"); folder.starts_with('/'))
        return folder + "/drover";
    const std::string config = configFolder();
    constexpr std::string_view unixConfig = "/.config/drover"; // neither macOS nor Windows keeps settings there
    if (config.ends_with(unixConfig) || !textOf(environment, "XDG_CONFIG_HOME").empty())
        return QDir::homePath().toStdString() + "/.local/state/drover";
    return config + "/state";
}

} // namespace

Places findPlaces(const Environment& environment)
{
    const std::string home = textOf(environment, "DROVER_HOME");
    Places places;
    places.settingsFile = (home.empty() ? configFolder() : home) + "/drover.toml";
    places.stateFolder = home.empty() ? stateFolder(environment) : home + "/state";
    places.tokenFile = places.stateFolder + "/control-token";
    places.runningFile = places.stateFolder + "/running.json";
    places.historyFile = places.stateFolder + "/history.db";
    places.keysFile = places.stateFolder + "/keys.db";
    places.logFile = places.stateFolder + "/drover.log";
    return places;
}

std::string keysFileOf(const Settings& settings, const Places& places)
{
    const std::string& file = settings.config.hosting.keysFile;
    return file == "off" ? std::string() : file.empty() ? places.keysFile : file;
}

Environment processEnvironment()
{
    Environment environment;
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    for (const QString& name : system.keys())
        environment.emplace(name.toStdString(), system.value(name).toStdString());
    return environment;
}

bool makeStateFolder(const Places& places)
{
    const QString folder = QString::fromStdString(places.stateFolder);
    const bool missing = !QDir(folder).exists();
    if (!QDir().mkpath(folder))
        return false;
    return !missing || QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace drover::app
