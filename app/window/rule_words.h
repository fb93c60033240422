// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/sharing.h"

#include <QString>

namespace drover::app {

/// The rules of sharing as people read them, in the language of the application. Pure.
namespace rule_words {

QString title(drover::SharingRule rule);

/// "12 %", "61 °C", "yes", the name of a program; "not known".
QString value(const drover::RuleView& rule);

/// "at most 30 %", "at least 5 GB"; empty for what only is or is not, and while the rule is off.
QString limit(const drover::RuleView& rule);

/// "Allows", "Holds back", "Not known", "Off".
QString state(drover::RuleState state);

/// A sign of the same: a tick, a cross, a question mark, a dash.
QString mark(drover::RuleState state);

/// "Hands back what runs and frees memory"; empty while it shares.
QString effect(drover::SharingVerdict verdict);

/// The sentence of the view in the language of the application.
QString reason(const drover::SharingView& sharing);
QString fix(const drover::SharingView& sharing); ///< what to do about it; empty when there is nothing

} // namespace rule_words

} // namespace drover::app
