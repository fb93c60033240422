// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/sharing.h"
#include "core/api/snapshot.h"

#include <optional>
#include <string>

namespace drover {

/// Whether a rule is one of these manners at all.
bool isPartOf(SharingRule rule, MannersPreset preset);

/// ... and is switched on.
bool isOn(SharingRule rule, const SharingRules& rules);

/// What a rule asks for, and whether that is so at the moment. Knows of no time that has passed.
struct SharingMeasure {
    bool known = false;
    bool beyond = false; ///< it should begin to hold
    bool back = true; ///< it should cease to; between both it stays as it is
    double value = 0; ///< as in RuleView
    double limit = 0;
    std::string subject = {};
    std::optional<WallTime> changesAt = {}; ///< where the clock on the wall decides
};

/// What there is to measure. Borrowed for the call.
struct SharingEvidence {
    const SharingRules& rules;
    const SensorReadings& readings;
    WallTime now = {};
    const UsageSum& poolsToday;
};

/// Pure but for the time zone of this machine.
SharingMeasure measure(SharingRule rule, const SharingEvidence& evidence);

} // namespace drover
