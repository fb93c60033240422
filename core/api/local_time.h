// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/pause.h"

#include <ctime>

namespace drover {

/// The moment in the time zone of this machine. Any thread.
std::tm localTime(WallTime when);

} // namespace drover
