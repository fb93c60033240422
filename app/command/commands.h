// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace drover::app {

/// The whole of `drover`, given its arguments without the program's name; returns its exit code. Needs a
/// QCoreApplication.
int runCommand(const std::vector<std::string>& arguments);

} // namespace drover::app
