// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_service.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace drover::app {

OllamaService serviceOfProcess(std::int64_t pid)
{
    constexpr qint64 bytesMax = 16 * 1024;
    QFile file(QStringLiteral("/proc/%1/cgroup").arg(pid));
    if (pid <= 0 || !file.open(QIODevice::ReadOnly))
        return {};
    return serviceInCgroup(file.read(bytesMax).toStdString());
}

OllamaService installedOllamaService()
{
    const QString unit = QStringLiteral("ollama.service");
    for (const auto* folder : {"/etc/systemd/system/", "/usr/local/lib/systemd/system/", "/usr/lib/systemd/system/",
             "/lib/systemd/system/"}) {
        if (QFileInfo::exists(QLatin1String(folder) + unit))
            return {unit.toStdString(), "sudo systemctl start ollama"};
    }
    if (QFileInfo::exists(QDir::homePath() + QStringLiteral("/.config/systemd/user/") + unit))
        return {unit.toStdString(), "systemctl --user start ollama"};
    return {};
}

} // namespace drover::app
