// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/places.h"

#include <QtGlobal>

#include <optional>

namespace drover::app {

/// What a running Drover leaves in its state folder, so that the drover command finds it wherever it listens.
struct RunningNote {
    qint64 processId = 0;
    std::string statusAddress = {}; ///< "127.0.0.1:4555"; empty when off
    std::string proxyAddress = {};
    std::string tokenFile = {};
    std::string logFile = {}; ///< empty when the log goes to standard error
    bool operator==(const RunningNote&) const = default;
};

/// False when it cannot be written, which harms nothing but the finding.
bool writeRunningNote(const Places& places, const RunningNote& note);

/// Nothing when there is none. One that was left behind by a crash may be out of date.
std::optional<RunningNote> readRunningNote(const Places& places);

/// Removes the note if it is of this process.
void removeRunningNote(const Places& places);

} // namespace drover::app
