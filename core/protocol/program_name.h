// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// A program that runs on this machine, as a person would name it.
struct ProgramIdentity {
    std::string name = {}; ///< such as "Zed" or "python train.py"; never empty
    std::uint32_t pid = 0; ///< 0 when the system does not tell
    bool operator==(const ProgramIdentity&) const = default;
};

/// What the operating system tells about a process, as far as it does.
struct ProgramFacts {
    std::string path = {}; ///< of the executable, with `/` or `\`
    std::vector<std::string> arguments = {}; ///< the program's own name first
    std::string description = {}; ///< Windows: FileDescription of the executable
};

inline constexpr std::size_t programNameBytesMax = 64;

/// The name that a person would say: "VS Code" for `/usr/share/code/code --type=utility`, "python train.py" for
/// `/usr/bin/python3.11 /x/train.py --token abc`, "Open WebUI" for `python3 -m open_webui`.
///
/// Of the arguments only the name of a script, module, class or application bundle is ever used, never a value that
/// could be a secret. Valid UTF-8 without control characters, 1..programNameBytesMax bytes; "unknown program" when
/// nothing is known.
std::string programName(const ProgramFacts& facts);

} // namespace drover
