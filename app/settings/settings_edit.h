// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/settings_source.h"
#include "core/api/error.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace drover::app {

/// Why the settings file stays as it is.
struct EditTrouble {
    enum class Cause {
        Unreadable, ///< the file is there and cannot be read
        FileIsBroken, ///< it has problems that were there before
        BadValue, ///< the setting or the value is not right
        BadTogether, ///< the value is right, but not with the other settings
        Unwritable
    };
    Cause cause = Cause::BadValue;
    std::string sentence = {}; ///< without a full stop
};

/// Makes the new text of a settings file from the old one; setInFile, resetInFile, addBlock and the like.
using TextEdit = std::function<drover::Result<std::string>(const std::string& text)>;

/// Changes the settings file of `source`, which is made when it is missing: in one piece, or not at all. Nothing is
/// written that could not be read again. `drover config` and the window change settings by this.
std::optional<EditTrouble> editSettings(const SettingsSource& source, const TextEdit& edit);

/// Gives one setting a value, as a person writes it.
std::optional<EditTrouble> changeSetting(const SettingsSource& source, std::string_view key, std::string_view value);

/// Has the default of one setting count again.
std::optional<EditTrouble> resetSetting(const SettingsSource& source, std::string_view key);

} // namespace drover::app
