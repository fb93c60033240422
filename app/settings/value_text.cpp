// SPDX-License-Identifier: MIT
#include "app/settings/value_text.h"

#include "app/settings/address.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <locale>
#include <optional>
#include <span>
#include <sstream>

namespace drover::app {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t size;
};

constexpr std::array durationUnits = {Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"m", 60'000}, Unit{"s", 1'000},
    Unit{"ms", 1}, Unit{"min", 60'000}};
constexpr std::array byteUnits = {Unit{"TiB", 1LL << 40}, Unit{"GiB", 1LL << 30}, Unit{"MiB", 1LL << 20},
    Unit{"KiB", 1LL << 10}, Unit{"TB", 1'000'000'000'000}, Unit{"GB", 1'000'000'000}, Unit{"MB", 1'000'000},
    Unit{"kB", 1'000}, Unit{"KB", 1'000}, Unit{"B", 1}};

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == text.npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

bool isBlank(char letter)
{
    return letter == ' ' || letter == '\t';
}

struct Decimal {
    double number = 0;
    std::size_t length = 0; ///< of its text; 0 when there is none
};

/// A decimal number at the beginning of a text, whatever the locale.
Decimal parseDecimal(std::string_view text)
{
    constexpr std::size_t digitsMax = 20;
    const bool negative = text.starts_with('-');
    Decimal decimal;
    double scale = 1;
    std::size_t digits = 0;
    std::size_t at = negative ? 1 : 0;
    bool fraction = false;
    for (; at < text.size() && digits <= digitsMax; ++at) {
        if (text[at] == '.' && !fraction && digits > 0) {
            fraction = true;
            continue;
        }
        if (text[at] < '0' || text[at] > '9')
            break;
        ++digits;
        scale *= fraction ? 10 : 1;
        decimal.number = decimal.number * 10 + (text[at] - '0');
    }
    if (digits == 0 || digits > digitsMax)
        return {};
    decimal.number = (negative ? -decimal.number : decimal.number) / scale;
    decimal.length = at;
    return decimal;
}

/// Sums "1h 30m"; a plain number counts in `plain`. Nothing when it is no such text or too large.
std::optional<std::int64_t> parseUnits(std::string_view text, std::span<const Unit> units, std::int64_t plain)
{
    constexpr double most = 9e15; // whole numbers are exact up to here
    double sum = 0;
    bool first = true;
    while (!text.empty()) {
        const auto [number, length] = parseDecimal(text);
        if (length == 0 || (number < 0 && !first))
            return {};
        text.remove_prefix(length);
        while (!text.empty() && isBlank(text.front()))
            text.remove_prefix(1);
        const std::size_t unitEnd =
            std::min(text.size(), text.find_first_of("0123456789-. \t")); // npos is larger than any size
        const std::string_view name = text.substr(0, unitEnd);
        text.remove_prefix(unitEnd);
        while (!text.empty() && isBlank(text.front()))
            text.remove_prefix(1);
        std::int64_t size = plain;
        if (!name.empty()) {
            const auto unit = std::ranges::find(units, name, &Unit::name);
            if (unit == units.end())
                return {};
            size = unit->size;
        } else if (!first || !text.empty())
            return {};
        sum += number * static_cast<double>(size);
        if (std::abs(sum) > most)
            return {};
        first = false;
    }
    if (first)
        return {};
    return std::llround(sum);
}

/// Bytes of the UTF-8 letter that a text begins with; 0 when it is none (RFC 3629 section 4).
std::size_t letterBytes(std::string_view text)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned lead = byte(0);
    const std::size_t size = lead < 0x80 ? 1
        : lead < 0xC2                    ? 0
        : lead < 0xE0                    ? 2
        : lead < 0xF0                    ? 3
        : lead < 0xF5                    ? 4
                                         : 0;
    if (size == 0 || text.size() < size)
        return 0;
    for (std::size_t at = 1; at < size; ++at) {
        if ((byte(at) & 0xC0) != 0x80)
            return 0;
    }
    const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool outside = (lead == 0xED && byte(1) >= 0xA0) || (lead == 0xF4 && byte(1) >= 0x90);
    return overlong || outside ? 0 : size;
}

bool isPlainText(std::string_view text)
{
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text.front());
        const std::size_t size = letterBytes(text);
        if (size == 0 || first < ' ' || first == 127)
            return false;
        text.remove_prefix(size);
    }
    return true;
}

std::optional<std::int64_t> parseWhole(std::string_view text)
{
    std::int64_t number = 0;
    if (text.starts_with('+'))
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return {};
    return number;
}

std::string inUnits(std::int64_t number, std::span<const Unit> units, std::string_view gap)
{
    for (const Unit& unit : units) {
        if (number != 0 && number % unit.size == 0)
            return std::to_string(number / unit.size) + std::string(gap) + std::string(unit.name);
    }
    return std::to_string(number);
}

/// The range's numbers, each in the rule's own form.
std::string numberText(const ValueRule& rule, std::int64_t number)
{
    switch (rule.type) {
    case ValueType::Duration:
        return number == 0 ? "0s" : inUnits(number, std::span(durationUnits).first(5), "");
    case ValueType::Bytes:
        return inUnits(number, std::span(byteUnits).first(4), " ");
    default:
        return std::to_string(number);
    }
}

drover::Error notThat(const ValueRule& rule, std::string_view text)
{
    constexpr std::size_t shownMax = 80;
    const std::string shown(text.substr(0, shownMax));
    return drover::fail(
        drover::Errc::BadConfig, ruleText(rule) + ", not \"" + shown + (text.size() > shownMax ? "..." : "") + "\"");
}

std::vector<std::string> splitList(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.size(), text.find(','));
        if (const auto part = trimmed(text.substr(0, comma)); !part.empty())
            parts.emplace_back(part);
        text.remove_prefix(std::min(text.size(), comma + 1));
    }
    return parts;
}

drover::Result<SettingValue> parseBool(const ValueRule& rule, std::string_view text)
{
    for (const std::string_view word : {"true", "yes", "on", "1"}) {
        if (text == word)
            return SettingValue(true);
    }
    for (const std::string_view word : {"false", "no", "off", "0"}) {
        if (text == word)
            return SettingValue(false);
    }
    return notThat(rule, text);
}

drover::Result<SettingValue> parseNumber(const ValueRule& rule, std::string_view text)
{
    std::optional<std::int64_t> number;
    if (!rule.word.empty() && text == rule.word)
        number = rule.wordValue;
    else if (rule.type == ValueType::Integer)
        number = parseWhole(text);
    else if (rule.type == ValueType::Duration)
        number = parseUnits(text, durationUnits, 1'000);
    else
        number = parseUnits(text, byteUnits, 1);
    if (!number)
        return notThat(rule, text);
    return checkRange(rule, *number, text);
}

drover::Result<SettingValue> parseBackends(const ValueRule& rule, std::string_view text)
{
    std::vector<BackendSetting> backends;
    for (const std::string& part : splitList(text)) {
        const auto url = parseUrl(part);
        if (!url)
            return url.error();
        backends.push_back({.backend = {.url = urlText(*url)}});
    }
    if (backends.empty())
        return notThat(rule, text);
    return SettingValue(std::move(backends));
}

} // namespace

drover::Result<SettingValue> checkRange(const ValueRule& rule, std::int64_t number, std::string_view written)
{
    if (rule.type == ValueType::Duration && rule.least < 0 && number < 0)
        number = rule.least; // any negative time means the same: no limit
    if (number < rule.least || number > rule.most)
        return notThat(rule, written);
    if (rule.type == ValueType::Duration)
        return SettingValue(std::chrono::milliseconds(number));
    return SettingValue(number);
}

drover::Result<SettingValue> parseValue(const ValueRule& rule, std::string_view whole)
{
    const std::string_view text = trimmed(whole);
    if (!isPlainText(text))
        return drover::fail(drover::Errc::BadConfig, "UTF-8 text without control characters");
    switch (rule.type) {
    case ValueType::Bool:
        return parseBool(rule, text);
    case ValueType::Integer:
    case ValueType::Duration:
    case ValueType::Bytes:
        return parseNumber(rule, text);
    case ValueType::Choice:
        if (std::ranges::find(rule.choices, text) == rule.choices.end())
            return notThat(rule, text);
        return SettingValue(std::string(text));
    case ValueType::Text:
        return SettingValue(std::string(text));
    case ValueType::Address: {
        if (!rule.word.empty() && text == rule.word)
            return SettingValue(std::string(text));
        const auto address = parseAddress(text);
        if (!address)
            return address.error();
        return SettingValue(addressText(*address));
    }
    case ValueType::Url: {
        const auto url = parseUrl(text);
        if (!url)
            return url.error();
        return SettingValue(urlText(*url));
    }
    case ValueType::TextList:
        return SettingValue(splitList(text));
    case ValueType::Backends:
        return parseBackends(rule, text);
    case ValueType::Weights:
    case ValueType::Keys:
        break;
    }
    return notThat(rule, text);
}

std::string tomlQuoted(std::string_view text)
{
    static constexpr std::string_view hexDigits = "0123456789ABCDEF";
    std::string toml = "\"";
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        if (letter == '"' || letter == '\\') {
            toml += '\\';
            toml += letter;
        } else if (code < 0x20 || code == 0x7F) {
            toml += "\\u00";
            toml += hexDigits[code >> 4];
            toml += hexDigits[code & 15];
        } else
            toml += letter;
    }
    return toml + '"';
}

std::string weightText(double weight)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << weight;
    return text.str();
}

drover::Result<double> parseWeight(std::string_view text)
{
    const Decimal decimal = parseDecimal(trimmed(text));
    if (decimal.length == 0 || decimal.length != trimmed(text).size() || decimal.number < weightLeast
        || decimal.number > weightMost)
        return drover::fail(
            drover::Errc::BadConfig, "a number between 0.01 and 100, not \"" + std::string(text) + "\"");
    return decimal.number;
}

std::string valueText(const ValueRule& rule, const SettingValue& value)
{
    switch (rule.type) {
    case ValueType::Bool:
        return std::get<bool>(value) ? "true" : "false";
    case ValueType::Integer:
    case ValueType::Bytes:
    case ValueType::Duration: {
        const std::int64_t number = rule.type == ValueType::Duration
            ? std::get<std::chrono::milliseconds>(value).count()
            : std::get<std::int64_t>(value);
        if (!rule.word.empty() && number == rule.wordValue)
            return std::string(rule.word);
        return numberText(rule, number);
    }
    case ValueType::Choice:
    case ValueType::Text:
    case ValueType::Address:
    case ValueType::Url:
        return std::get<std::string>(value);
    case ValueType::TextList: {
        std::string all;
        for (const std::string& each : std::get<std::vector<std::string>>(value))
            all += (all.empty() ? "" : ", ") + each;
        return all;
    }
    case ValueType::Weights: {
        std::string all;
        for (const auto& [user, weight] : std::get<std::map<std::string, double>>(value)) {
            all += (all.empty() ? "" : ", ") + user + "=" + weightText(weight);
        }
        return all;
    }
    case ValueType::Backends: {
        std::string all;
        for (const BackendSetting& each : std::get<std::vector<BackendSetting>>(value))
            all += (all.empty() ? "" : ", ") + each.backend.url;
        return all;
    }
    case ValueType::Keys: {
        std::string all;
        for (const drover::KeyConfig& each : std::get<std::vector<drover::KeyConfig>>(value))
            all += (all.empty() ? "" : ", ") + each.name;
        return all;
    }
    }
    return {};
}

std::string tomlText(const ValueRule& rule, const SettingValue& value)
{
    const std::string text = valueText(rule, value);
    if (rule.type == ValueType::Bool || (rule.type == ValueType::Integer && text != rule.word))
        return text;
    if (rule.type == ValueType::TextList) {
        std::string list;
        for (const std::string& each : std::get<std::vector<std::string>>(value))
            list += (list.empty() ? "" : ", ") + tomlQuoted(each);
        return "[" + list + "]";
    }
    return tomlQuoted(text);
}

std::string ruleText(const ValueRule& rule)
{
    const std::string word = rule.word.empty() ? "" : ", or \"" + std::string(rule.word) + "\"";
    const auto between = [&](std::string_view what) {
        const std::int64_t least = !rule.word.empty() && rule.least == rule.wordValue ? rule.least + 1 : rule.least;
        return std::string(what) + " between " + numberText(rule, least) + " and " + numberText(rule, rule.most) + word;
    };
    switch (rule.type) {
    case ValueType::Bool:
        return "true or false";
    case ValueType::Integer:
        return between("a whole number");
    case ValueType::Duration:
        return between("a time such as \"10m\" or \"1h30m\" (a plain number is seconds)");
    case ValueType::Bytes:
        return between("a size such as \"64 MiB\" (a plain number is bytes)");
    case ValueType::Choice: {
        std::string all;
        for (const std::string_view each : rule.choices)
            all += (all.empty() ? "" : ", ") + std::string(each);
        return "one of " + all;
    }
    case ValueType::Text:
        return "text";
    case ValueType::Address:
        return "an address and port such as \"127.0.0.1:11435\"" + word;
    case ValueType::Url:
        return "an address such as \"http://127.0.0.1:11434\"";
    case ValueType::TextList:
        return "a list of texts";
    case ValueType::Weights:
        return "a table of numbers";
    case ValueType::Backends:
        return "one or more addresses such as \"http://127.0.0.1:11434\", separated by commas";
    case ValueType::Keys:
        return "a list of tables";
    }
    return {};
}

} // namespace drover::app
