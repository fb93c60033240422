// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/settings/places.h"

namespace drover::app {

/// `drover config get|set|list|default|path|validate`.
ExitCode config(const Invocation& invocation, const Environment& environment, const Places& places);

} // namespace drover::app
