// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/sharing.h"

namespace drover::app {

/// What tray and window ask for about sharing on behalf of the person at the machine. Answers show in the next
/// snapshot.
class SharingControl {
public:
    virtual ~SharingControl() = default;

    /// Pools get nothing for so long; kind None shares again.
    virtual void snooze(const drover::Snooze& snooze) = 0;
};

} // namespace drover::app
