// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <chrono>
#include <string>

namespace drover::app {

/// "12s", "3m 05s", "2h 10m", "4d 3h".
std::string durationText(std::chrono::milliseconds time);

/// "950", "12.3k", "4.5M".
std::string countText(std::uint64_t count);

/// A number with one place after the point, whatever the locale.
std::string rateText(double rate);

/// What `drover status` prints: the sentence, addresses, the first jobs, users and backends.
std::string statusText(const drover::Snapshot& snapshot);

/// Of the Ollama that Drover looks after: `drover ollama status`.
std::string runtimeText(const drover::Snapshot& snapshot);

/// What `drover why` prints: the reason, what to do, where the number of slots comes from, what is wrong with backends.
std::string whyText(const drover::Snapshot& snapshot);

/// What `drover queue` prints: running jobs, then waiting ones in their turn.
std::string queueText(const drover::Snapshot& snapshot);

} // namespace drover::app
