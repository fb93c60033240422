// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/target.h"
#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/settings/places.h"
#include "app/settings/settings_source.h"
#include "core/api/snapshot.h"

#include <string>
#include <vector>

namespace drover::app {

/// `drover apps`: every app that asked, and the rules. Without a running Drover the rules alone, of the settings file.
ExitCode listApps(const Invocation& invocation, const Target& target, const SettingsSource& source);

/// `drover apps set APP WORD=VALUE...` and `drover apps reset APP`. Counts at once in a running Drover.
ExitCode changeApp(const Invocation& invocation, const Target& target, const SettingsSource& source);

/// `drover keys list|add|set|rotate|revoke|rename|audit`: keys of apps, which the settings file has, and those of the
/// hosted pool, which its key file has. Without a kind a name means the only key that has it.
ExitCode keys(const Invocation& invocation, const Target& target, const SettingsSource& source, const Places& places);

/// `drover connect [APP] [--test|--set-up|--undo]`: how an app is connected; with --test waits for its first request,
/// with the others changes its settings or takes that back.
ExitCode connectApp(const Invocation& invocation, const Target& target, const Environment& environment);

/// The apps as a table for people.
std::string appsText(const std::vector<drover::UserView>& users);

} // namespace drover::app
