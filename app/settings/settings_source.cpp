// SPDX-License-Identifier: MIT
#include "app/settings/settings_source.h"

#include "app/settings/server_environment.h"
#include "app/settings/worker_environment.h"

#include <QFile>
#include <QFileInfo>

namespace drover::app {

std::optional<std::string> readTextFile(const std::string& path)
{
    constexpr qint64 bytesMax = 2 << 20;
    QFile file(QString::fromStdString(path));
    if (QFileInfo(file).isDir() || !file.open(QIODevice::ReadOnly))
        return {};
    return file.read(bytesMax).toStdString();
}

SettingsSource::SettingsSource(
    const Places& places, Environment environment, FlagTexts flags, std::string file, Purpose purpose)
    : m_environment(withWorkerOptions(std::move(environment), flags))
    , m_flags(std::move(flags))
    , m_file(std::move(file))
    , m_purpose(purpose)
{
    if (m_purpose == Purpose::PoolServer) {
        m_server = readServerEnvironment(m_environment);
        m_environment = withoutServerVariables(std::move(m_environment));
    }
    const auto variable = m_environment.find("CONFIG_FILE");
    if (m_file.empty() && variable != m_environment.end() && !isWorkerFile(variable->second))
        m_file = variable->second;
    m_named = !m_file.empty();
    if (!m_named)
        m_file = places.settingsFile;
}

SettingsSource::Reading SettingsSource::read() const
{
    Reading reading;
    Layer file;
    if (const auto text = readTextFile(m_file))
        file = readSettingsFile(*text, m_file);
    else if (m_named || QFileInfo::exists(QString::fromStdString(m_file))) {
        reading.file = File::Unreadable;
        file.problems.push_back({m_file, 0,
            QFileInfo::exists(QString::fromStdString(m_file)) ? "the file cannot be read" : "there is no such file"});
    } else
        reading.file = File::Missing;
    const bool serves = m_purpose == Purpose::PoolServer;
    reading.resolved = resolve({serves ? poolServerDefaults() : Layer{}, std::move(file), m_server,
                                   readEnvironment(m_environment), readFlags(m_flags)},
        m_environment, readTextFile);
    return reading;
}

} // namespace drover::app
