// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace drover {

/// Decodes %XX (RFC 3986 section 2.1); malformed ones stay as they are.
std::string percentDecoded(std::string_view text);

} // namespace drover
