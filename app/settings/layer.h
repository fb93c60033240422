// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace drover::app {

/// One setting, as one place gives it.
struct Assignment {
    const Setting* setting = nullptr; ///< a row of settingsTable()
    SettingValue value = {};
    Part part = Part::Whole;
    std::string where = {}; ///< "drover.toml", "environment PORT", "option --port"
    int line = 0; ///< in a file
};

/// What one place says: a file, the environment, the command line. Later layers win.
struct Layer {
    std::vector<Assignment> assignments = {};
    std::vector<Problem> problems = {}; ///< any of them makes the whole unusable
    std::vector<Problem> warnings = {};
};

/// Where a text comes from.
struct TextPlace {
    std::string place = {}; ///< "environment"
    std::string name = {}; ///< "PORT"
};

/// Adds what a text says about a setting or a part of it: an assignment, or a problem.
void assignText(Layer& layer, const Setting& setting, Part part, std::string_view text, const TextPlace& from);

/// Where problems with options are.
inline constexpr std::string_view commandLine = "command line";

using Environment = std::map<std::string, std::string>;
using FlagTexts = std::vector<std::pair<std::string, std::string>>; ///< "--port" and its text, in order

/// Reads the text of a drover.toml called `name`. Finds every problem, not only the first; a syntax error hides those
/// behind it. Texts above a mebibyte are refused.
Layer readSettingsFile(std::string_view text, const std::string& name);

/// DROVER_QUEUE_WAITING_MAX and the like, and the older names. An empty variable counts as not set.
Layer readEnvironment(const Environment& environment);

/// Options of `drover serve`; also "--set" with "key=value".
Layer readFlags(const FlagTexts& flags);

/// What the settings are in the end.
struct Resolved {
    Settings settings = {};
    std::map<std::string, std::string, std::less<>> origins = {}; ///< by key: where it comes from; "default" otherwise
    std::vector<Problem> problems = {}; ///< empty: the settings can be used
    std::vector<Problem> warnings = {};

    std::string origin(std::string_view key) const;
};

/// Reads a file for a key; nothing when it cannot. An argument, so that the rest stays free of files.
using ReadText = std::function<std::optional<std::string>(const std::string& path)>;

/// Lays the layers on top of the defaults, the last one winning, and checks what concerns more than one setting.
/// `environment` gives the backends' keys and OLLAMA_HOST, which is the default backend unless it names Drover itself.
Resolved resolve(const std::vector<Layer>& layers, const Environment& environment, const ReadText& readText);

} // namespace drover::app
