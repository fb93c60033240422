// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace drover::app {

using Variables = std::vector<std::pair<std::string, std::string>>;

/// Runs a program with more variables in its environment. On Unix it takes this process's place and this returns only
/// when it cannot be started: 127 when there is no such program, 126 when it cannot be run. On Windows it returns the
/// program's exit code.
int runInEnvironment(const std::vector<std::string>& command, const Variables& variables);

} // namespace drover::app
