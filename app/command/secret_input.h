// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace drover::app {

/// One line of standard input, without its end. In a terminal it is asked for with `question`, and what is typed is not
/// shown. Nothing when there is no line, or it is far too long for a secret.
std::optional<std::string> readSecretLine(const std::string& question);

} // namespace drover::app
