// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/log.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace drover {

inline constexpr std::size_t controlTokenBytesMin = 32;

/// The word that control calls must send as `X-Auth-Token`: the content of that file, blanks around it left out. A
/// missing file is written with 64 random hex digits, readable by its owner only. One that others may read gets a new
/// token, since the old one may be known, and the log says so.
///
/// Fails with Io when the file cannot be read or written, BadConfig when it has a word that is too short or not plain.
Result<std::string> controlToken(const std::string& path, const Log& log);

/// Compares in a time that does not tell how much is right.
bool sameToken(std::string_view sent, std::string_view token);

} // namespace drover
