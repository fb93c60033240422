// SPDX-License-Identifier: MIT
#pragma once

#include "core/protocol/program_name.h"

#include <cstdint>
#include <optional>
#include <string>

namespace drover {

/// The program that listens on a TCP port of this machine; nothing when none does or the system does not tell. Where
/// only its account is known, the name is "a program of user ollama" and the pid 0. Blocks for milliseconds.
std::optional<ProgramIdentity> whoListens(std::uint16_t port);

/// One sentence or two for people about a port that is taken: "Port 11435 is used by Ollama (pid 12)." Tells what to do
/// about Ollama's gateway for Claude Desktop, which listens on 11435 on macOS.
std::string portTakenSentence(std::uint16_t port, const std::optional<ProgramIdentity>& owner);

} // namespace drover
