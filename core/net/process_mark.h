// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

namespace drover {

/// Tells one program that runs from a later one that got its number: when it was started, in the system's own unit.
/// Nothing when no such program runs, or only its exit code is left of it. 0 where it runs and more is not told.
/// Returns at once; any thread.
std::optional<std::uint64_t> processMark(std::int64_t pid);

} // namespace drover
