// SPDX-License-Identifier: MIT
#pragma once

#include "app/joining/pool_desk.h"
#include "app/settings/layer.h"

#include <QTimer>

#include <map>

namespace drover::test {

/// Settings and keys that are in memory only.
struct MemoryDesk : app::PoolDesk {
    std::string text;
    std::map<std::string, std::string> secrets;
    bool refusesKeys = false;
    bool refusesEdits = false;
    bool runs = true;

    app::Settings settings() const override
    {
        return app::resolve({app::readSettingsFile(text, "drover.toml")}, {}, {}).settings;
    }

    std::optional<app::EditTrouble> edit(const app::TextEdit& edit) override
    {
        if (refusesEdits)
            return app::EditTrouble{app::EditTrouble::Cause::Unwritable, "the disk is full"};
        const auto made = edit(text);
        if (!made)
            return app::EditTrouble{app::EditTrouble::Cause::BadValue, made.error().detail};
        text = *made;
        return {};
    }

    void keepKey(const std::string& secret, const std::string& key, QObject* context,
        std::function<void(const Result<std::string>&)> done) override
    {
        if (!refusesKeys)
            secrets[secret] = key;
        QTimer::singleShot(0, context,
            [this, done] { refusesKeys ? done(fail(Errc::Io, "the keyring is locked")) : done(std::string()); });
    }

    void forgetKey(const std::string& secret) override { secrets.erase(secret); }
    bool engineRuns() const override { return runs; }
};

} // namespace drover::test
