// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace drover {

/// Why a request is not answered by a model, with the figures that help its sender.
struct Refusal {
    Errc code = Errc::QueueFull;
    std::uint32_t position = 0; ///< where it stood, or would have stood; 1 is next, 0 not known
    std::size_t waiting = 0; ///< in all; of this user for UserQueueFull
    std::string limitName = {}; ///< the setting, such as "queue.waiting_max"
    std::uint64_t limit = 0; ///< its value
    std::chrono::milliseconds waited{0}; ///< in the queue
    std::chrono::milliseconds retryAfter{0}; ///< 0 when trying again is of no use
    std::string model = {}; ///< as the client wrote it
    std::string detail = {}; ///< particulars, such as the backend's address
};

/// One or two sentences for people: what happened, where it stood, what to do.
std::string refusalText(const Refusal& refusal);

/// "Retry-After: 8\r\nretry-after-ms: 7500\r\n"; nothing when zero.
std::string retryLines(std::chrono::milliseconds retryAfter);

/// "450 ms", "8 s", "2 min", "3 h".
std::string durationInWords(std::chrono::milliseconds duration);

} // namespace drover
