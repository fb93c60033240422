// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace drover {

/// The body of a request with another model: `model` instead of the value of every top-level member of that name, since
/// readers differ in which of several counts, and Go's takes the name in any case. Every other byte stays as it is.
/// Nothing when there is no such member. `body` must be a JSON object; of anything else the result is of no use.
std::optional<std::string> withModel(std::string_view body, std::string_view model);

} // namespace drover
