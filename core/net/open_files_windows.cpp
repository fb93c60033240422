// SPDX-License-Identifier: MIT
#include "core/net/open_files.h"

namespace drover {

std::size_t raiseOpenFilesLimit()
{
    // Windows bounds sockets by memory only. This many need about half a gigabyte of the kernel's.
    constexpr std::size_t socketsMax = 100'000;
    return socketsMax;
}

} // namespace drover
