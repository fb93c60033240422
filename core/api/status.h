// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/snapshot.h"

#include <string>
#include <string_view>

namespace drover {

/// The number of the status format. Grows when a field goes or changes its meaning, not when one is added.
inline constexpr int statusSchema = 1;

/// A snapshot as `GET /status` tells it: one JSON object without line ends, always valid UTF-8 (what is not becomes
/// U+FFFD). Fractions have four places. The fields of a llamapool worker come first; docs/status.md lists all.
std::string statusJson(const Snapshot& snapshot);

/// Reads what `statusJson` wrote. Unknown fields are passed over and missing ones keep their defaults, so that programs
/// of different age understand each other. Fails with BadRequest when it is not JSON, has another schema (the detail
/// says which), or a field of the wrong type.
Result<Snapshot> parseStatus(std::string_view json);

} // namespace drover
