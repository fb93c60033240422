// SPDX-License-Identifier: MIT
#pragma once

#include "app/doctor/facts.h"
#include "app/doctor/finding.h"

#include <span>
#include <vector>

namespace drover::app {

/// Judges one thing.
using Check = Finding (*)(const Facts&);

/// Judges everything. Pure: the same facts give the same findings, one for each check, in the order in which to mend.
/// The sentences are in the language of the application.
std::vector<Finding> diagnose(const Facts& facts);

std::span<const Check> settingsChecks(); ///< what Drover was told
std::span<const Check> droverChecks(); ///< the running Drover and how apps find it
std::span<const Check> ollamaChecks(); ///< what answers behind it
std::span<const Check> systemChecks(); ///< the machine around it

} // namespace drover::app
