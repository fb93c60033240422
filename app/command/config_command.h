// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/settings/places.h"

namespace drover::app {

/// `drover config get|set|list|default|path|validate`.
ExitCode config(const Invocation& invocation, const Environment& environment, const Places& places);

struct EditTrouble;

/// Complains that the settings stay as they are, and says how the command ends.
ExitCode endWith(const EditTrouble& trouble);

} // namespace drover::app
