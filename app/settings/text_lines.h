// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <toml++/toml.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

// Places and lines in the text of a settings file. Pure.

/// Byte offset of a position that toml++ counts in lines and characters.
std::size_t offsetOf(std::string_view text, const toml::source_position& position);

std::string_view withoutBlanks(std::string_view line);

/// Without their ends but a carriage return.
std::vector<std::string> splitLines(std::string_view text);

std::string joinLines(const std::vector<std::string>& lines);

/// BadConfig: the file was broken before anything changed.
drover::Error brokenFile(const toml::source_position& position, std::string_view what);

} // namespace drover::app
