// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/settings/places.h"

namespace drover::app {

/// `drover history`, `drover history delete` and `drover usage`: of the file, whether Drover runs or not.
/// `drover pools ledger [POOL]`: what pools were given per day, read from disk; no Drover need run.
ExitCode ledger(const Invocation& invocation, const Places& places);

ExitCode history(const Invocation& invocation, const Places& places);

} // namespace drover::app
