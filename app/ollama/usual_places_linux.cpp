// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_search.h"

#include <QDir>

namespace drover::app {

QStringList usualOllamaPlaces()
{
    return {QStringLiteral("/usr/local/bin/ollama"), QStringLiteral("/usr/bin/ollama"),
        QDir::homePath() + QStringLiteral("/.local/bin/ollama"), QStringLiteral("/opt/ollama/bin/ollama"),
        QStringLiteral("/snap/bin/ollama"), QStringLiteral("/home/linuxbrew/.linuxbrew/bin/ollama")};
}

} // namespace drover::app
