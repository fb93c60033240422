// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace drover {

/// A program of this machine that listens on a TCP port.
struct PortHolder {
    std::string name = {}; ///< such as "ollama", or "a program of user ollama" where only its account is known
    std::uint32_t pid = 0; ///< 0 when not known
    bool operator==(const PortHolder&) const = default;
};

/// Who listens on a port; nothing when nobody does or the system does not tell. Any thread. Blocks for milliseconds.
std::optional<PortHolder> portHolder(std::uint16_t port);

} // namespace drover
