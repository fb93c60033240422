// SPDX-License-Identifier: MIT
#include "app/settings/settings_blocks.h"

#include "app/settings/layer.h"
#include "app/settings/settings_table.h"
#include "app/settings/text_lines.h"
#include "app/settings/value_text.h"

#include <algorithm>
#include <optional>

namespace drover::app {

namespace {

template <class Row> const ValueRule* ruleIn(std::span<const RowField<Row>> fields, std::string_view name)
{
    const auto found = std::ranges::find(fields, name, &RowField<Row>::name);
    return found == fields.end() ? nullptr : &found->rule;
}

/// Nothing when there is no such field.
const ValueRule* ruleOf(ValueType type, std::string_view name)
{
    if (type == ValueType::Users)
        return ruleIn(userFields(), name);
    if (type == ValueType::Backends)
        return ruleIn(backendFields(), name);
    if (type == ValueType::Keys)
        return ruleIn(keyFields(), name);
    if (type == ValueType::Pools)
        return ruleIn(poolFields(), name);
    return nullptr;
}

/// Names and TOML texts of fields; an empty text is the default.
drover::Result<BlockFields> planned(std::string_view key, const BlockFields& fields)
{
    const Setting* setting = findSetting(key);
    if (!setting || setting->isScalar())
        return drover::fail(drover::Errc::BadConfig, tomlQuoted(key) + " has no blocks");
    BlockFields texts;
    for (const auto& [name, value] : fields) {
        const std::string full = std::string(key) + "." + name;
        const ValueRule* rule = ruleOf(setting->rule.type, name);
        if (!rule)
            return drover::fail(drover::Errc::BadConfig, "there is no setting " + tomlQuoted(full));
        if (value.empty()) {
            texts.emplace_back(name, "");
            continue;
        }
        const auto parsed = parseValue(*rule, value);
        if (!parsed)
            return drover::fail(drover::Errc::BadConfig, full + " must be " + parsed.error().detail);
        texts.emplace_back(name, tomlText(*rule, *parsed));
    }
    return texts;
}

drover::Error unsafe(std::string_view key)
{
    return drover::fail(drover::Errc::BadConfig,
        "[[" + std::string(key) + "]] stands in the file in a form that cannot be edited safely: change it by hand");
}

/// The lines of one block: its header, and the line after its last.
struct Range {
    std::size_t header = 0;
    std::size_t end = 0;
};

std::optional<Range> rangeOf(const std::vector<std::string>& lines, const toml::table& block)
{
    const std::size_t header = block.source().begin.line - 1;
    if (header >= lines.size() || !withoutBlanks(lines[header]).starts_with("[["))
        return {};
    std::size_t end = header + 1;
    while (end < lines.size() && !withoutBlanks(lines[end]).starts_with('['))
        ++end;
    const auto belongsToNext = [&](const std::string& line) {
        return withoutBlanks(line).empty() || (end < lines.size() && withoutBlanks(line).starts_with('#'));
    };
    std::size_t last = end;
    while (last > header + 1 && belongsToNext(lines[last - 1]))
        --last;
    return Range{header, last};
}

/// The lines with one field of a block set, or taken out where `toml` is empty.
void setField(std::vector<std::string>& lines, Range& range, const std::string& name, const std::string& toml)
{
    const std::string end = lines[range.header].ends_with('\r') ? "\r" : "";
    const auto first = lines.begin() + static_cast<std::ptrdiff_t>(range.header) + 1;
    const auto last = lines.begin() + static_cast<std::ptrdiff_t>(range.end);
    const auto found = std::find_if(first, last, [&](const std::string& line) {
        const std::string_view text = withoutBlanks(line);
        return text.starts_with(name) && withoutBlanks(text.substr(name.size())).starts_with('=');
    });
    if (found == last) {
        if (!toml.empty()) {
            lines.insert(last, name + " = " + toml + end);
            ++range.end;
        }
    } else if (toml.empty()) {
        lines.erase(found);
        --range.end;
    } else {
        const auto before = toml::parse(*found);
        const std::size_t begin = offsetOf(*found, before.begin()->second.source().begin);
        const std::size_t after = offsetOf(*found, before.begin()->second.source().end);
        found->replace(begin, after - begin, toml);
    }
}

/// The blocks of a file; nothing when there is none or they have another form.
const toml::array* blocksOf(const toml::table& table, std::string_view key)
{
    const toml::array* blocks = table[key].as_array();
    return blocks && blocks->is_array_of_tables() ? blocks : nullptr;
}

toml::array& blocksIn(toml::table& table, std::string_view key)
{
    if (!table[key].as_array())
        table.insert_or_assign(key, toml::array{});
    return *table[key].as_array();
}

void setFields(toml::table& block, const BlockFields& texts)
{
    for (const auto& [name, text] : texts) {
        block.erase(name);
        if (!text.empty())
            block.insert_or_assign(name, *toml::parse("x = " + text).get("x"));
    }
}

/// `changed`, when it says what `wanted` does and has no problem that was not there before.
drover::Result<std::string> checked(
    std::string_view key, const std::string& text, std::string changed, const toml::table& wanted)
{
    toml::table found = toml::parse(changed);
    if (found != wanted)
        return unsafe(key);
    const Layer before = readSettingsFile(text, "the file");
    const Layer after = readSettingsFile(changed, "the file");
    if (after.problems.size() > before.problems.size())
        return drover::fail(drover::Errc::BadConfig, after.problems.back().sentence);
    return changed;
}

} // namespace

drover::Result<std::string> addBlock(const std::string& text, std::string_view key, const BlockFields& fields)
try {
    const auto texts = planned(key, fields);
    if (!texts)
        return texts.error();
    toml::table wanted = toml::parse(text);
    toml::table block;
    setFields(block, *texts);
    blocksIn(wanted, key).push_back(block);
    const std::string end = text.find("\r\n") == text.npos ? "\n" : "\r\n";
    std::string changed = text;
    if (!changed.empty() && !changed.ends_with('\n'))
        changed += end;
    changed += (changed.empty() ? "" : end) + "[[" + std::string(key) + "]]" + end;
    for (const auto& [name, toml] : *texts)
        changed += toml.empty() ? "" : name + " = " + toml + end;
    return checked(key, text, std::move(changed), wanted);
} catch (const toml::parse_error& error) {
    return brokenFile(error.source().begin, error.description());
}

drover::Result<std::string> changeBlock(
    const std::string& text, std::string_view key, std::size_t index, const BlockFields& fields)
try {
    const auto texts = planned(key, fields);
    if (!texts)
        return texts.error();
    toml::table wanted = toml::parse(text);
    const toml::array* blocks = blocksOf(wanted, key);
    if (!blocks || index >= blocks->size())
        return unsafe(key);
    std::vector<std::string> lines = splitLines(text);
    auto range = rangeOf(lines, *blocks->get(index)->as_table());
    if (!range)
        return unsafe(key);
    for (const auto& [name, toml] : *texts)
        setField(lines, *range, name, toml);
    setFields(*blocksIn(wanted, key).get(index)->as_table(), *texts);
    return checked(key, text, joinLines(lines), wanted);
} catch (const toml::parse_error& error) {
    return brokenFile(error.source().begin, error.description());
}

drover::Result<std::string> removeBlock(const std::string& text, std::string_view key, std::size_t index)
try {
    toml::table wanted = toml::parse(text);
    const toml::array* blocks = blocksOf(wanted, key);
    if (!blocks || index >= blocks->size())
        return unsafe(key);
    std::vector<std::string> lines = splitLines(text);
    const auto range = rangeOf(lines, *blocks->get(index)->as_table());
    if (!range)
        return unsafe(key);
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(range->header),
        lines.begin() + static_cast<std::ptrdiff_t>(range->end));
    const std::size_t at = range->header; // one blank line is enough where two now follow each other
    while (at > 0 && at < lines.size() && withoutBlanks(lines[at]).empty() && withoutBlanks(lines[at - 1]).empty())
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
    toml::array& left = blocksIn(wanted, key);
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(index));
    if (left.empty())
        wanted.erase(key);
    return checked(key, text, joinLines(lines), wanted);
} catch (const toml::parse_error& error) {
    return brokenFile(error.source().begin, error.description());
}

} // namespace drover::app
