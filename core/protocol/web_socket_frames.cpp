// SPDX-License-Identifier: MIT
#include "core/protocol/web_socket_frames.h"

#include "core/protocol/json_text.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace drover {
namespace {

constexpr std::size_t controlHeadBytes = 2;

/// Bytes of a frame's head when its second byte is this one.
std::size_t headBytes(unsigned char second)
{
    const unsigned length = second & 0x7fu;
    return 2 + (length == 126 ? 2u : length == 127 ? 8u : 0u) + ((second & 0x80u) != 0 ? 4u : 0u);
}

void unmask(char* bytes, std::size_t size, const std::array<unsigned char, 4>& mask)
{
    std::uint32_t half = 0;
    std::memcpy(&half, mask.data(), sizeof half);
    const std::uint64_t word = (static_cast<std::uint64_t>(half) << 32) | half;
    std::size_t at = 0;
    for (; at + sizeof word <= size; at += sizeof word) {
        std::uint64_t part = 0;
        std::memcpy(&part, bytes + at, sizeof part);
        part ^= word;
        std::memcpy(bytes + at, &part, sizeof part);
    }
    for (; at < size; ++at)
        bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ mask[at % 4]);
}

bool isUtf8(std::string_view text)
{
    constexpr std::uint64_t highBits = 0x8080808080808080u;
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t part = 0;
        if (at + sizeof part <= text.size()) {
            std::memcpy(&part, text.data() + at, sizeof part);
            if ((part & highBits) == 0) {
                at += sizeof part;
                continue;
            }
        }
        const int length = utf8Length(text.substr(at));
        if (length == 0)
            return false;
        at += static_cast<std::size_t>(length);
    }
    return true;
}

bool isControl(WebSocketOpcode opcode)
{
    return opcode >= WebSocketOpcode::Close;
}

/// Codes that may stand in a close frame (RFC 6455 section 7.4, and the registry for 1012 to 1014).
bool isCloseCode(std::uint16_t code)
{
    const bool reserved = code == 1004 || code == 1005 || code == 1006;
    return (code >= 1000 && code <= 1014 && !reserved) || (code >= 3000 && code <= 4999);
}

} // namespace

WebSocketFrameHead::WebSocketFrameHead(WebSocketOpcode opcode, std::uint64_t payloadBytes)
{
    const auto put = [this](std::uint64_t byte) { bytes[size++] = static_cast<char>(byte & 0xffu); };
    put(0x80u | static_cast<unsigned>(opcode));
    if (payloadBytes < 126) {
        put(payloadBytes);
        return;
    }
    const int lengthBytes = payloadBytes <= 0xffff ? 2 : 8;
    put(lengthBytes == 2 ? 126 : 127);
    for (int shift = 8 * (lengthBytes - 1); shift >= 0; shift -= 8)
        put(payloadBytes >> shift);
}

std::string webSocketClosePayload(std::uint16_t code, std::string_view reason)
{
    std::size_t size = std::min(reason.size(), webSocketControlBytesMax - 2);
    while (size > 0 && size < reason.size() && (static_cast<unsigned char>(reason[size]) & 0xc0u) == 0x80u)
        --size;
    std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
    payload.append(reason.substr(0, size));
    return payload;
}

WebSocketReader::WebSocketReader(std::size_t messageBytesMax, Sink& sink)
    : m_messageBytesMax(messageBytesMax)
    , m_sink(sink)
{
}

void WebSocketReader::feed(char* bytes, std::size_t size)
{
    const char* const end = bytes + size;
    for (;;) {
        if (!m_inPayload) {
            const char* at = bytes;
            const bool whole = takeHead(at, end);
            bytes += at - bytes;
            if (!whole || !checkHead())
                return;
        }
        if (!takePayload(bytes, end) || bytes == end)
            return;
    }
}

/// Collects a frame's head; false while it is not whole.
bool WebSocketReader::takeHead(const char*& at, const char* end)
{
    while (at != end) {
        m_head[m_headSize++] = static_cast<unsigned char>(*at++);
        if (m_headSize >= controlHeadBytes && m_headSize == headBytes(m_head[1]))
            return true;
    }
    return false;
}

/// Reads the whole head in `m_head`; false when the stream is broken.
bool WebSocketReader::checkHead()
{
    const unsigned first = m_head[0];
    const unsigned length = m_head[1] & 0x7fu;
    const std::size_t lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
    m_left = lengthBytes == 0 ? length : 0;
    for (std::size_t i = 0; i < lengthBytes; ++i)
        m_left = (m_left << 8) | m_head[2 + i];
    m_opcode = static_cast<WebSocketOpcode>(first & 0x0fu);
    m_last = (first & 0x80u) != 0;
    m_headSize = 0;
    m_inPayload = true;
    if ((first & 0x70u) != 0)
        return breakOff(close_code::protocolError, "reserved bits are set");
    if ((m_head[1] & 0x80u) == 0)
        return breakOff(close_code::protocolError, "a client's frame must be masked");
    if ((lengthBytes == 2 && m_left < 126) || (lengthBytes == 8 && (m_left <= 0xffff || (m_left >> 63) != 0)))
        return breakOff(close_code::protocolError, "the length is not in its shortest form");
    std::copy_n(m_head.begin() + 2 + static_cast<std::ptrdiff_t>(lengthBytes), m_mask.size(), m_mask.begin());
    switch (m_opcode) {
    case WebSocketOpcode::Close:
    case WebSocketOpcode::Ping:
    case WebSocketOpcode::Pong:
        if (!m_last || m_left > webSocketControlBytesMax)
            return breakOff(close_code::protocolError, "a control frame is too long or in parts");
        return true;
    case WebSocketOpcode::Text:
    case WebSocketOpcode::Binary:
        if (m_inMessage)
            return breakOff(close_code::protocolError, "a message begins inside another");
        m_text = m_opcode == WebSocketOpcode::Text;
        m_inMessage = true;
        break;
    case WebSocketOpcode::Continuation:
        if (!m_inMessage)
            return breakOff(close_code::protocolError, "a message goes on that never began");
        break;
    default:
        return breakOff(close_code::protocolError, "an unknown kind of frame");
    }
    if (m_left > m_messageBytesMax - m_message.size())
        return breakOff(close_code::tooLarge, "the message is too large");
    return true;
}

/// Takes what is there of the payload, and tells the frame when it is whole. False when the sink wants no more, or the
/// payload goes on beyond `end`.
bool WebSocketReader::takePayload(char*& at, const char* end)
{
    const auto there = static_cast<std::size_t>(end - at);
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, there));
    char* const begin = at;
    unmask(begin, size, m_mask);
    at += size;
    m_left -= size;
    std::string& kept = isControl(m_opcode) ? m_control : m_message;
    if (m_left == 0 && kept.empty() && m_last) {
        m_inPayload = false;
        return frameDone({begin, size});
    }
    kept.append(begin, size);
    if (m_left > 0) {
        std::rotate(m_mask.begin(), m_mask.begin() + static_cast<std::ptrdiff_t>(size % 4), m_mask.end());
        return false;
    }
    m_inPayload = false;
    if (!m_last)
        return true;
    const std::string whole = std::exchange(kept, {});
    return frameDone(whole);
}

bool WebSocketReader::frameDone(std::string_view whole)
{
    if (isControl(m_opcode))
        return control(whole);
    m_inMessage = false;
    if (m_text && !isUtf8(whole))
        return breakOff(close_code::notUtf8, "the text is not UTF-8");
    return m_sink.message(whole);
}

bool WebSocketReader::control(std::string_view payload)
{
    if (m_opcode == WebSocketOpcode::Close)
        return closeFrame(payload);
    return m_opcode == WebSocketOpcode::Ping ? m_sink.pinged(payload) : m_sink.ponged();
}

bool WebSocketReader::closeFrame(std::string_view payload)
{
    if (payload.empty())
        return m_sink.closing(close_code::noneGiven, {});
    if (payload.size() == 1)
        return breakOff(close_code::protocolError, "a close frame with half a code");
    const auto byte = [payload](
                          std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(payload[at])); };
    const auto code = static_cast<std::uint16_t>(byte(0) << 8 | byte(1));
    if (!isCloseCode(code))
        return breakOff(close_code::protocolError, "a close code that may not be sent");
    if (!isUtf8(payload.substr(2)))
        return breakOff(close_code::notUtf8, "the reason is not UTF-8");
    return m_sink.closing(code, payload.substr(2));
}

bool WebSocketReader::breakOff(std::uint16_t code, std::string_view reason)
{
    m_sink.broken(code, reason);
    return false;
}

} // namespace drover
