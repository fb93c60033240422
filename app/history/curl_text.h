// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <string>
#include <string_view>

namespace drover::app {

/// What stands in a copied command where the prompt was: Drover keeps none.
inline constexpr std::string_view promptPlaceholder = "YOUR PROMPT";

/// A command for a POSIX shell that sends a request like this job's to `base` ("http://127.0.0.1:11435"), with its
/// model, path and form, and `promptPlaceholder` for what it said. The job's own text and key are not known.
std::string curlText(const drover::JobView& job, std::string_view base);

} // namespace drover::app
