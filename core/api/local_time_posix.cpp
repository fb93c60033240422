// SPDX-License-Identifier: MIT
#include "core/api/local_time.h"

namespace drover {

std::tm localTime(WallTime when)
{
    const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
    std::tm parts{};
    localtime_r(&seconds, &parts);
    return parts;
}

} // namespace drover
