// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/fronts/log_ring.h"
#include "core/protocol/http_head.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace drover {

/// Whether a Host field names this machine to itself: localhost, an address 127.x.x.x or [::1], with any port or none.
/// Every other name may be one that a web page has bound to our address (DNS rebinding).
bool namesLoopback(std::string_view host);

/// Refuses what a web page could send: with Forbidden a foreign Host when the request came over the loopback interface,
/// an Origin other than the address itself, and what a browser says it fetches for another site.
Result<> admit(const RequestHead& head, bool overLoopback);

/// The value of one parameter of the target's query, as sent; empty when it has none. Nothing when it is not there.
std::optional<std::string_view> queryValue(std::string_view target, std::string_view name);

/// A natural number, digits only.
std::optional<std::uint64_t> naturalNumber(std::string_view text);

/// A whole number of seconds, or one with its unit: "900", "15m", "2h", "1d". Nothing for other text and beyond a year.
std::optional<std::chrono::seconds> timeSpan(std::string_view text);

/// Whether an If-None-Match field names that tag (RFC 9110 section 13.1.2: a list, weak or not, or `*`). `tag` has its
/// quotes.
bool matchesTag(std::string_view field, std::string_view tag);

/// Which lines a GET /logs asks for by ?source= and ?level=. Fails with BadRequest.
Result<LogChoice> logChoice(std::string_view target);

} // namespace drover
