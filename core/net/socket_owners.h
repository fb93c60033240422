// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/socket_address.h"
#include "core/protocol/program_name.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace drover {

/// Tells which program of this machine holds a TCP socket, by asking the operating system.
///
/// One implementation per operating system, in the file named for it. Calls block: typically for some ten microseconds
/// for a program seen before, for milliseconds when every process must be asked. Never fails loudly: what the system
/// does not tell is nothing. Not thread-safe; use one per thread.
class SocketOwners {
public:
    SocketOwners();
    ~SocketOwners();
    SocketOwners(const SocketOwners&) = delete;
    SocketOwners& operator=(const SocketOwners&) = delete;

    /// The program at the other end of a connection within this machine. `client` is its address, `server` ours.
    std::optional<ProgramIdentity> find(const SocketAddress& client, const SocketAddress& server);

    /// A program that listens on a TCP port, whatever the address. Where only its account is known, the name is
    /// "a program of user ollama" and the pid 0.
    std::optional<ProgramIdentity> listener(std::uint16_t port);

    /// How often the system was asked about a single file or process; for tests and tuning.
    std::uint64_t questions() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace drover
