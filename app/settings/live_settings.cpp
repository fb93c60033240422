// SPDX-License-Identifier: MIT
#include "app/settings/live_settings.h"

#include <QFileInfo>

namespace drover::app {

LiveSettings::LiveSettings(SettingsSource source, QObject* parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_reading(m_source.read())
    , m_watcher(QString::fromStdString(m_source.file()))
{
    connect(&m_watcher, &SettingsWatcher::changed, this, &LiveSettings::readAgain);
}

bool LiveSettings::isReadOnly() const
{
    const QFileInfo file(QString::fromStdString(m_source.file()));
    if (file.exists())
        return !file.isWritable() || !QFileInfo(file.absolutePath()).isWritable(); // it is replaced as a whole
    const QFileInfo folder(file.absolutePath());
    return folder.exists() && !folder.isWritable();
}

std::optional<EditTrouble> LiveSettings::change(std::string_view key, std::string_view value)
{
    return taken(changeSetting(m_source, key, value));
}

std::optional<EditTrouble> LiveSettings::reset(std::string_view key)
{
    return taken(resetSetting(m_source, key));
}

std::optional<EditTrouble> LiveSettings::edit(const TextEdit& edit)
{
    return taken(editSettings(m_source, edit));
}

std::optional<EditTrouble> LiveSettings::taken(std::optional<EditTrouble> trouble)
{
    if (!trouble) {
        m_watcher.takeAsKnown();
        readAgain();
    }
    return trouble;
}

void LiveSettings::readAgain()
{
    m_reading = m_source.read();
    Q_EMIT changed();
}

} // namespace drover::app
