// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace drover::app {

/// What is known of an Ollama on this machine that tells where its models are.
struct ModelsFolderHints {
    QStringList environment = {}; ///< "NAME=VALUE", for one that Drover starts
    QString ofSystem = {}; ///< OLLAMA_MODELS of this process
    QString home = {}; ///< of this person
    bool isService = false; ///< a service of the system runs it, with a home of its own
};

/// Where it keeps its models: named by OLLAMA_MODELS, or the usual place. Pure.
QString modelsFolder(const ModelsFolderHints& hints);

/// The folder that OLLAMA_MODELS of these names and that is not there; empty when all is well or it is not named. One
/// that can be made, since its parent is there, is no trouble.
QString missingModelsFolder(const ModelsFolderHints& hints);

/// Bytes that are free where the folder is or will be; nothing when that cannot be told.
std::optional<std::uint64_t> freeBytes(const QString& folder);

} // namespace drover::app
