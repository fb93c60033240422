// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace drover {

/// Lets this process open as many files and sockets as the system allows it: raises the soft limit to the hard one (at
/// most 1,048,576). Returns how many that are. Call once at start, before other threads open files.
std::size_t raiseOpenFilesLimit();

/// How many client connections fit into that many open files. The rest is for the log, settings, listeners and
/// connections to backends.
std::size_t connectionsWithin(std::size_t openFiles);

} // namespace drover
