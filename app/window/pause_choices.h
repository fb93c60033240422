// SPDX-License-Identifier: MIT
#pragma once

class QMenu;

namespace drover::app {

class QueueControl;

/// Adds the rows that pause the queue: for 15 minutes, an hour, until tomorrow morning, until somebody resumes. The
/// same in tray and window. `control` lives longer than the menu.
void addPauseChoices(QMenu& menu, QueueControl& control);

} // namespace drover::app
