// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/sharing.h"

#include <functional>

class QMenu;

namespace drover::app {

/// Adds the rows that pause sharing: for 15 minutes, an hour, until tomorrow morning, until the machine is plugged in,
/// until somebody shares again, and one that lets finish first. The same in tray and window. `chosen` is called with
/// what was chosen.
void addSnoozeChoices(QMenu& menu, const std::function<void(const drover::Snooze&)>& chosen);

} // namespace drover::app
