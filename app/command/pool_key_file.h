// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/invocation.h"
#include "app/settings/places.h"
#include "core/api/error.h"

#include <string>
#include <string_view>

namespace drover::app {

/// Letters, digits, dots, - and _, at most 64, not beginning with a dot: a name that is safe as a file's too.
bool isPoolName(std::string_view name);

/// The key that --key-file or --key-stdin gives: its first line; empty when there is no key. Fails with Io or
/// BadRequest.
drover::Result<std::string> givenKey(const Invocation& invocation);

/// Where the key of a joined pool is kept.
std::string poolKeyFile(const Places& places, std::string_view name);

/// Writes the key into a file that only this user can read, and returns its path. Fails with Io.
drover::Result<std::string> writePoolKey(const Places& places, std::string_view name, std::string_view key);

/// No error when there is none.
void removePoolKey(const std::string& file);

} // namespace drover::app
