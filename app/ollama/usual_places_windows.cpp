// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_search.h"

#include <QDir>

namespace drover::app {

QStringList usualOllamaPlaces()
{
    QStringList places;
    for (const auto& [variable, below] : {std::pair{"LOCALAPPDATA", "/Programs/Ollama/ollama.exe"},
             std::pair{"ProgramFiles", "/Ollama/ollama.exe"}, std::pair{"USERPROFILE", "/scoop/shims/ollama.exe"}}) {
        if (const QString folder = qEnvironmentVariable(variable); !folder.isEmpty())
            places << QDir::fromNativeSeparators(folder) + QLatin1String(below);
    }
    return places;
}

} // namespace drover::app
