// SPDX-License-Identifier: MIT
#pragma once

#include "core/protocol/answer_shapes.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace drover {

/// What the end of an answer tells.
struct Usage {
    std::optional<std::uint64_t> promptTokens = {};
    std::optional<std::uint64_t> outputTokens = {};
    bool complete = false; ///< the dialect's last piece was seen; true for answers that are not streamed
    bool error = false; ///< the last piece is an error
    bool operator==(const Usage&) const = default;
};

/// Reads the figures from the last bytes of an answer's body (a few kB suffice). `tail` may begin in the middle of
/// anything, and may be garbage. Scans from the end; allocates nothing, throws nothing.
Usage readUsage(AnswerForm form, std::string_view tail);

} // namespace drover
