// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/socket_address.h"

#include <cstdint>
#include <optional>

namespace drover {

/// A socket as Linux lists it.
struct ListedSocket {
    std::uint64_t inode = 0; ///< never 0
    std::uint32_t account = 0; ///< uid of who opened it
};

/// Linux's table of TCP sockets: by sock_diag(7), a constant-time question; by /proc/net/tcp and tcp6 where that is
/// not permitted or not there. Owns one netlink socket. Not thread-safe.
class SocketTable {
public:
    enum class Source { Netlink, Proc };

    /// Asks netlink first, or only reads /proc.
    explicit SocketTable(Source source = Source::Netlink);
    ~SocketTable();
    SocketTable(const SocketTable&) = delete;
    SocketTable& operator=(const SocketTable&) = delete;

    /// The socket with exactly these ends, seen from its owner.
    std::optional<ListedSocket> connected(const SocketAddress& own, const SocketAddress& other);

    /// A socket that listens on the port, whatever the address.
    std::optional<ListedSocket> listening(std::uint16_t port);

private:
    enum class Netlink { Untried, Works, Refused };

    int m_netlink = -1;
    std::uint32_t m_sequence = 0;
    Netlink m_state = Netlink::Untried;
};

} // namespace drover
