// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace drover {

enum class WebSocketOpcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// Close codes of RFC 6455 section 7.4.1 that we give or tell.
namespace close_code {
inline constexpr std::uint16_t goingAway = 1001;
inline constexpr std::uint16_t protocolError = 1002;
inline constexpr std::uint16_t noneGiven = 1005; ///< never on the wire
inline constexpr std::uint16_t vanished = 1006; ///< never on the wire
inline constexpr std::uint16_t notUtf8 = 1007;
inline constexpr std::uint16_t tooLarge = 1009;
inline constexpr std::uint16_t ourFault = 1011;
} // namespace close_code

/// The longest payload of a control frame.
inline constexpr std::size_t webSocketControlBytesMax = 125;

/// The head of one whole, unmasked frame as a server sends it.
struct WebSocketFrameHead {
    WebSocketFrameHead(WebSocketOpcode opcode, std::uint64_t payloadBytes);
    std::array<char, 10> bytes{};
    std::uint8_t size = 0;
    std::string_view text() const { return {bytes.data(), size}; }
};

/// The payload of a close frame; a long `reason` is cut between characters.
std::string webSocketClosePayload(std::uint16_t code, std::string_view reason);

/// Takes apart what a client sends on a WebSocket (RFC 6455 section 5), in pieces of any size. Pure.
///
/// A message whose frame lies whole in what `feed` is given is told out of there, without a copy. Otherwise it is kept,
/// up to `messageBytesMax`, and its memory given back as soon as it was told: nothing is held between messages.
class WebSocketReader {
public:
    /// Each returns whether reading goes on; `feed` ends with the first false.
    class Sink {
    public:
        virtual ~Sink() = default;
        virtual bool message(std::string_view text) = 0; ///< valid during the call, like all others
        virtual bool pinged(std::string_view payload) = 0;
        virtual bool ponged() = 0;
        virtual bool closing(std::uint16_t code, std::string_view reason) = 0;
        /// The stream is broken, to be closed with `code`; nothing more can be read from it.
        virtual void broken(std::uint16_t code, std::string_view reason) = 0;
    };

    WebSocketReader(std::size_t messageBytesMax, Sink& sink);

    /// Takes all of `bytes`, which it unmasks in place, unless the sink says no.
    void feed(char* bytes, std::size_t size);

private:
    bool takeHead(const char*& at, const char* end);
    bool checkHead();
    bool takePayload(char*& at, const char* end);
    bool frameDone(std::string_view whole);
    bool control(std::string_view payload);
    bool closeFrame(std::string_view payload);
    bool breakOff(std::uint16_t code, std::string_view reason);

    std::size_t m_messageBytesMax;
    Sink& m_sink;
    std::string m_message; ///< of the message in parts, unmasked
    std::string m_control; ///< of the control frame in parts, unmasked
    std::uint64_t m_left = 0; ///< bytes of the frame's payload that have not come
    std::array<unsigned char, 14> m_head{};
    std::array<unsigned char, 4> m_mask{}; ///< turned, so that it begins with the next byte
    std::uint8_t m_headSize = 0; ///< bytes in `m_head`
    bool m_inPayload = false;
    bool m_last = false; ///< the frame ends its message
    bool m_inMessage = false; ///< a message has begun and its last frame has not
    bool m_text = false; ///< the message is text
    WebSocketOpcode m_opcode = WebSocketOpcode::Text; ///< of the frame
};

} // namespace drover
