// SPDX-License-Identifier: MIT
#include "core/net/open_files.h"

#include <algorithm>

namespace drover {

namespace {

constexpr std::size_t ownFiles = 64; ///< log, settings, listeners, timers, libraries
constexpr std::size_t backendShare = 8; ///< one in eight of the others is for connections to backends

} // namespace

std::size_t connectionsWithin(std::size_t openFiles)
{
    const std::size_t shared = openFiles - std::min(openFiles, ownFiles);
    return std::max<std::size_t>(shared - shared / backendShare, 1);
}

} // namespace drover
