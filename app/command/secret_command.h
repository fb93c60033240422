// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/invocation.h"
#include "app/settings/places.h"

namespace drover::app {

/// `drover secret set|list|rm`. Handles events until the keyring has answered; a Drover that runs is told to read its
/// secrets again.
ExitCode secret(const Invocation& invocation, const Environment& environment, const Places& places);

} // namespace drover::app
