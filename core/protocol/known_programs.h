// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace drover {

/// The name by which people know a program, module or package: "VS Code" for "code", "Open WebUI" for "open_webui".
/// Case does not matter; blanks, `-` and `_` are one. Empty when the name is nothing special.
std::string_view knownProgram(std::string_view name);

} // namespace drover
