// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/client_socket.h"
#include "core/net/open_web_sockets.h"
#include "core/net/web_socket.h"

#include <memory>
#include <string>
#include <string_view>

namespace drover {

/// The WebSocket that a client's connection became. Core thread.
///
/// An idle one holds no buffer. Messages are told out of one buffer of the thread; those that came together are told
/// together. When the peer breaks the rules it gets a close frame that says so, and what it still sends is thrown away
/// for `closeTimeMaxSeconds`, so that no reset destroys that frame; `closed` does not wait for this.
class ClientWebSocket final : public WebSocket {
public:
    /// `socket` is non-blocking and past the handshake; `input` was read behind it.
    ClientWebSocket(
        ClientSocket socket, std::string input, std::size_t messageBytesMax, std::shared_ptr<OpenWebSockets> all);
    ~ClientWebSocket() override;
    ClientWebSocket(const ClientWebSocket&) = delete;
    ClientWebSocket& operator=(const ClientWebSocket&) = delete;

    void start(Listener listener) override;
    void send(std::string text) override;
    std::size_t unsent() const override;
    void ping() override;
    std::uint64_t bytesRead() const override;
    void close(std::uint16_t code, std::string_view reason) override;

private:
    class State;
    std::shared_ptr<State> m_state; ///< shared with what is under way, which may end after it
};

/// Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455 section 4.2.2).
std::string webSocketAccept(std::string_view key);

} // namespace drover
