// SPDX-License-Identifier: MIT
#include "core/net/open_files.h"

#include <sys/resource.h>

#include <algorithm>

namespace drover {

namespace {

// Linux's own upper bound (fs.nr_open). More would only cost: some libraries walk through all possible files.
constexpr rlim_t openFilesMax = 1'048'576;

} // namespace

std::size_t raiseOpenFilesLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 256; // _POSIX_OPEN_MAX and then some
    // macOS says "unlimited" but takes only up to a number of its own: come down until it does.
    for (rlim_t wanted = std::min(limit.rlim_max, openFilesMax); wanted > limit.rlim_cur; wanted /= 2) {
        const rlimit raised{.rlim_cur = wanted, .rlim_max = limit.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
            return static_cast<std::size_t>(wanted);
    }
    return static_cast<std::size_t>(std::min(limit.rlim_cur, openFilesMax));
}

} // namespace drover
