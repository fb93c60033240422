// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"

#include <QString>

namespace drover::app {

/// The settings in the language of the application. Pure.
namespace setting_words {

/// "Jobs waiting at most" of queue.waiting_max; made of the key where nobody wrote a title.
QString title(const Setting& setting);

/// Somebody wrote one.
bool hasTitle(const Setting& setting);

/// The table's sentence.
QString sentence(std::string_view english);

/// Of a section of the file: "Queue"; made of its name where nobody wrote a title.
QString groupTitle(std::string_view section);

/// What a choice of a setting is called: "As the system" of "system"; the choice itself where nobody named it.
QString choice(std::string_view key, std::string_view choice);

/// What is allowed, as a sentence: "This must be a number from 1 to 1,024."
QString whatIsAllowed(const ValueRule& rule);

/// Where a value comes from: "Default", "From the file, line 12".
QString origin(const std::string& origin);

/// Why the window cannot change a value; empty when it can. `origin` as of Resolved::origin.
QString whyFixed(std::string_view key, const std::string& origin);

/// "drover config set KEY VALUE", as a shell understands it.
QString command(std::string_view key, const std::string& value);

} // namespace setting_words

} // namespace drover::app
