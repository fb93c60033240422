// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

namespace drover {

/// Puts the whole snapshot into one state with its reason and, where there is one, what to do: `state`, `reasonCode`,
/// `reasonText`, `fixText` and the button. The same words in tray, window, command line and status. Pure.
void summarise(Snapshot& snapshot, WallTime now);

} // namespace drover
