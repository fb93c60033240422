// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/target.h"
#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/doctor/fact_collector.h"

namespace drover::app {

/// Where the doctor looks, for the Drover that is meant. `programFolder` is that of this program.
DoctorScene doctorScene(const SettingsSource& source, const Target& target, const Environment& environment,
    const Places& places, const std::string& programFolder);

/// `drover doctor`, with --fix and --bundle. Needs a QCoreApplication that does not run yet.
ExitCode doctor(
    const Invocation& invocation, const Target& target, const Environment& environment, const Places& places);

} // namespace drover::app
