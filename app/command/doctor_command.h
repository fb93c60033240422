// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/target.h"
#include "app/command/doctor.h"
#include "app/command/exit_code.h"
#include "app/command/invocation.h"

namespace drover::app {

/// Looks at this machine: files, environment, who answers where. Takes a few seconds at most.
Facts collectFacts(
    const Invocation& invocation, const Target& target, const Environment& environment, const Places& places);

/// `drover doctor`.
ExitCode doctor(
    const Invocation& invocation, const Target& target, const Environment& environment, const Places& places);

/// Files and sockets that this process may have open at once; 0 where the system has no such limit.
std::uint64_t openFilesMax();

} // namespace drover::app
