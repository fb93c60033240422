// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/snapshot.h"
#include "core/protocol/http_head.h"
#include "core/protocol/request_inspector.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace drover {

/// Who a request says it is from.
struct StatedIdentity {
    std::string name = {}; ///< clean, see `cleanUserName`
    IdentitySource source = IdentitySource::UserHeader;
    bool operator==(const StatedIdentity&) const = default;
};

inline constexpr std::size_t userNameBytesMax = 64;

/// The first that is there of X-User-ID, Open WebUI's X-OpenWebUI-User-Email, -Name, -Id, the body's user, X-Title, the
/// host of HTTP-Referer (OpenRouter's convention). Nothing when none is, or none has a printable character.
std::optional<StatedIdentity> statedIdentity(const HeaderFields& fields, const RequestFacts& facts);

/// The key a client sent: `Authorization: Bearer KEY` or `x-api-key: KEY`; empty when none.
std::string_view statedKey(const HeaderFields& fields);

/// A short name for a program from its User-Agent: "OpenAI/Python 1.2" is "openai-python", "curl/8.1" "curl", a browser
/// "Browser". Empty when it has none.
std::string userAgentName(std::string_view userAgent);

/// Without control characters and blanks at the ends, valid UTF-8, at most `userNameBytesMax` bytes, cut at a
/// character.
std::string cleanUserName(std::string_view name);

/// The lane asked for by X-Priority (interactive, normal, batch) or X-Queue-Priority (high, normal, low); else Batch
/// for embeddings and the helper calls of chat apps, Normal for the rest. Unknown words count as not there.
Lane laneFor(const HeaderFields& fields, Endpoint endpoint, const RequestFacts& facts);

/// The time in queue asked for by X-Queue-Timeout: seconds, decimals allowed, up to `queueTimeoutMax`; nothing when not
/// there. Fails with BadRequest when it is no such number. Zero asks not to wait at all: 1 ms.
Result<std::optional<std::chrono::milliseconds>> queueTimeout(const HeaderFields& fields);
inline constexpr std::chrono::hours queueTimeoutMax{24};

} // namespace drover
