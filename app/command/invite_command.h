// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/target.h"
#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/settings/settings_source.h"

namespace drover::app {

/// `drover invite`, `drover invite list` and `drover invite withdraw N`: invitations into the pool that this machine
/// hosts. Needs no running Drover; one that runs is asked where it is found.
ExitCode invite(const Invocation& invocation, const Target& target, const SettingsSource& source, const Places& places);

} // namespace drover::app
