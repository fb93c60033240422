// SPDX-License-Identifier: MIT
#include "app/settings/settings_text.h"

#include "app/settings/layer.h"
#include "app/settings/settings_table.h"
#include "app/settings/text_lines.h"
#include "app/settings/value_text.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <span>

namespace drover::app {

namespace {

constexpr std::size_t columnMax = 100;

/// "# " before each line of a sentence, broken at blanks.
std::string comment(std::string_view sentence)
{
    std::string text;
    while (!sentence.empty()) {
        std::size_t end = sentence.size();
        if (end > columnMax) {
            end = sentence.rfind(' ', columnMax);
            end = end == sentence.npos ? sentence.size() : end;
        }
        text += "# " + std::string(sentence.substr(0, end)) + "\n";
        sentence.remove_prefix(std::min(sentence.size(), end + 1));
    }
    return text;
}

std::string rangeSentence(const ValueRule& rule)
{
    switch (rule.type) {
    case ValueType::Integer:
    case ValueType::Number:
    case ValueType::Count:
    case ValueType::Duration:
    case ValueType::Bytes: {
        std::string text = ruleText(rule);
        return text.substr(text.find("between"));
    }
    default:
        return {};
    }
}

std::string describeSetting(const Setting& setting)
{
    std::string sentence(setting.sentence);
    if (const std::string range = rangeSentence(setting.rule); !range.empty())
        sentence += " (" + range + ")";
    if (setting.effect == Effect::AfterRestart)
        sentence += " Counts after a restart.";
    return sentence;
}

template <class Row> std::string blockText(const Setting& setting, std::span<const RowField<Row>> fields)
{
    std::string text = "\n" + comment(setting.sentence) + "# [[" + std::string(setting.key) + "]]\n";
    const Row defaults{};
    for (const auto& field : fields) {
        text += "# " + std::string(field.name) + " = " + tomlText(field.rule, field.get(defaults));
        text += "  # " + std::string(field.sentence) + "\n";
    }
    return text;
}

bool isBareKey(std::string_view key)
{
    return !key.empty() && std::ranges::all_of(key, [](unsigned char letter) {
        return std::isalnum(letter) || letter == '_' || letter == '-';
    });
}

/// What is to be written, and where.
struct Edit {
    const Setting* setting = nullptr;
    std::string section = {};
    std::string name = {}; ///< as in the parsed file
    std::string toml = {}; ///< the value's text
};

drover::Result<Edit> planEdit(std::string_view key, std::string_view value)
{
    const Setting* setting = findSetting(key);
    if (!setting) {
        const std::string nearest = nearestKey(key);
        return drover::fail(drover::Errc::BadConfig,
            "there is no setting " + tomlQuoted(key) + (nearest.empty() ? "" : "; did you mean " + nearest + "?"));
    }
    if (!setting->isScalar())
        return drover::fail(
            drover::Errc::BadConfig, std::string(key) + " has several parts: edit it in the file itself");
    const auto parsed = parseValue(setting->rule, value);
    if (!parsed)
        return drover::fail(drover::Errc::BadConfig, std::string(key) + " must be " + parsed.error().detail);
    return Edit{
        setting, std::string(setting->section()), std::string(setting->name()), tomlText(setting->rule, *parsed)};
}

/// The text with a line for a setting that it does not have yet.
std::string insertLine(const std::string& text, const Edit& edit, const Setting& setting)
{
    std::vector<std::string> lines = splitLines(text);
    const std::string end = text.find("\r\n") == text.npos ? "" : "\r";
    const std::string line = (isBareKey(edit.name) ? edit.name : tomlQuoted(edit.name)) + " = " + edit.toml + end;
    const auto header = std::ranges::find_if(
        lines, [&](const std::string& each) { return withoutBlanks(each).starts_with("[" + edit.section + "]"); });
    if (header == lines.end()) {
        if (!lines.empty() && !withoutBlanks(lines.back()).empty())
            lines.push_back(end);
        lines.push_back("[" + edit.section + "]" + end);
        lines.push_back(line);
        return joinLines(lines);
    }
    const auto next = std::find_if(
        header + 1, lines.end(), [](const std::string& each) { return withoutBlanks(each).starts_with('['); });
    if (setting.isScalar()) {
        const std::string asDefault = "#" + edit.name + " = " + tomlText(setting.rule, setting.get(Settings{}));
        const auto same =
            std::find_if(header + 1, next, [&](const std::string& each) { return withoutBlanks(each) == asDefault; });
        if (same != next) {
            *same = line;
            return joinLines(lines);
        }
    }
    const auto about = std::find_if(header + 1, next, [&](const std::string& each) {
        return withoutBlanks(each).starts_with("#" + edit.name + " ")
            || withoutBlanks(each).starts_with("# " + edit.name + " =");
    });
    if (about != next) {
        lines.insert(about + 1, line);
        return joinLines(lines);
    }
    auto last = next; // after the last line of the section that says something which is its own
    while (last != header + 1
        && (withoutBlanks(*(last - 1)).empty() || (next != lines.end() && withoutBlanks(*(last - 1)).starts_with('#'))))
        --last;
    lines.insert(last, line);
    return joinLines(lines);
}

/// What a line of a setting becomes when the default counts again: the default as a comment, as defaultFileText() has
/// it, or nothing where the line says more than the name.
std::string lineOfDefault(const Edit& edit, std::string_view beforeValue, std::string_view afterValue)
{
    const std::string_view before = withoutBlanks(beforeValue);
    const bool plain = before.starts_with(edit.name) && withoutBlanks(before.substr(edit.name.size())) == "=";
    if (!plain || !edit.setting->isScalar())
        return {};
    return "#" + edit.name + " = " + edit.toml + std::string(afterValue);
}

/// The text without the setting whose value is `node`.
std::string withoutSetting(const std::string& text, const Edit& edit, const toml::node& node)
{
    const std::size_t begin = offsetOf(text, node.source().begin);
    const std::size_t end = std::max(begin, offsetOf(text, node.source().end));
    const std::size_t lineBegin = text.rfind('\n', begin) == text.npos ? 0 : text.rfind('\n', begin) + 1;
    const std::size_t lineEnd = std::min(text.size(), text.find('\n', end));
    const std::string_view whole(text);
    const std::string line =
        lineOfDefault(edit, whole.substr(lineBegin, begin - lineBegin), whole.substr(end, lineEnd - end));
    const std::size_t gone = line.empty() ? std::min(text.size(), lineEnd + 1) : lineEnd;
    return text.substr(0, lineBegin) + line + text.substr(gone);
}

/// The table without one setting, and without its section where that has nothing else.
toml::table tableWithout(toml::table table, const Edit& edit)
{
    if (toml::table* section = table[edit.section].as_table()) {
        section->erase(edit.name);
        if (section->empty())
            table.erase(edit.section);
    }
    return table;
}

/// True when `after` differs from `before` by nothing but the value of one setting.
bool changesOnly(const Layer& before, const Layer& after, const Edit& edit)
{
    if (after.problems.size() > before.problems.size())
        return false;
    std::size_t found = 0;
    for (const Assignment& each : after.assignments) {
        if (each.setting == edit.setting) {
            ++found;
            continue;
        }
        const auto same = std::ranges::find(before.assignments, each.setting, &Assignment::setting);
        if (same == before.assignments.end() || same->value != each.value)
            return false;
    }
    const auto others =
        std::ranges::count_if(before.assignments, [&](const Assignment& each) { return each.setting != edit.setting; });
    return found == 1 && after.assignments.size() == static_cast<std::size_t>(others) + 1;
}

/// True when the text gives the setting the value that was planned.
bool says(const std::string& text, const Edit& edit)
{
    const Edit& e = edit;
    const auto wanted = toml::parse("x = " + e.toml);
    const auto table = toml::parse(text);
    const toml::table* section = table[e.section].as_table();
    const toml::node* node = section ? section->get(e.name) : nullptr;
    return node && toml::table{{"x", *node}} == wanted;
}

} // namespace

std::string defaultFileText()
{
    std::string text = comment("Drover's settings. It reads this file again when it changes; a mistake leaves the old "
                               "settings in force and is "
                               "named with its line (drover config validate).")
        + "#\n"
        + comment(
            "A line such as \"#waiting_max = 1024\" shows a default; remove the # to change it. Environment variables "
            "(DROVER_QUEUE_WAITING_MAX) and options of drover serve are stronger than this file. No secret belongs "
            "in it.");
    const Settings defaults;
    std::string_view section;
    for (const Setting& setting : settingsTable()) {
        if (setting.rule.type == ValueType::Users)
            text += blockText(setting, userFields());
        else if (setting.rule.type == ValueType::Backends)
            text += blockText(setting, backendFields());
        else if (setting.rule.type == ValueType::Keys)
            text += blockText(setting, keyFields());
        else if (setting.rule.type == ValueType::Pools)
            text += blockText(setting, poolFields());
        else {
            if (setting.section() != section) {
                section = setting.section();
                text += "\n" + comment(sectionSentence(section)) + "[" + std::string(section) + "]\n";
            }
            text += "\n" + comment(describeSetting(setting)) + "#" + std::string(setting.name()) + " = "
                + tomlText(setting.rule, setting.get(defaults)) + "\n";
        }
    }
    return text;
}

drover::Result<std::string> setInFile(const std::string& text, std::string_view key, std::string_view value)
try {
    const auto edit = planEdit(key, value);
    if (!edit)
        return edit.error();
    const Layer before = readSettingsFile(text, "the file");
    const toml::table table = toml::parse(text);
    const toml::table* section = table[edit->section].as_table();
    const toml::node* node = section ? section->get(edit->name) : nullptr;
    std::string changed = text;
    if (node) {
        const std::size_t begin = offsetOf(text, node->source().begin);
        const std::size_t end = offsetOf(text, node->source().end);
        if (end >= begin)
            changed.replace(begin, end - begin, edit->toml);
    } else
        changed = insertLine(text, *edit, *edit->setting);
    if (!says(changed, *edit) || !changesOnly(before, readSettingsFile(changed, "the file"), *edit))
        return drover::fail(drover::Errc::BadConfig,
            std::string(key) + " stands in the file in a form that cannot be edited safely: change it by hand");
    return changed;
} catch (const toml::parse_error& error) {
    return brokenFile(error.source().begin, error.description());
}

drover::Result<std::string> resetInFile(const std::string& text, std::string_view key)
try {
    const Setting* setting = findSetting(key);
    const std::string fallback =
        setting && setting->isScalar() ? valueText(setting->rule, setting->get(Settings{})) : "1";
    const auto edit = planEdit(key, fallback);
    if (!edit)
        return edit.error();
    const toml::table table = toml::parse(text);
    const toml::table* section = table[edit->section].as_table();
    const toml::node* node = section ? section->get(edit->name) : nullptr;
    if (!node)
        return text;
    const std::string changed = withoutSetting(text, *edit, *node);
    const toml::table after = toml::parse(changed);
    if (tableWithout(after, *edit) != tableWithout(table, *edit) || after[edit->section][edit->name])
        return drover::fail(drover::Errc::BadConfig,
            std::string(key) + " stands in the file in a form that cannot be edited safely: change it by hand");
    return changed;
} catch (const toml::parse_error& error) {
    return brokenFile(error.source().begin, error.description());
}

} // namespace drover::app
