// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_search.h"

#include <QDir>

namespace drover::app {

QStringList usualOllamaPlaces()
{
    const QString inBundle = QStringLiteral("/Applications/Ollama.app/Contents/Resources/ollama");
    return {inBundle, QDir::homePath() + inBundle, QStringLiteral("/usr/local/bin/ollama"),
        QStringLiteral("/opt/homebrew/bin/ollama"), QStringLiteral("/opt/local/bin/ollama")};
}

} // namespace drover::app
