// SPDX-License-Identifier: MIT
#include "app/doctor/file_facts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>
#include <QTemporaryFile>

#include <algorithm>

namespace drover::app {

namespace {

/// The folder itself, or the nearest one above that is there.
QString nearestFolder(QString folder)
{
    while (!QFileInfo::exists(folder) && folder != QFileInfo(folder).path())
        folder = QFileInfo(folder).path();
    return folder;
}

bool canMakeFilesIn(const QString& folder)
{
    QTemporaryFile trial(folder + QStringLiteral("/drover-doctor-XXXXXX"));
    return trial.open();
}

bool isOnlyOurs(const QString& file)
{
    constexpr auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    return !(QFile::permissions(file) & others);
}

std::uint64_t bytesFree(const QString& folder)
{
    return static_cast<std::uint64_t>(std::max<qint64>(0, QStorageInfo(folder).bytesAvailable()));
}

} // namespace

FileFacts lookAtFolder(const std::string& path)
{
    const QString folder = QString::fromStdString(path);
    const QString nearest = nearestFolder(folder);
    return {.path = path,
        .there = QFileInfo::exists(folder),
        .writable = canMakeFilesIn(nearest),
        .bytesFree = bytesFree(nearest)};
}

FileFacts lookAtFile(const std::string& path, const std::string& firstBytes)
{
    if (path.empty())
        return {};
    const QString name = QString::fromStdString(path);
    FileFacts facts = lookAtFolder(QFileInfo(name).path().toStdString());
    facts.path = path;
    facts.there = QFileInfo::exists(name);
    if (!facts.there)
        return facts;
    QFile file(name);
    facts.writable = QFileInfo(name).isFile() && file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly);
    facts.onlyOurs = isOnlyOurs(name);
    if (!firstBytes.empty() && (file.isOpen() || file.open(QIODevice::ReadOnly)))
        facts.sound = file.size() == 0 || file.read(static_cast<qint64>(firstBytes.size())).toStdString() == firstBytes;
    return facts;
}

std::string ollamaModelsFolder(const std::string& ollamaModels)
{
    return ollamaModels.empty() ? QDir::homePath().toStdString() + "/.ollama/models" : ollamaModels;
}

} // namespace drover::app
