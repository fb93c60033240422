// SPDX-License-Identifier: MIT
#include "app/window_desk.h"

namespace drover::app {

WindowDesk::WindowDesk(LiveSettings& settings, SecretStore& secrets, std::function<bool()> runs)
    : m_settings(settings)
    , m_secrets(secrets)
    , m_runs(std::move(runs))
{
}

void WindowDesk::keepKey(const std::string& secret, const std::string& key, QObject* context,
    std::function<void(const drover::Result<std::string>&)> done)
{
    m_secrets.write(
        secret, key, context, [done = std::move(done)](const drover::Result<SecretStore::Written>& written) {
            written ? done(written->warning) : done(written.error());
        });
}

void WindowDesk::forgetKey(const std::string& secret)
{
    m_secrets.remove(secret, &m_secrets, [](const drover::Result<>&) {}); // one that is locked up is of no use any more
}

} // namespace drover::app
