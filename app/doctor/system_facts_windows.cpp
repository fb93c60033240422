// SPDX-License-Identifier: MIT
#include "app/doctor/system_facts.h"

#include <QFileInfo>
#include <QStandardPaths>

namespace drover::app {

SystemFacts lookAtSystem(const Environment& environment)
{
    // The notification area and the credential store are always there.
    SystemFacts facts{.desktop = true, .tray = true, .keyring = true};
    const auto windows = environment.find("SystemRoot");
    if (windows != environment.end())
        facts.graphicsCard =
            QFileInfo::exists(QString::fromStdString(windows->second) + QStringLiteral("\\System32\\nvcuda.dll"))
            ? std::optional(true)
            : std::nullopt; // other makers' cannot be told so
    const QString link =
        QStandardPaths::writableLocation(QStandardPaths::ApplicationsLocation) + QStringLiteral("/Startup/Ollama.lnk");
    if (QFileInfo::exists(link))
        facts.ollamaServices.push_back(link.toStdString());
    return facts;
}

} // namespace drover::app
