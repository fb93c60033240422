// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace drover {

/// Adds `text` as a JSON string with its quotes. Control characters are escaped, invalid UTF-8 becomes U+FFFD.
void appendJsonString(std::string& out, std::string_view text);

std::string jsonString(std::string_view text);

/// The text with every invalid UTF-8 sequence replaced by U+FFFD (as the WHATWG decoder does: one per maximal part).
std::string validUtf8(std::string_view text);

/// The length of the valid UTF-8 sequence that `text` begins with, 1 to 4; 0 when it begins with none.
int utf8Length(std::string_view text);

} // namespace drover
