// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/settings/places.h"

#include <optional>
#include <string>

namespace drover::app {

/// `drover import [FILE] [--yes]`: takes over the settings of a llamapool or nfrx worker, whose file stays as it is.
/// The keys go into files that only their owner can read. Says what it will do and asks first.
ExitCode importWorker(const Invocation& invocation, const Environment& environment, const Places& places);

/// At the first start: what to tell the person when the file of such a worker is there. Nothing when there is none that
/// can be read, or Drover has settings already.
std::optional<std::string> importOffer(const Environment& environment, const Places& places);

} // namespace drover::app
