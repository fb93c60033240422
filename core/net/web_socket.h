// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace drover {

/// A WebSocket (RFC 6455) that a client opened to us, from `Exchange::upgrade`. Core thread.
///
/// Text and binary messages are told alike, whole. Pings are answered. What `send` was given goes out in its order;
/// nothing waits for anybody, so whoever sends looks at `unsent`.
class WebSocket {
public:
    /// Both may be called inside any method but `send`'s; after `closed` nothing is.
    struct Listener {
        /// `text` is valid during the call.
        std::function<void(std::string_view text)> message = {};
        /// Once, however it ended. `code` is that of the peer's close frame, or ours; 1006 when there was none.
        std::function<void(std::uint16_t code, const std::string& reason)> closed = {};
    };

    virtual ~WebSocket() = default; ///< ends it without a word and without `closed`

    /// Once. Reads from now on.
    virtual void start(Listener listener) = 0;

    virtual void send(std::string text) = 0; ///< one text message; ignored when it is closed
    virtual std::size_t unsent() const = 0; ///< bytes that `send` was given and the socket has not taken
    virtual void ping() = 0;
    virtual std::uint64_t bytesRead() const = 0; ///< since the start: it is alive when this grows

    /// Sends what is unsent, then a close frame with this code, and ends within `closeTimeMax`; then `closed`.
    virtual void close(std::uint16_t code, std::string_view reason) = 0;

    static constexpr int closeTimeMaxSeconds = 5;
};

} // namespace drover
