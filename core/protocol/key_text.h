// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace drover {

// The forms of keys and of invitations' codes. Nothing here is random: who calls brings the bytes.

/// 64 lower-case hex digits. What is kept of a key, which has 256 random bits, so that nobody can find it by trying.
std::string sha256Hex(std::string_view text);

/// The bytes as lower-case hex digits.
std::string hexText(std::string_view bytes);

/// The digits 0-9, A-Z, a-z of a number that is given in bytes, the most significant first; always as many as the
/// largest number of that many bytes has.
std::string base62(std::string_view bytes);

inline constexpr std::size_t codeLetters = 12; ///< of five bits each

/// A code of twelve letters of Crockford's base 32 (0-9, A-Z without I, L, O, U): the lowest five bits of each byte.
/// Takes `codeLetters` bytes. Without dashes.
std::string codeOf(std::string_view bytes);

/// What a person typed as that code: in any case, with or without dashes and spaces, O for 0, I and L for 1. Nothing
/// for what is no code.
std::optional<std::string> readCode(std::string_view typed);

/// "7K2M-Q9TD-4XWH"
std::string spellCode(std::string_view code);

} // namespace drover
