// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/target.h"
#include "app/command/exit_code.h"
#include "app/command/invocation.h"

namespace drover::app {

/// Says what is wrong on standard error, and what to do where that is known.
ExitCode endWith(const CallTrouble& trouble);

/// `drover pause|resume|drain|undrain` and `drover queue cancel|next`.
ExitCode control(const Invocation& invocation, const Target& target);

/// `drover logs`: the log of the running Drover, else the end of its file.
ExitCode logs(const Invocation& invocation, const Target& target);

/// `drover run -- CMD...`: returns only when the program cannot be started or has ended, with its exit code.
int runProgram(const Invocation& invocation, const Target& target, const Environment& environment);

/// `drover pause -- CMD...`: runs the program while sharing is paused, however it ends. Returns as `runProgram`.
int pauseWhile(const Invocation& invocation, const Target& target);

} // namespace drover::app
