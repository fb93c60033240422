// SPDX-License-Identifier: MIT
#include "app/doctor/system_facts.h"

namespace drover::app {

std::uint64_t openFilesMax()
{
    return 0;
}

} // namespace drover::app
