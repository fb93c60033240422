// SPDX-License-Identifier: MIT
#include "app/window/backend_keys.h"

#include "app/settings/settings_source.h"

#include <QUrl>

#include <algorithm>

namespace drover::app {

BackendKeys::BackendKeys(SecretStore& secrets, Environment environment)
    : m_secrets(secrets)
    , m_environment(std::move(environment))
{
}

void BackendKeys::find(const BackendSetting& backend, QObject* context, Found found)
{
    drover::BackendConfig config = backend.backend;
    if (const auto variable = m_environment.find(backend.apiKeyEnv); variable != m_environment.end())
        config.apiKey = variable->second;
    else if (!backend.apiKeyFile.empty()) {
        if (const auto text = readTextFile(backend.apiKeyFile))
            config.apiKey = text->substr(0, text->find_first_of("\r\n"));
    }
    if (!config.apiKey.empty() || backend.apiKeySecret.empty())
        return found(config);
    m_secrets.read(backend.apiKeySecret, context,
        [config, found = std::move(found)](const drover::Result<std::string>& value) mutable {
            if (value)
                config.apiKey = *value;
            found(config);
        });
}

bool BackendKeys::isInFile(const std::string& name) const
{
    const auto entries = m_secrets.list();
    return entries && std::ranges::any_of(*entries, [&name](const SecretStore::Entry& entry) {
        return entry.name == name && entry.place == SecretStore::Place::File && !entry.stays;
    });
}

std::string secretNameFor(const drover::BackendConfig& backend)
{
    const QString host = QUrl(QString::fromStdString(backend.url)).host();
    std::string name = "api-" + (backend.name.empty() ? host.toStdString() : backend.name);
    for (char& letter : name) {
        if (!isSecretName(std::string("a") + letter))
            letter = '-';
    }
    return name.substr(0, secretNameBytesMax);
}

} // namespace drover::app
