// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace drover {

/// The last part of a path, with `/` or `\` between the parts.
std::string_view baseName(std::string_view path);

/// The name of the interpreter that an executable is: "python" for "python3.11" or "pypy3", "node" for "nodejs". Empty
/// for every other program. Case does not matter; without ".exe".
std::string_view interpreterName(std::string_view executable);

/// What an interpreter runs, as a person would say it: "python train.py", "node server.js", "java App", or the name of
/// the program itself where the script is an installed one ("aider", "Open WebUI"). Only the interpreter's name when
/// its arguments name no script, or hold code.
///
/// `interpreter` is one of interpreterName's names; `arguments` are those after the program's own name. Values that are
/// not plainly the name of a script, module or class are never used.
std::string scriptName(std::string_view interpreter, std::span<const std::string> arguments);

} // namespace drover
