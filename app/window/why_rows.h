// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QString>

#include <vector>

namespace drover::app {

/// One thing that explains why Drover is as it is. A value.
struct WhyRow {
    QString subject = {}; ///< "Drover", a machine's name, an app's name
    QString sentence = {};
    QString fix = {}; ///< what to do; empty when there is nothing
    drover::FixAction action = drover::FixAction::None; ///< the same as a button
    QString setting = {}; ///< of FixAction::OpenSetting: its key
    bool operator==(const WhyRow&) const = default;
};

/// Everything that explains the present state, the state itself first: the local Ollama, each machine, and the latest
/// requests that went wrong, one for each app and reason. In the language of the application. Pure.
std::vector<WhyRow> whyRows(const drover::Snapshot& snapshot);

} // namespace drover::app
