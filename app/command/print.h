// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace drover::app {

void print(std::string_view text); ///< to standard output, at once
void printError(std::string_view text); ///< to standard error

/// "drover: SENTENCE" to standard error.
void complain(std::string_view sentence);

/// True when standard output is a terminal that understands escape sequences.
bool isTerminal();

} // namespace drover::app
