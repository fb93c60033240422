// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/protocol/http_head.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace drover {

/// What an incremental parser of HTTP/1 messages tells of a body: its bytes, without their framing, as they come.
class BodySink {
public:
    virtual ~BodySink() = default;
    virtual void body(std::string_view bytes) = 0;
};

/// Reads one request at a time out of a stream of bytes (RFC 9112). Pure; keeps no body.
///
/// Strict where leniency lets requests be smuggled: Content-Length with Transfer-Encoding, lengths that differ, any
/// coding but `chunked`, more or less than one Host in HTTP/1.1, and bare line feeds are BadRequest. Stops after the
/// head, so that the caller may refuse before it takes the body.
class RequestParser {
public:
    RequestParser(std::size_t headerBytesMax, BodySink& sink);
    ~RequestParser();

    void reset(std::size_t headerBytesMax); ///< ready for the next request

    /// Takes bytes and returns how many it used; give the rest again, with more after it. After the head it stops once:
    /// call again for the body. Fails with BadRequest, or TooLarge when the head is over its limit.
    Result<std::size_t> feed(std::string_view bytes);

    bool headDone() const;
    bool done() const; ///< the body is whole
    const RequestHead& head() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The same for answers of backends. `answersHead`: the request was HEAD, so no body follows.
class AnswerParser {
public:
    explicit AnswerParser(BodySink& sink);
    ~AnswerParser();

    void reset(bool answersHead);

    /// Fails with BackendFailed on garbage. Skips 1xx heads.
    Result<std::size_t> feed(std::string_view bytes);

    /// The backend closed: the end of a body without length, or BackendFailed.
    Result<> close();

    bool headDone() const;
    bool done() const;
    bool betweenChunks() const; ///< of a chunked body: the bytes fed so far end where a chunk ends
    const AnswerHead& head() const;

    static constexpr std::size_t headerBytesMax = 128 * 1024;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace drover
