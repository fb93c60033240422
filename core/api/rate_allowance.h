// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

namespace drover {

/// What is left of a limit on requests or tokens per minute.
struct RateAllowance {
    std::uint64_t limit = 0; ///< 0: none, nothing is told
    std::uint64_t remaining = 0;
    std::chrono::milliseconds resetsIn{0}; ///< until all of it is there again
    bool operator==(const RateAllowance&) const = default;
};

/// Both of them, of one key.
struct MinuteAllowance {
    RateAllowance requests = {};
    RateAllowance tokens = {};
    bool operator==(const MinuteAllowance&) const = default;
};

} // namespace drover
