// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/invocation.h"
#include "app/settings/places.h"
#include "core/api/error.h"

#include <string>
#include <string_view>

namespace drover::app {

/// The key that --key-file or --key-stdin gives: its first line; empty when there is no key. Fails with Io or
/// BadRequest.
drover::Result<std::string> givenKey(const Invocation& invocation);

} // namespace drover::app
