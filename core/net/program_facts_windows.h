// SPDX-License-Identifier: MIT
#pragma once

#include "core/protocol/program_name.h"

#include <cstdint>

namespace drover {

/// Path, arguments and file description of a running process, as far as this account may know them. Reads the
/// executable's version resource: costs up to a millisecond.
ProgramFacts programFacts(std::uint32_t pid);

} // namespace drover
