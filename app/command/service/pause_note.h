// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/places.h"
#include "core/api/pause.h"

namespace drover::app {

/// What is paused: the queue, or only what is shared with pools.
enum class PauseOf { Queue, Sharing };

/// Keeps a pause over a restart of Drover, in its state folder: "until tomorrow" is meant so even when the machine is
/// switched off meanwhile. No pause leaves no file. False when it cannot be written.
bool writePauseNote(const Places& places, PauseOf what, const drover::Pause& pause);

/// What was written last. None when there is no file, it is not understood, or its time is over at `now`.
drover::Pause readPauseNote(const Places& places, PauseOf what, drover::WallTime now);

} // namespace drover::app
