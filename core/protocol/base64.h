// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace drover {

/// Adds the bytes in base64 with padding (RFC 4648 section 4), without line breaks.
void appendBase64(std::string& out, std::string_view bytes);

/// Adds the bytes of a base64 text with its padding. False, and nothing is added, for any other text.
bool appendFromBase64(std::string& out, std::string_view text);

/// The bytes of a base64 text with its padding. Nothing for any other text, bits beyond the last byte included.
std::optional<std::string> fromBase64(std::string_view text);

} // namespace drover
