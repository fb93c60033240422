// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"
#include "core/api/error.h"

#include <string>
#include <string_view>

namespace drover::app {

/// The written file: every setting with its sentence and its default, all commented out. Parses to the defaults, as it
/// is and with each line that begins with '#' and a letter uncommented.
std::string defaultFileText();

/// The text of a settings file after one setting has got a value; only its line changes, comments and layout stay.
///
/// `key` is a key of the table. Where the setting stands as a comment with its default, that line
/// becomes the setting. Fails with BadConfig: an unknown key, a value out of range, a file that is broken before, or
/// one in which the setting stands in a form that cannot be edited safely.
drover::Result<std::string> setInFile(const std::string& text, std::string_view key, std::string_view value);

/// The text of a settings file in which the default of one setting counts again: its line becomes a comment with the
/// default, or goes where it says more than that. Unchanged when the setting is not in it. Fails as setInFile does.
drover::Result<std::string> resetInFile(const std::string& text, std::string_view key);

} // namespace drover::app
