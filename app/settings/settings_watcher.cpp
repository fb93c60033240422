// SPDX-License-Identifier: MIT
#include "app/settings/settings_watcher.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include <chrono>

using namespace std::chrono_literals;

namespace drover::app {

SettingsWatcher::SettingsWatcher(const QString& file, QObject* parent)
    : QObject(parent)
    , m_file(QFileInfo(file).absoluteFilePath())
    , m_known(fingerprint())
{
    m_settled.setSingleShot(true);
    m_settled.setInterval(250ms);
    const auto settle = [this] { m_settled.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, settle);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, settle);
    connect(&m_settled, &QTimer::timeout, this, &SettingsWatcher::compare);
    watch();
}

void SettingsWatcher::watch()
{
    QStringList wanted;
    if (QFileInfo::exists(m_file))
        wanted << m_file;
    QString folder = QFileInfo(m_file).absolutePath();
    while (!QFileInfo::exists(folder) && folder != QFileInfo(folder).absolutePath())
        folder = QFileInfo(folder).absolutePath(); // the nearest that is there, to see the rest come
    wanted << folder;
    QStringList gone;
    for (const QString& path : m_watcher.files() + m_watcher.directories()) {
        if (!wanted.contains(path))
            gone << path;
    }
    if (!gone.isEmpty())
        m_watcher.removePaths(gone);
    // A replaced file has the old name and another inode: only adding it again follows it.
    for (const QString& path : wanted) {
        if (!m_watcher.files().contains(path) && !m_watcher.directories().contains(path))
            m_watcher.addPath(path);
    }
}

void SettingsWatcher::takeAsKnown()
{
    m_known = fingerprint();
    watch();
}

void SettingsWatcher::compare()
{
    watch();
    QByteArray fresh = fingerprint();
    if (fresh == m_known)
        return;
    m_known = std::move(fresh);
    Q_EMIT changed();
}

QByteArray SettingsWatcher::fingerprint() const
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(&file);
    return hash.result();
}

} // namespace drover::app
