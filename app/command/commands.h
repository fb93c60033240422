// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/invocation.h"

namespace drover::app {

/// The whole of `drover`, given its arguments without the program's name. Needs a QCoreApplication.
ExitCode runCommand(const std::vector<std::string>& arguments);

} // namespace drover::app
