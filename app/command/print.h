// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace drover::app {

/// To standard output, at once. False when nobody reads it any more.
bool print(std::string_view text);
bool printError(std::string_view text); ///< to standard error

/// "drover: SENTENCE" to standard error.
void complain(std::string_view sentence);

/// Makes a reader that leaves (`drover status | head`) no reason to end with a signal.
void ignoreBrokenPipes();

/// True when standard output is a terminal that understands escape sequences.
bool isTerminal();

} // namespace drover::app
