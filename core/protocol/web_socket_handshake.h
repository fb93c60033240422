// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/protocol/http_head.h"

#include <string_view>

namespace drover {

/// The key of a request for the opening handshake of a WebSocket (RFC 6455 section 4.2.1); valid as long as `head`.
/// Fails with BadRequest and what is wrong.
Result<std::string_view> webSocketKey(const RequestHead& head);

/// What follows the key in the digest that the answer proves itself with.
inline constexpr std::string_view webSocketKeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

} // namespace drover
