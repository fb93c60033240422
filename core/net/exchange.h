// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/net/asio.h"
#include "core/net/web_socket.h"
#include "core/protocol/http_head.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace drover {

/// More header lines of an answer, each ended by CRLF, already checked: "X-Request-ID: 7\r\n".
using HeaderLines = std::string;

/// One request and its answer on a client's connection. Valid until the handler's coroutine ends. Core thread.
///
/// A handler reads the body (or not), then gives exactly one answer: `answer`, or `begin` + `piece`... + `end`, or
/// `raw` bytes + `rawEnd`. What it leaves undone is done for it: an unread body is skipped or the connection closed; a
/// begun answer that was not ended is cut, so that the client sees that it is not whole. Writes throw
/// boost::system::system_error when the client is gone or takes nothing for `writeTimeMax`.
class Exchange {
public:
    virtual ~Exchange() = default;

    virtual const RequestHead& head() const = 0;
    virtual const Tcp::endpoint& client() const = 0;
    virtual const Tcp::endpoint& local() const = 0;
    virtual std::uint64_t connectionId() const = 0; ///< differs for every connection ever accepted

    /// A place for the handler's word about who is on the other end; kept as long as the connection.
    virtual std::optional<std::string>& callerName() = 0;

    /// The whole body. Fails with TooLarge over `bytesMax`, QueueFull when the bodies being read come to
    /// `queueBytesMax`, BadRequest when it is malformed or too slow, Cancelled when the client left.
    virtual Task<Result<std::string>> body(std::size_t bytesMax) = 0;

    /// The next bytes of a body that is passed on as it comes; empty at its end.
    virtual Task<Result<std::string>> bodyPiece() = 0;

    /// A whole answer with Content-Length. For HEAD the body is left out.
    virtual Task<> answer(int status, std::string_view contentType, std::string_view body, HeaderLines more = {}) = 0;

    /// Starts an answer of unknown length (chunked; HTTP/1.0: until the connection closes).
    virtual Task<> begin(int status, std::string_view contentType, HeaderLines more = {}) = 0;
    virtual Task<> piece(std::string_view bytes) = 0; ///< nothing happens when empty
    virtual Task<> end() = 0;

    /// Bytes of the answer exactly as they go on the wire, head and framing included; `connectionLine` belongs in the
    /// head.
    virtual Task<> raw(std::string_view bytes) = 0;
    /// The part of `bytes` that does not fit into the socket at once; a way around a coroutine when all fits.
    virtual std::string_view tryRaw(std::string_view bytes) = 0;
    virtual void rawEnd() = 0; ///< the answer is whole
    /// "Connection: close\r\n" or the like, as this connection will go on; often empty.
    virtual std::string_view connectionLine() const = 0;
    /// The connection ends with this answer.
    virtual void closeAfter() = 0;

    /// Closes the connection without a proper end of the answer; what was written still arrives.
    virtual void cut() = 0;

    virtual bool answerBegun() const = 0;

    /// Takes the request for the handshake of a WebSocket (RFC 6455), answers it with 101 and hands the connection
    /// over; the exchange is over then. Fails with BadRequest and what is wrong, where it is none; nothing was answered
    /// then. A message longer than `messageBytesMax` ends the WebSocket with code 1009.
    virtual Task<Result<std::unique_ptr<WebSocket>>> upgrade(std::size_t messageBytesMax);

    /// The name of the pool that asks over our link; null for every client that connected to us.
    virtual const std::string* pool() const { return nullptr; }
    /// Gives a pool its request back, whatever was answered; the client has left then. Nothing for all others.
    virtual void handBack(const std::string& reason) { static_cast<void>(reason); }
    /// Why `clientLeft`.
    virtual std::string_view whyLeft() const { return "The client left."; }

    /// Calls `left` once when the client goes away before the answer is whole. Replaces the one before; an empty
    /// function removes it. It may be called inside any later await.
    virtual void onLeave(std::function<void()> left) = 0;
    virtual bool clientLeft() const = 0;
};

/// "200 OK", "503 Service Unavailable"...: the standard words of RFC 9110.
std::string_view statusWords(int status);

} // namespace drover
