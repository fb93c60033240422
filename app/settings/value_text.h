// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"
#include "core/api/error.h"

namespace drover::app {

/// A value from an environment variable, an option or a string of the file. Lists are separated by commas. The detail
/// of a failure ends a sentence "KEY must be ...".
drover::Result<SettingValue> parseValue(const ValueRule& rule, std::string_view text);

/// Whether a number keeps to its range. `written` is how the user wrote it, for the sentence.
drover::Result<SettingValue> checkRange(const ValueRule& rule, std::int64_t number, std::string_view written);

/// As a person would write it: "10m", "512 MiB", "auto".
std::string valueText(const ValueRule& rule, const SettingValue& value);

/// As it stands in the file. Only for scalar rules.
std::string tomlText(const ValueRule& rule, const SettingValue& value);

/// A string in TOML's basic form, with its quotes.
std::string tomlQuoted(std::string_view text);

/// The same for one with a fraction.
drover::Result<SettingValue> checkNumber(const ValueRule& rule, double number);

/// A number with a fraction, whatever the locale: "0.5", "2".
std::string numberText(double number);

/// "a number between 1 and 1024, or \"auto\"": what the rule allows.
std::string ruleText(const ValueRule& rule);

} // namespace drover::app
