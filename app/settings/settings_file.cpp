// SPDX-License-Identifier: MIT
#include "app/settings/layer.h"

#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <initializer_list>
#include <set>

namespace drover::app {

namespace {

constexpr std::size_t fileBytesMax = 1 << 20;

int lineOf(const toml::source_region& region)
{
    return static_cast<int>(region.begin.line);
}

std::string joined(std::initializer_list<std::string_view> parts)
{
    std::string text;
    for (const std::string_view part : parts)
        text += part;
    return text;
}

/// Makes a layer of a parsed file.
class FileReader {
public:
    explicit FileReader(std::string name)
        : m_name(std::move(name))
    {
    }

    void readTable(const toml::table& table, const std::string& prefix);
    Layer take() { return std::move(m_layer); }

private:
    void problem(const toml::source_region& at, std::string sentence)
    {
        m_layer.problems.push_back({m_name, lineOf(at), std::move(sentence)});
    }
    void unknown(const toml::source_region& at, const std::string& key);
    void readSetting(const Setting& setting, const toml::node& node);
    std::optional<SettingValue> readScalar(const ValueRule& rule, const std::string& key, const toml::node& node);
    std::optional<SettingValue> readTextList(const std::string& key, const toml::node& node);
    template <class Row>
    std::optional<SettingValue> readRows(
        const std::string& key, std::span<const RowField<Row>> fields, const toml::node& node);
    template <class Row>
    void readRow(const std::string& key, std::span<const RowField<Row>> fields, const toml::table& table, Row& row);

    std::string m_name;
    Layer m_layer = {};
};

void FileReader::unknown(const toml::source_region& at, const std::string& key)
{
    constexpr std::size_t shownMax = 80;
    const std::string nearest = nearestKey(key);
    problem(at,
        "there is no setting " + tomlQuoted(key.substr(0, shownMax))
            + (nearest.empty() ? std::string() : "; did you mean " + nearest + "?"));
}

void FileReader::readTable(const toml::table& table, const std::string& prefix)
{
    for (const auto& [name, node] : table) {
        const std::string key = joined({prefix, name.str()});
        if (const Setting* setting = findSetting(key))
            readSetting(*setting, node);
        else if (prefix.empty() && !sectionSentence(key).empty()) {
            if (const toml::table* section = node.as_table())
                readTable(*section, key + ".");
            else
                problem(name.source(), joined({key, " is a section: write [", key, "] and its settings below"}));
        } else
            unknown(name.source(), key);
    }
}

void FileReader::readSetting(const Setting& setting, const toml::node& node)
{
    const std::string key(setting.key);
    std::optional<SettingValue> value;
    switch (setting.rule.type) {
    case ValueType::TextList:
        value = readTextList(key, node);
        break;
    case ValueType::Users:
        value = readRows(key, userFields(), node);
        break;
    case ValueType::Backends:
        value = readRows(key, backendFields(), node);
        break;
    case ValueType::Keys:
        value = readRows(key, keyFields(), node);
        break;
    case ValueType::Pools:
        value = readRows(key, poolFields(), node);
        break;
    default:
        value = readScalar(setting.rule, key, node);
        break;
    }
    if (value)
        m_layer.assignments.push_back({&setting, std::move(*value), Part::Whole, m_name, lineOf(node.source())});
}

std::optional<SettingValue> FileReader::readScalar(
    const ValueRule& rule, const std::string& key, const toml::node& node)
{
    const auto refuse = [&](std::string_view what) {
        problem(node.source(), key + " must be " + ruleText(rule) + ", not " + std::string(what));
        return std::nullopt;
    };
    const auto taken = [&](drover::Result<SettingValue> value) -> std::optional<SettingValue> {
        if (value)
            return *value;
        problem(node.source(), key + " must be " + value.error().detail);
        return {};
    };
    if (const auto* truth = node.as_boolean()) {
        if (rule.type == ValueType::Bool)
            return SettingValue(truth->get());
        return refuse(truth->get() ? "true" : "false");
    }
    if (const auto* text = node.as_string()) {
        if (rule.type == ValueType::Bool || rule.type == ValueType::Number
            || (rule.type == ValueType::Integer && text->get() != rule.word))
            return refuse(tomlQuoted(std::string_view(text->get()).substr(0, 80)));
        return taken(parseValue(rule, text->get()));
    }
    if (rule.type == ValueType::Number && node.is_number())
        return taken(checkNumber(rule, node.value<double>().value_or(0)));
    const bool isNumber = rule.type == ValueType::Integer || rule.type == ValueType::Count
        || rule.type == ValueType::Duration || rule.type == ValueType::Bytes;
    if (const auto* number = node.as_integer(); number && isNumber) {
        constexpr std::int64_t secondsMost = 1'000'000'000'000;
        const std::int64_t whole = number->get();
        if (rule.type != ValueType::Duration)
            return taken(checkRange(rule, whole, std::to_string(whole)));
        if (whole <= secondsMost && whole >= -secondsMost)
            return taken(checkRange(rule, whole * 1'000, std::to_string(whole)));
        return refuse(std::to_string(whole));
    }
    if (const auto* number = node.as_floating_point(); number && rule.type == ValueType::Duration) {
        if (std::abs(number->get()) < 1e12)
            return taken(checkRange(rule, std::llround(number->get() * 1e3), numberText(number->get())));
        return refuse("that");
    }
    if (node.is_number())
        return refuse("a number");
    return refuse(node.is_table() ? "a table" : node.is_array() ? "a list" : "a date or time");
}

std::optional<SettingValue> FileReader::readTextList(const std::string& key, const toml::node& node)
{
    std::vector<std::string> texts;
    const toml::array* array = node.as_array();
    if (const auto* single = node.as_string())
        return SettingValue(std::vector<std::string>{single->get()});
    if (!array) {
        problem(node.source(), key + " must be a list of texts such as [\"https://chat.example.org\"]");
        return {};
    }
    for (const toml::node& each : *array) {
        const auto* text = each.as_string();
        if (!text || text->get().empty() || text->get().find(',') != std::string::npos) {
            problem(each.source(), key + " must be a list of texts, each not empty and without a comma");
            return {};
        }
        texts.push_back(text->get());
    }
    return SettingValue(std::move(texts));
}

template <class Row>
void FileReader::readRow(
    const std::string& key, std::span<const RowField<Row>> fields, const toml::table& table, Row& row)
{
    for (const auto& [name, node] : table) {
        const auto field = std::ranges::find(fields, name.str(), &RowField<Row>::name);
        const std::string full = joined({key, ".", name.str().substr(0, 80)});
        if (field == fields.end()) {
            std::string all;
            for (const auto& each : fields)
                all.append(all.empty() ? "" : ", ").append(each.name);
            problem(name.source(), joined({"there is no setting ", tomlQuoted(full), "; [[", key, "]] has ", all}));
        } else if (const auto value = field->rule.type == ValueType::TextList ? readTextList(full, node)
                                                                              : readScalar(field->rule, full, node))
            field->set(row, *value);
    }
}

template <class Row>
std::optional<SettingValue> FileReader::readRows(
    const std::string& key, std::span<const RowField<Row>> fields, const toml::node& node)
{
    const toml::array* array = node.as_array();
    const std::size_t before = m_layer.problems.size();
    std::vector<Row> rows;
    if (!array)
        problem(node.source(), joined({key, " may stand more than once: write [[", key, "]] with double brackets"}));
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        const toml::node& each = *array->get(i);
        if (const toml::table* table = each.as_table())
            readRow(key, fields, *table, rows.emplace_back());
        else
            problem(each.source(), joined({key, " must be blocks that begin with [[", key, "]]"}));
    }
    if constexpr (std::is_same_v<Row, drover::KeyConfig>) {
        for (std::size_t i = 0; array && i < rows.size(); ++i) {
            for (char& digit : rows[i].sha256Hex)
                digit = static_cast<char>(std::tolower(static_cast<unsigned char>(digit)));
            const bool hex = rows[i].sha256Hex.size() == 64
                && rows[i].sha256Hex.find_first_not_of("0123456789abcdef") == std::string::npos;
            if (!hex || rows[i].name.empty())
                problem(array->get(i)->source(), "[[key]] needs a name and a sha256 of 64 hexadecimal digits");
        }
    }
    if constexpr (std::is_same_v<Row, drover::UserRule>) {
        std::set<std::string_view> names;
        for (std::size_t i = 0; array && i < rows.size(); ++i) {
            if (rows[i].name.empty())
                problem(array->get(i)->source(), "[[user]] needs a name");
            else if (!names.insert(rows[i].name).second)
                problem(array->get(i)->source(), "two blocks [[user]] are about " + tomlQuoted(rows[i].name));
        }
    }
    return m_layer.problems.size() == before ? std::optional<SettingValue>(std::move(rows)) : std::nullopt;
}

} // namespace

Layer readSettingsFile(std::string_view text, const std::string& name)
{
    Layer broken;
    if (text.size() > fileBytesMax) {
        broken.problems.push_back({name, 0, "the file is larger than a mebibyte"});
        return broken;
    }
    try {
        FileReader reader(name);
        reader.readTable(toml::parse(text), {});
        Layer layer = reader.take();
        std::ranges::stable_sort(layer.problems, {}, &Problem::line); // toml++ goes by name, people by line
        return layer;
    } catch (const toml::parse_error& error) {
        std::string sentence(error.description());
        broken.problems.push_back({name, lineOf(error.source()), "this is not TOML: " + sentence});
    }
    return broken;
}

} // namespace drover::app
