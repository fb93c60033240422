// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/invocation.h"

namespace drover::app {

/// `drover serve` and `drover pool-server`: runs the engine until it is told to stop. Needs a QCoreApplication.
ExitCode serve(const Invocation& invocation);

} // namespace drover::app
