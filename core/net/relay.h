// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/net/asio.h"
#include "core/net/backend_connection.h"
#include "core/net/exchange.h"
#include "core/protocol/piece_counter.h"
#include "core/protocol/usage.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace drover {

/// What the relay must know to carry one answer.
struct RelayOrder {
    bool answersHead = false; ///< the request was HEAD
    std::optional<AnswerForm> form = {}; ///< of an inference answer: it is counted, its last piece read, its break told
    std::string_view requestId = {};
    std::chrono::milliseconds silenceMax{0}; ///< longest silence of the backend; 0 means for ever
    TimePoint* silentSince =
        nullptr; ///< kept at the moment since which the backend is waited for; max() while it is not
    const bool* cancelled = nullptr; ///< true when the connection was closed because somebody cancels
    std::function<HeaderLines()> ourLines = {}; ///< header lines that we add, asked for when the answer begins
    std::function<void(std::uint64_t pieces)> progressed = {}; ///< called after each read with all pieces so far
    std::function<void()> backendDone = {}; ///< it has answered all, and the client has much of it to read yet
};

/// How it ended.
struct RelayEnd {
    int status = 0; ///< the backend's; 0 when it gave none
    bool whole = false; ///< the backend's answer reached the client to its end
    bool incomplete = false; ///< whole, but without the dialect's last piece
    bool reusable = false; ///< the backend's connection may be used again
    std::optional<Error> error = {}; ///< when not whole; if `status` is 0 the client has had nothing yet
    std::string errorText = {}; ///< the backend's own words when `status` is 400 or more
    Usage usage = {};
    std::uint64_t pieces = 0;
    std::uint64_t bytes = 0; ///< of the body
};

/// Carries a backend's answer to the client (design.md D2): bytes go out as they came in, a parser beside them only
/// learns where the answer ends. Where the client cannot take the backend's framing (HTTP/1.0), or the answer was begun
/// before (kept alive while waiting), the body is framed anew.
///
/// A backend that fails mid-answer is told to the client inside the stream where its dialect has a form for that, and
/// the connection is cut, so that no client takes a part for the whole. Throws boost::system::system_error when the
/// client is gone. Ends early, with an error, when the connection is closed from outside.
Task<RelayEnd> relayAnswer(BackendConnection& backend, Exchange& exchange, const RelayOrder& order);

} // namespace drover
