// SPDX-License-Identifier: MIT
#include "app/ollama/models_folder.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

namespace drover::app {

namespace {

QString namedFolder(const ModelsFolderHints& hints)
{
    const QLatin1String name("OLLAMA_MODELS=");
    QString named = hints.isService ? QString() : hints.ofSystem;
    for (const QString& each : hints.environment) {
        if (each.startsWith(name))
            named = each.mid(name.size());
    }
    return named.trimmed();
}

} // namespace

QString modelsFolder(const ModelsFolderHints& hints)
{
    const QString named = namedFolder(hints);
    if (!named.isEmpty())
        return named;
    return hints.isService ? QStringLiteral("/usr/share/ollama/.ollama/models")
                           : hints.home + QStringLiteral("/.ollama/models");
}

QString missingModelsFolder(const ModelsFolderHints& hints)
{
    const QString named = namedFolder(hints);
    if (named.isEmpty() || QFileInfo::exists(named))
        return {};
    return QFileInfo::exists(QFileInfo(QDir::cleanPath(named)).absolutePath()) ? QString() : named;
}

std::optional<std::uint64_t> freeBytes(const QString& folder)
{
    QString place = QDir::cleanPath(folder);
    while (!place.isEmpty() && !QFileInfo::exists(place)) {
        const QString parent = QFileInfo(place).absolutePath();
        if (parent == place)
            break;
        place = parent;
    }
    const QStorageInfo storage(place);
    if (folder.isEmpty() || !storage.isValid() || storage.bytesAvailable() < 0)
        return {};
    return static_cast<std::uint64_t>(storage.bytesAvailable());
}

} // namespace drover::app
