// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/settings_blocks.h"
#include "core/api/config.h"
#include "core/api/error.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

// The rules of apps, which are blocks [[user]] of the settings file. Pure: texts go in and come out.

/// What a rule says, by the words of `drover apps set`.
struct RuleWord {
    std::string_view word; ///< "parallel"
    std::string_view field; ///< "running_max", of [[user]]
    std::string_view none; ///< the word that stands for no rule: "off", "all"
    std::string_view example; ///< "parallel=1"
};
std::span<const RuleWord> ruleWords();

/// Fields of [[user]] from "weight=2", "parallel=1", "waiting=10", "cap=100k", "lane=batch", "models=llama*,qwen*",
/// "blocked=on". "off" (of models "all", of lane "automatic", of waiting "default") takes a rule away. Fails with
/// BadConfig and a sentence.
drover::Result<BlockFields> parseRuleWords(const std::vector<std::string>& words);

/// The rules in the text of a settings file. Fails with BadConfig when the file is broken.
drover::Result<std::vector<drover::UserRule>> rulesIn(const std::string& text);

/// The text with these fields in the rule of `user`, which is made when there is none.
drover::Result<std::string> setRule(const std::string& text, const std::string& user, const BlockFields& fields);

/// The text without a rule for `user`; the same text when there is none.
drover::Result<std::string> resetRule(const std::string& text, const std::string& user);

/// The value of one word, as somebody would type it: "100k", "off".
std::string ruleValue(const drover::UserRule& rule, std::string_view word);

/// What differs from everybody's: "weight=2 cap=100k"; empty when nothing does.
std::string ruleText(const drover::UserRule& rule);

} // namespace drover::app
