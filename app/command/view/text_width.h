// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace drover::app {

/// Columns that a text takes in a terminal: 2 for East Asian wide letters and emoji, 0 for combining marks (Unicode
/// Standard Annex 11). Bytes that are not UTF-8 count as one each.
int displayWidth(std::string_view text);

/// The text without what a terminal would obey or a reader be deceived by: control characters, escape sequences'
/// beginnings and marks that reverse the direction become U+FFFD, as do bytes that are not UTF-8.
std::string printable(std::string_view text);

enum class Align { Left, Right };

/// Exactly `width` columns of printable text: cut with "…" or filled with blanks.
std::string fitted(std::string_view text, int width, Align align = Align::Left);

} // namespace drover::app
