// SPDX-License-Identifier: MIT
#include "app/command/doctor_command.h"

namespace drover::app {

std::uint64_t openFilesMax()
{
    return 0;
}

} // namespace drover::app
