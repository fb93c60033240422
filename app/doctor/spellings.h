// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

/// How a text may stand in files: plain, in JSON, percent-encoded, in hexadecimal, and inside a longer base64 text
/// whichever of the three positions it begins at (RFC 4648, both alphabets). Pure.
std::vector<std::string> spellingsOf(const std::string& text);

/// A path as it is, with the other kind of slash, and as JSON and percent-encoding have it.
std::vector<std::string> pathSpellings(const std::string& path);

} // namespace drover::app
