// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>

namespace drover::benchmark {

/// What another process has used so far, as its kernel counts it.
struct ProcessCost {
    std::chrono::nanoseconds cpu{0}; ///< all its threads, user and system time
    std::size_t residentBytes = 0;
};

/// Zeros for process 0; throws std::runtime_error when there is no such process.
ProcessCost costOf(int process);

/// Allows this process as many open files as the system lets it.
void allowManyFiles();

} // namespace drover::benchmark
