// SPDX-License-Identifier: MIT
#pragma once

#include "app/joining/pool_desk.h"
#include "app/settings/live_settings.h"

#include <QObject>

namespace drover::app {

/// Joining and leaving pools by the window: live settings, and keys in the keyring. GUI thread.
class WindowDesk : public PoolDesk {
public:
    /// All are borrowed and live longer; `runs` tells whether there is an engine.
    WindowDesk(LiveSettings& settings, SecretStore& secrets, std::function<bool()> runs);

    Settings settings() const override { return m_settings.resolved().settings; }
    std::optional<EditTrouble> edit(const TextEdit& edit) override { return m_settings.edit(edit); }
    void keepKey(const std::string& secret, const std::string& key, QObject* context,
        std::function<void(const drover::Result<std::string>&)> done) override;
    void forgetKey(const std::string& secret) override;
    bool engineRuns() const override { return m_runs(); }

private:
    LiveSettings& m_settings;
    SecretStore& m_secrets;
    std::function<bool()> m_runs;
};

} // namespace drover::app
