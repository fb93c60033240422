// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <string>

namespace drover::app {

/// `drover manners`: whether this machine shares, why, and how each rule stands. With a line end.
std::string mannersText(const drover::Snapshot& snapshot);

/// The same in short, for `drover why`; empty where there is no pool.
std::string sharingLines(const drover::Snapshot& snapshot);

} // namespace drover::app
