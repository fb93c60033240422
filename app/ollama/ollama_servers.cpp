// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_servers.h"

#include "app/ollama/models_folder.h"
#include "app/ollama/ollama_service.h"
#include "app/settings/address.h"

#include <QDir>
#include <QFileInfo>

namespace drover::app {

namespace {

QString localModelsFolder(const OllamaSettings& ollama)
{
    ModelsFolderHints hints{.ofSystem = qEnvironmentVariable("OLLAMA_MODELS"), .home = QDir::homePath()};
    if (ollama.mode == OllamaMode::Supervise) {
        for (const std::string& each : ollama.environment)
            hints.environment << QString::fromStdString(each);
    } else {
        hints.isService = !installedOllamaService().name.empty() && !QFileInfo::exists(modelsFolder(hints));
    }
    return modelsFolder(hints);
}

} // namespace

QString modelsFolderOf(const QUrl& url, const OllamaSettings& ollama)
{
    return isLoopback(url.host().toStdString()) ? localModelsFolder(ollama) : QString();
}

std::string backendName(const drover::BackendConfig& backend)
{
    if (!backend.name.empty())
        return backend.name;
    const auto url = parseUrl(backend.url);
    return url ? addressText({url->host, url->port}) : backend.url;
}

std::vector<OllamaServer> ollamaServers(const drover::Config& config, const OllamaSettings& ollama)
{
    std::vector<OllamaServer> servers;
    if (config.demo)
        return servers;
    for (const drover::BackendConfig& backend : config.backends) {
        const auto url = parseUrl(backend.url);
        if (backend.kind != drover::BackendKind::Ollama || !url)
            continue;
        servers.push_back({.name = QString::fromStdString(backendName(backend)),
            .url = QUrl(QString::fromStdString(backend.url)),
            .apiKey = QString::fromStdString(backend.apiKey),
            .caFile = QString::fromStdString(backend.caFile),
            .modelsFolder = modelsFolderOf(QUrl(QString::fromStdString(backend.url)), ollama)});
    }
    return servers;
}

} // namespace drover::app
