// SPDX-License-Identifier: MIT
#include "app/ollama/slot_choice.h"

#include <windows.h>

namespace drover::app {

std::uint64_t physicalMemoryBytes()
{
    MEMORYSTATUSEX status = {};
    status.dwLength = sizeof status;
    return GlobalMemoryStatusEx(&status) ? status.ullTotalPhys : 0;
}

} // namespace drover::app
