// SPDX-License-Identifier: MIT
#include "app/doctor/system_facts.h"

#include <sys/resource.h>

namespace drover::app {

std::uint64_t openFilesMax()
{
    rlimit limit = {};
    // The engine raises the soft limit to the hard one for itself.
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_max != RLIM_INFINITY ? limit.rlim_max : 0;
}

} // namespace drover::app
