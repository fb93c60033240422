// SPDX-License-Identifier: MIT
#include "app/ollama/slot_choice.h"

#include <unistd.h>

namespace drover::app {

std::uint64_t physicalMemoryBytes()
{
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long pageBytes = ::sysconf(_SC_PAGESIZE);
    return pages > 0 && pageBytes > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(pageBytes) : 0;
}

} // namespace drover::app
