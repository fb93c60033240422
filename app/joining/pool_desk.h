// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/secret_store.h"
#include "app/settings/setting.h"
#include "app/settings/settings_edit.h"

#include <QObject>

#include <functional>
#include <optional>
#include <string>

namespace drover::app {

/// Where joining and leaving keep what they must: the settings and the key. The window and the command each have one.
class PoolDesk {
public:
    virtual ~PoolDesk() = default;

    virtual Settings settings() const = 0;

    /// Changes the settings and has the running Drover, if there is one, take them.
    virtual std::optional<EditTrouble> edit(const TextEdit& edit) = 0;

    /// `done` comes later, once; the text is a warning about where the key is, or empty.
    virtual void keepKey(const std::string& secret, const std::string& key, QObject* context,
        std::function<void(const drover::Result<std::string>&)> done) = 0;
    virtual void forgetKey(const std::string& secret) = 0;

    /// Whether there is an engine that will connect.
    virtual bool engineRuns() const = 0;
};

/// The secret in which the key of a pool is kept, see SecretStore.
std::string poolSecretName(const std::string& pool);

/// What leaving a pool took away.
struct Left {
    std::optional<EditTrouble> trouble = {}; ///< then it is still there
    bool wasThere = true;
    bool keyRemoved = false;
    std::string keptKey = {}; ///< where a key is that Drover did not make: a file or a variable of the person's own
};

/// Takes a pool and its key away. A running Drover finishes its jobs first, see LinkFront.
Left leavePool(PoolDesk& desk, const std::string& pool);

/// One sentence on what was removed.
QString leftText(const Left& left, const std::string& pool);

/// `wanted`, or it with "-2" and so on when there is a pool of that name.
std::string freePoolName(const Settings& settings, const std::string& wanted);

} // namespace drover::app
