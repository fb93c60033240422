// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/command_line.h"

#include <string>

namespace drover::app {

/// Scripts that complete the commands, options and values of a tree.
/// Formats: bash(1) "Programmable Completion", zshcompsys(1), fish's complete(1).
std::string bashCompletion(const CommandNode& root);
std::string zshCompletion(const CommandNode& root);
std::string fishCompletion(const CommandNode& root);

} // namespace drover::app
