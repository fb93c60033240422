// SPDX-License-Identifier: MIT
#include "app/doctor/system_facts.h"

#include <QDir>
#include <QFileInfo>

namespace drover::app {

SystemFacts lookAtSystem(const Environment&)
{
    // The menu bar, the keychain and a graphics card (Metal) are always there; the system sets the clock by itself.
    SystemFacts facts{.desktop = true, .graphicsCard = true, .tray = true, .keyring = true};
    const QString agents = QDir::homePath() + QStringLiteral("/Library/LaunchAgents/");
    for (const auto& name : {QLatin1String("com.ollama.ollama.plist"), QLatin1String("homebrew.mxcl.ollama.plist")}) {
        if (QFileInfo::exists(agents + name))
            facts.ollamaServices.push_back((agents + name).toStdString());
    }
    return facts;
}

} // namespace drover::app
