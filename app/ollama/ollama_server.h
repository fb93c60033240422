// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

namespace drover::app {

/// An Ollama that models are managed on, as the settings name it.
struct OllamaServer {
    QString name = {}; ///< of the backend
    QUrl url = {}; ///< http or https, with a path where there is one
    QString apiKey = {}; ///< sent as `Authorization: Bearer` where not empty; never shown
    QString caFile = {}; ///< PEM file of an authority to trust for https besides the system's
    QString modelsFolder = {}; ///< where it keeps its models on this machine; empty when that is not known
    bool operator==(const OllamaServer&) const = default;
};

} // namespace drover::app
