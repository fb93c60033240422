// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/target.h"
#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/settings/settings_source.h"

#include <string>

namespace drover::app {

/// `drover host status|start|stop|workers|drain|undrain|remove`. Starting and stopping change the settings file, which
/// a running Drover takes up by itself; then it is waited for a moment, so that the answer is what came of it.
ExitCode host(const Invocation& invocation, const Target& target, const SettingsSource& source);

/// What `drover host status` prints.
std::string hostText(const drover::HostView& host);

/// What `drover host workers` prints.
std::string workersText(const drover::HostView& host);

} // namespace drover::app
