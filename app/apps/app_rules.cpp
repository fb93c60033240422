// SPDX-License-Identifier: MIT
#include "app/apps/app_rules.h"

#include "app/settings/layer.h"
#include "app/settings/number_text.h"
#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"

#include <algorithm>
#include <array>

namespace drover::app {

namespace {

constexpr std::array words = {
    RuleWord{"weight", "weight", "1", "weight=2"},
    RuleWord{"parallel", "running_max", "off", "parallel=1"},
    RuleWord{"waiting", "waiting_max", "default", "waiting=10"},
    RuleWord{"cap", "tokens_per_day", "off", "cap=100k"},
    RuleWord{"lane", "lane", "automatic", "lane=batch"},
    RuleWord{"models", "models", "all", "models=llama*,qwen*"},
    RuleWord{"blocked", "blocked", "off", "blocked=on"},
};

const RowField<drover::UserRule>& fieldOf(const RuleWord& word)
{
    return *std::ranges::find(userFields(), word.field, &RowField<drover::UserRule>::name);
}

std::string expected(const RuleWord& word)
{
    const ValueRule& rule = fieldOf(word).rule;
    if (rule.type == ValueType::TextList)
        return "names of models, such as llama*,qwen*, or all";
    if (rule.type == ValueType::Bool)
        return "on or off";
    ValueRule shown = rule;
    if (!shown.word.empty())
        shown.word = word.none;
    return ruleText(shown);
}

drover::Error notAWord(const std::string& text)
{
    std::string all;
    for (const RuleWord& each : words)
        all += (all.empty() ? "" : ", ") + std::string(each.example);
    return drover::fail(drover::Errc::BadConfig, tomlQuoted(text.substr(0, 80)) + " is no rule; there are " + all);
}

template <class Row> drover::Result<std::vector<Row>> blocksIn(const std::string& text, std::string_view key)
{
    const Layer layer = readSettingsFile(text, "");
    if (!layer.problems.empty())
        return drover::fail(drover::Errc::BadConfig, layer.problems.front().text());
    for (const Assignment& each : layer.assignments)
        if (each.setting->key == key)
            return std::get<std::vector<Row>>(each.value);
    return std::vector<Row>{};
}

} // namespace

std::span<const RuleWord> ruleWords()
{
    return words;
}

drover::Result<BlockFields> parseRuleWords(const std::vector<std::string>& texts)
{
    BlockFields fields;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        const auto word = std::ranges::find(words, std::string_view(text).substr(0, equals), &RuleWord::word);
        if (equals == text.npos || word == words.end())
            return notAWord(text);
        std::string value(trimmed(std::string_view(text).substr(equals + 1)));
        if (value.empty())
            return drover::fail(drover::Errc::BadConfig, std::string(word->word) + " must be " + expected(*word));
        const ValueRule& rule = fieldOf(*word).rule;
        if (value == word->none || value == rule.word) // nothing stands for the default
            value.clear();
        if (!value.empty()) {
            const auto parsed = parseValue(rule, value);
            const bool zero = parsed && !rule.word.empty() && std::get<std::int64_t>(*parsed) == rule.wordValue;
            if (!parsed || zero)
                return drover::fail(drover::Errc::BadConfig,
                    std::string(word->word) + " must be " + expected(*word) + ", not "
                        + tomlQuoted(value.substr(0, 80)));
            value = valueText(rule, *parsed);
        }
        fields.emplace_back(word->field, value);
    }
    return fields;
}

drover::Result<std::vector<drover::UserRule>> rulesIn(const std::string& text)
{
    return blocksIn<drover::UserRule>(text, "user");
}

drover::Result<std::string> setRule(const std::string& text, const std::string& user, const BlockFields& fields)
{
    const auto rules = rulesIn(text);
    if (!rules)
        return rules.error();
    const auto found = std::ranges::find(*rules, user, &drover::UserRule::name);
    if (found != rules->end())
        return changeBlock(text, "user", static_cast<std::size_t>(found - rules->begin()), fields);
    BlockFields all = {{"name", user}};
    all.insert(all.end(), fields.begin(), fields.end());
    return addBlock(text, "user", all);
}

drover::Result<std::string> resetRule(const std::string& text, const std::string& user)
{
    const auto rules = rulesIn(text);
    if (!rules)
        return rules.error();
    const auto found = std::ranges::find(*rules, user, &drover::UserRule::name);
    if (found == rules->end())
        return text;
    return removeBlock(text, "user", static_cast<std::size_t>(found - rules->begin()));
}

std::string ruleValue(const drover::UserRule& rule, std::string_view word)
{
    const auto found = std::ranges::find(words, word, &RuleWord::word);
    if (found == words.end())
        return {};
    const auto& field = fieldOf(*found);
    const SettingValue value = field.get(rule);
    if (value == field.get(drover::UserRule{}))
        return std::string(found->none);
    if (field.rule.type == ValueType::Bool)
        return "on";
    if (field.rule.type == ValueType::TextList) {
        std::string all;
        for (const std::string& each : std::get<std::vector<std::string>>(value))
            all += (all.empty() ? "" : ",") + each;
        return all;
    }
    return valueText(field.rule, value);
}

std::string ruleText(const drover::UserRule& rule)
{
    std::string text;
    for (const RuleWord& each : words)
        if (const std::string value = ruleValue(rule, each.word); value != each.none)
            text += (text.empty() ? "" : " ") + std::string(each.word) + "=" + value;
    return text;
}

} // namespace drover::app
