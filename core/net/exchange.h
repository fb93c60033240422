// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/net/asio.h"
#include "core/protocol/http_head.h"

#include <functional>
#include <string>
#include <string_view>

namespace drover {

/// More header lines of an answer, each ended by CRLF, already checked: "X-Request-ID: 7\r\n".
using HeaderLines = std::string;

/// One request and its answer on a client's connection. Valid until the handler's coroutine ends. Core thread.
///
/// A handler reads the body (or not), then gives exactly one answer: `answer`, or `begin` + `piece`... + `end`. What it
/// leaves undone is done for it: an unread body is skipped or the connection closed; a begun stream that was not ended
/// is cut, so that the client sees that it is not whole. Writes throw boost::system::system_error when the client is
/// gone or takes nothing for `writeTimeMax`.
class Exchange {
public:
    virtual ~Exchange() = default;

    virtual const RequestHead& head() const = 0;
    virtual const Tcp::endpoint& client() const = 0;
    virtual const Tcp::endpoint& local() const = 0;

    /// The whole body. Fails with TooLarge over `bytesMax`, BadRequest when it is malformed or too slow.
    virtual Task<Result<std::string>> body(std::size_t bytesMax) = 0;

    /// A whole answer with Content-Length. For HEAD the body is left out.
    virtual Task<> answer(int status, std::string_view contentType, std::string_view body, HeaderLines more = {}) = 0;

    /// Starts an answer of unknown length (chunked; HTTP/1.0: until the connection closes).
    virtual Task<> begin(int status, std::string_view contentType, HeaderLines more = {}) = 0;
    virtual Task<> piece(std::string_view bytes) = 0; ///< nothing happens when empty
    virtual Task<> end() = 0;

    /// Closes the connection without a proper end of the answer.
    virtual void cut() = 0;

    /// Calls `left` once when the client goes away before the answer is whole; at once when it has. Replaces the one
    /// before; an empty function removes it.
    virtual void onLeave(std::function<void()> left) = 0;
};

} // namespace drover
