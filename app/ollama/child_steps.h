// SPDX-License-Identifier: MIT
#pragma once

namespace drover::app {

// Steps of a process between fork and exec, each as its system does it. Async-signal-safe.

/// Where the system can: this process gets SIGTERM when the one that made it ends, whose pid is `parent`.
void endWithParent(int parent);

/// Closes every file from number `first` on.
void closeFrom(int first);

/// Lets every file from number `first` on be closed by exec.
void closeOnExecFrom(int first);

/// Where the system can: what lists of processes call this one. At most 15 letters.
void nameProcess(const char* name);

} // namespace drover::app
