// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/error.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

// Keys that apps send. A key is shown once, where it is made; the settings file has its SHA-256 only.

/// "drv_" and 32 random bytes in base 62 (43 letters and digits). From the system's generator.
std::string makeKey();

/// The digits 0-9, A-Z, a-z of a number that is given in bytes, the most significant first.
std::string base62(std::span<const std::uint8_t> bytes);

/// What the settings keep of a key for `name`, made on `day` ("2026-11-21").
drover::KeyConfig describeKey(const std::string& key, const std::string& name, const std::string& day);

/// The text of a settings file with one more key. Fails with BadConfig when there is one of that name.
drover::Result<std::string> addKey(const std::string& text, const drover::KeyConfig& key);

/// Without every key of this name. Fails with BadConfig when there is none.
drover::Result<std::string> revokeKey(const std::string& text, const std::string& name);

/// With another name for a key. Fails with BadConfig when there is none, or one of the other name.
drover::Result<std::string> renameKey(const std::string& text, const std::string& from, const std::string& to);

/// The keys in the text of a settings file.
drover::Result<std::vector<drover::KeyConfig>> keysIn(const std::string& text);

} // namespace drover::app
