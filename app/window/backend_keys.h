// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"
#include "app/settings/secret_store.h"

#include <functional>
#include <string>

namespace drover::app {

/// Where the keys of backends come from and go to: variables and files that the settings name, and the store of
/// secrets. Main thread.
class BackendKeys {
public:
    /// `secrets` is borrowed and lives longer; `environment` has the keys that backends name.
    BackendKeys(SecretStore& secrets, Environment environment);

    using Found = std::function<void(const drover::BackendConfig&)>;
    /// The backend with the key that its settings name, or without one: for a test. Told at once or later, never once
    /// `context` is gone. The key is in the result alone.
    void find(const BackendSetting& backend, QObject* context, Found found);

    SecretStore& secrets() { return m_secrets; }

    /// The secret of that name is in a file for want of a keyring.
    bool isInFile(const std::string& name) const;

private:
    SecretStore& m_secrets;
    Environment m_environment;
};

/// What the secret of a backend's key is called: "api-example.org" for one without a name. Pure.
std::string secretNameFor(const drover::BackendConfig& backend);

} // namespace drover::app
