// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>

namespace drover {

/// Where and how a pool's server is dialled. `key` is a secret.
struct PoolAddress {
    std::string url = {}; ///< ws or wss
    std::string key = {}; ///< sent as "Authorization: Bearer KEY" when not empty
    std::string caFile = {}; ///< PEM file of authorities to trust besides the system's; may be empty
    std::string pin = {}; ///< "sha256//BASE64" of the public key that the server must have (RFC 7469); may be empty
    std::size_t messageBytesMax = 0; ///< of one message of the server; a larger one ends the connection
};

// What a socket tells, each with the number of the connection that it is about.

struct PoolSocketOpened { };
struct PoolSocketText {
    std::string text;
};
struct PoolSocketPong { };
/// So many bytes of all that `send` was ever given on this connection have left it.
struct PoolSocketSent {
    std::uint64_t bytes = 0;
};
/// Why a server's certificate was not accepted.
enum class PoolDistrust {
    None,
    Unknown, ///< no authority that this machine trusts has signed it
    WrongName, ///< it is another server's
    WrongTime, ///< it is not valid yet, or not any more, by this machine's clock
    WrongPin ///< it is trusted, but has another key than the pin says
};

/// The end of a connection, also of one that never opened. Nothing of it is told after this.
struct PoolSocketClosed {
    int code = 0; ///< of the WebSocket close, 1000 to 4999; 0 when there was none
    std::string reason = {};
    int httpStatus = 0; ///< when the handshake was answered, but not with 101
    std::string error = {}; ///< of the socket or of TLS
    PoolDistrust distrust = PoolDistrust::None;
    bool offline = false; ///< nothing left this machine: it has no network, or cannot look up names
};

struct PoolSocketEvent {
    std::uint64_t connection = 0;
    std::variant<PoolSocketOpened, PoolSocketText, PoolSocketPong, PoolSocketSent, PoolSocketClosed> what = {};
};

/// A WebSocket client to one pool, one connection at a time. The app has it, since it knows the system's proxies and
/// certificates (design.md D1).
///
/// Called on the core thread; every method returns at once. What happens is told to the function that its maker was
/// given, from any thread, never from within a method; no more once it is destroyed.
class PoolSocket {
public:
    virtual ~PoolSocket() = default;

    /// Starts a connection of that number; the one before, if any, is ended without a word.
    virtual void open(std::uint64_t connection, const PoolAddress& address) = 0;
    virtual void send(std::string text) = 0; ///< one text message, not fragmented
    virtual void ping() = 0;
    /// Sends what `send` was given, then a close frame.
    virtual void close(int code, std::string reason) = 0;
};

using PoolSocketTold = std::function<void(PoolSocketEvent)>;
using PoolSocketMaker = std::function<std::unique_ptr<PoolSocket>(PoolSocketTold)>;

} // namespace drover
