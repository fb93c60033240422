// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/target.h"
#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/settings/settings_source.h"

namespace drover::app {

/// `drover models [list]|load|unload|pull|rm` and `drover free`: what the page *Models* does, for every Ollama of the
/// running Drover, or of the settings where none runs. Ends with Refused where the Ollama says no or a person did,
/// NotRunning where it does not answer.
ExitCode models(
    const Invocation& invocation, const Target& target, const Environment& environment, const Places& places);

} // namespace drover::app
