// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"

#include <string>

namespace drover::app {

/// Where Drover keeps its files. Paths are UTF-8 with forward slashes; nothing is made here.
struct Places {
    std::string settingsFile = {}; ///< drover.toml
    std::string stateFolder = {};
    std::string tokenFile = {}; ///< of control calls
    std::string runningFile = {}; ///< tells the drover command where a running Drover listens
    std::string historyFile = {};
    std::string keysFile = {}; ///< keys and invitations of the pool that this machine hosts, unless the settings say so
    std::string logFile = {}; ///< used where nobody would see standard error
    bool operator==(const Places&) const = default;
};

/// The usual places of this system and user: on Linux ~/.config/drover and ~/.local/state/drover, also by
/// XDG_CONFIG_HOME and XDG_STATE_HOME. DROVER_HOME moves them all: DROVER_HOME/drover.toml and DROVER_HOME/state.
Places findPlaces(const Environment& environment);

/// Where the keys of the hosted pool are by these settings: host.keys_file, else the usual place. Empty for none.
std::string keysFileOf(const Settings& settings, const Places& places);

/// The variables of this process.
Environment processEnvironment();

/// Makes the state folder with access for this user alone. False when that fails.
bool makeStateFolder(const Places& places);

} // namespace drover::app
