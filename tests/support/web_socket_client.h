// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/plain_client.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace drover {

/// One frame as a client sends it: masked, unless `mask` is empty.
struct ClientFrame {
    int opcode = 1;
    std::string payload = {};
    bool last = true;
    std::string mask = "\x11\xa2\x33\xc4";
    int lengthBytes = -1; ///< 0, 2 or 8; -1 means the shortest
    std::uint64_t claims = UINT64_MAX; ///< another length than the payload's

    std::string bytes() const
    {
        const std::uint64_t length = claims == UINT64_MAX ? payload.size() : claims;
        const int more = lengthBytes >= 0 ? lengthBytes : length < 126 ? 0 : length <= 0xffff ? 2 : 8;
        const unsigned masked = mask.empty() ? 0 : 0x80;
        std::string frame;
        frame += static_cast<char>((last ? 0x80 : 0) | opcode);
        frame += static_cast<char>(masked | (more == 0 ? length : more == 2 ? 126u : 127u));
        for (int shift = 8 * (more - 1); shift >= 0; shift -= 8)
            frame += static_cast<char>(length >> shift & 0xff);
        frame += mask;
        for (std::size_t i = 0; i < payload.size(); ++i)
            frame += mask.empty() ? payload[i] : static_cast<char>(payload[i] ^ mask[i % 4]);
        return frame;
    }
};

// For arguments of what is awaited, where GCC 12 takes no braces.
inline std::string frameOf(int opcode, std::string payload)
{
    const ClientFrame frame{.opcode = opcode, .payload = std::move(payload)};
    return frame.bytes();
}
inline std::string textFrame(std::string payload)
{
    return frameOf(1, std::move(payload));
}

/// A WebSocket client that sends what it is told to, byte for byte. Throws when the other end closes too early.
class WebSocketClient : public PlainClient {
public:
    struct Frame {
        int opcode = 0;
        std::string payload = {};
        int closeCode() const
        {
            return payload.size() < 2
                ? 0
                : static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
        }
    };

    using PlainClient::PlainClient;

    static constexpr std::string_view handshake = "GET /workers/connect HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                                                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    /// Connects and shakes hands; `behind` is sent in the same piece.
    Task<Answer> open(Tcp::endpoint to, std::string behind = std::string())
    {
        co_await connect(to);
        co_await send(std::string(handshake) + behind);
        co_return co_await head();
    }

    Task<Frame> frame()
    {
        const std::string start = co_await exactly(2);
        Frame frame{.opcode = start[0] & 0x0f};
        const int length = start[1] & 0x7f;
        std::uint64_t size = static_cast<std::uint64_t>(length);
        if (length >= 126) {
            const std::size_t lengthBytes = length == 126 ? 2 : 8;
            const std::string more = co_await exactly(lengthBytes);
            size = 0;
            for (const char byte : more)
                size = size << 8 | static_cast<unsigned char>(byte);
        }
        frame.payload = co_await exactly(size);
        co_return frame;
    }

    /// Reads until the other end closes; true when it did so without a reset.
    Task<bool> end()
    {
        std::string buffer(64 * 1024, '\0');
        for (;;) {
            const auto [error, size] = co_await socket().async_read_some(asio::buffer(buffer), quiet);
            if (error)
                co_return error == asio::error::eof;
        }
    }
};

} // namespace drover
