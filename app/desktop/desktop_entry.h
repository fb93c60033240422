// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

// Texts of .desktop files: freedesktop.org, Desktop Entry Specification 1.5. Pure.

/// The value of an Exec key that starts a program, given by its absolute path, with these arguments; quoted and escaped
/// so that every character reaches the program as it is. Fails with BadRequest where the specification forbids the
/// path.
Result<std::string> execText(const std::vector<std::string>& command);

/// The command that the value of an Exec key starts, without field codes such as %u; empty when it cannot be
/// understood.
std::vector<std::string> commandOfExec(std::string_view value);

/// The value of a key in the group [Desktop Entry], as it stands there; nothing when it is not set.
std::optional<std::string> entryValue(std::string_view text, std::string_view key);

/// True when the key is there and says "true".
bool entrySays(std::string_view text, std::string_view key);

} // namespace drover::app
