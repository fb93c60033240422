// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/key_file.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace drover::keyfile {

/// From the system's generator. Throws std::runtime_error when that gives none.
std::string randomBytes(std::size_t count);

/// "drv_", for a worker "drw_", and 32 random bytes in base 62 (43 letters and digits).
std::string makeKey(KeyRole role);

/// The mark and four letters: enough to tell keys apart, no help in guessing.
std::string prefixOf(std::string_view key);

/// A random code of an invitation, without dashes.
std::string makeCode();

/// What is kept of a code. Unlike a key it is short enough to be found by trying from a plain hash, so this takes some
/// 40 ms and 16 MB (scrypt). Throws std::runtime_error.
std::string slowHash(std::string_view code, std::string_view salt);

/// In a time that does not tell where they differ.
bool sameSecret(std::string_view one, std::string_view other);

} // namespace drover::keyfile
