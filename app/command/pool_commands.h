// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/target.h"
#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/settings/places.h"

#include <string>

namespace drover::app {

/// What `drover join` and `drover leave` need.
struct PoolCommandNeeds {
    Environment environment = {};
    Places places = {};
};

/// `drover join LINK|FILE` and `drover join --server URL`: the steps of Joining as lines, with a question on the
/// terminal. A pool that refuses us is taken out again.
ExitCode join(const Invocation& invocation, const PoolCommandNeeds& needs);

/// `drover leave NAME`: removes the pool and its key; a running Drover finishes its jobs first.
ExitCode leave(const Invocation& invocation, const PoolCommandNeeds& needs);

/// What `drover pools` prints: each pool, how the link to it stands, and what to do about trouble.
std::string poolsText(const drover::Snapshot& snapshot);

/// `drover pools [--json]`.
ExitCode pools(const Invocation& invocation, const Target& target);

} // namespace drover::app
