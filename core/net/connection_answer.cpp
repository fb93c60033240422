// SPDX-License-Identifier: MIT
// The half of Connection that writes answers.
#include "core/net/connection.h"

#include "core/net/client_web_socket.h"
#include "core/protocol/web_socket_handshake.h"

#include <charconv>

namespace drover {
namespace {

const boost::system::system_error clientGone{boost::asio::error::make_error_code(boost::asio::error::connection_reset)};

void appendNumber(std::string& text, std::uint64_t number, int base = 10)
{
    char digits[24];
    text.append(digits, std::to_chars(digits, digits + sizeof digits, number, base).ptr);
}

} // namespace

std::string_view statusWords(int status)
{
    switch (status) {
    case 101:
        return "101 Switching Protocols";
    case 200:
        return "200 OK";
    case 201:
        return "201 Created";
    case 204:
        return "204 No Content";
    case 304:
        return "304 Not Modified";
    case 400:
        return "400 Bad Request";
    case 401:
        return "401 Unauthorized";
    case 403:
        return "403 Forbidden";
    case 404:
        return "404 Not Found";
    case 405:
        return "405 Method Not Allowed";
    case 408:
        return "408 Request Timeout";
    case 409:
        return "409 Conflict";
    case 411:
        return "411 Length Required";
    case 413:
        return "413 Content Too Large";
    case 426:
        return "426 Upgrade Required";
    case 429:
        return "429 Too Many Requests";
    case 431:
        return "431 Request Header Fields Too Large";
    case 499:
        return "499 Client Closed Request";
    case 500:
        return "500 Internal Server Error";
    case 501:
        return "501 Not Implemented";
    case 502:
        return "502 Bad Gateway";
    case 503:
        return "503 Service Unavailable";
    case 504:
        return "504 Gateway Timeout";
    case 529:
        return "529 Overloaded";
    default:
        return {};
    }
}

std::string_view Connection::tryRaw(std::string_view bytes)
{
    if (m_phase == Phase::Closed)
        throw clientGone;
    if (m_phase != Phase::Body) // there it is the 100 Continue, which is no answer
        m_phase = Phase::Answering;
    error_code error;
    const std::size_t size = m_socket.writeSome(bytes, error);
    if (error && !wouldBlock(error)) {
        leave();
        throw boost::system::system_error(error);
    }
    return bytes.substr(size);
}

Task<> Connection::raw(std::string_view bytes)
{
    for (bytes = tryRaw(bytes); !bytes.empty(); bytes = tryRaw(bytes)) {
        setDeadline(m_limits.writeTimeMax);
        m_writing = true;
        const auto [error] = co_await m_socket.socket().async_wait(m_socket.writeWait(), quiet);
        m_writing = false;
        m_deadline = TimePoint::max();
        if (error || m_phase == Phase::Closed) {
            leave();
            throw clientGone;
        }
    }
}

std::string_view Connection::connectionLine() const
{
    const bool old = m_parser.head().version < 11;
    if (!m_keep)
        return "Connection: close\r\n";
    return old ? "Connection: keep-alive\r\n" : "";
}

Task<> Connection::answer(int status, std::string_view contentType, std::string_view body, HeaderLines more)
{
    // An answer before the request is whole ends the connection, unless what is left is little.
    if (!m_parser.done() && (m_parser.head().chunked || m_parser.head().contentLength > skippedBodyBytesMax))
        m_keep = false;
    std::string bytes = "HTTP/1.1 ";
    bytes.reserve(256 + more.size() + body.size());
    const std::string_view words = statusWords(status);
    if (words.empty())
        appendNumber(bytes, static_cast<std::uint64_t>(status));
    bytes.append(words).append("\r\n");
    if (!contentType.empty())
        bytes.append("Content-Type: ").append(contentType).append("\r\n");
    if (status != 204 && status != 304) {
        bytes.append("Content-Length: ");
        appendNumber(bytes, body.size());
        bytes.append("\r\n");
    }
    bytes.append(more).append(connectionLine()).append("\r\n");
    if (m_parser.head().method != "HEAD" && status != 204 && status != 304)
        bytes.append(body);
    co_await raw(bytes);
    rawEnd();
}

Task<> Connection::begin(int status, std::string_view contentType, HeaderLines more)
{
    m_chunked = m_parser.head().version >= 11;
    if (!m_chunked)
        m_keep = false;
    std::string bytes = "HTTP/1.1 ";
    bytes.append(statusWords(status)).append("\r\nContent-Type: ").append(contentType).append("\r\n");
    bytes.append(m_chunked ? "Transfer-Encoding: chunked\r\n" : "")
        .append(more)
        .append(connectionLine())
        .append("\r\n");
    co_await raw(bytes);
}

Task<> Connection::piece(std::string_view bytes)
{
    if (bytes.empty())
        co_return;
    if (!m_chunked) {
        co_await raw(bytes);
        co_return;
    }
    std::string chunk;
    chunk.reserve(bytes.size() + 16);
    appendNumber(chunk, bytes.size(), 16);
    chunk.append("\r\n").append(bytes).append("\r\n");
    co_await raw(chunk);
}

Task<> Connection::end()
{
    if (m_chunked)
        co_await raw("0\r\n\r\n");
    rawEnd();
}

void Connection::rawEnd()
{
    if (m_phase != Phase::Closed)
        m_phase = Phase::Answered;
    m_onLeave = nullptr;
}

Task<Result<std::unique_ptr<WebSocket>>> Connection::upgrade(std::size_t messageBytesMax)
{
    const auto key = webSocketKey(head());
    if (!key)
        co_return key.error();
    std::string bytes = "HTTP/1.1 ";
    bytes.append(statusWords(101)).append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ");
    bytes.append(webSocketAccept(*key)).append("\r\n\r\n");
    co_await raw(bytes);
    // The connection is over for HTTP. A wait that is under way ends with nothing to do.
    m_onLeave = nullptr;
    m_phase = Phase::Closed;
    error_code ignored;
    m_socket.socket().cancel(ignored);
    std::unique_ptr<WebSocket> webSocket = std::make_unique<ClientWebSocket>(
        std::move(m_socket), std::exchange(m_input, {}), messageBytesMax, m_webSockets);
    co_return webSocket;
}

} // namespace drover
