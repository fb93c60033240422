// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/running_file.h"
#include "app/command/client/status_client.h"
#include "app/command/invocation.h"
#include "app/settings/places.h"
#include "app/settings/setting.h"

namespace drover::app {

/// The running Drover that a client command talks to.
struct Target {
    Address status = {};
    std::string proxy = {}; ///< "127.0.0.1:11435"
    std::string token = {}; ///< empty when it cannot be read
    std::string tokenFile = {};
    std::string logFile = {}; ///< empty when none is known

    StatusClient client() const { return StatusClient(status, token); }
};

/// Finds it: by --status-addr, else by environment or settings file where they name an address, else by the note that a
/// running Drover left, else where it usually is. Fails where the given address is none.
Called<Target> findTarget(const Invocation& invocation, const Environment& environment, const Places& places);

} // namespace drover::app
