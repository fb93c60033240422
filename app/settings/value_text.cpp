// SPDX-License-Identifier: MIT
#include "app/settings/value_text.h"

#include "app/settings/address.h"
#include "app/settings/number_text.h"

#include <algorithm>
#include <locale>
#include <optional>
#include <span>
#include <sstream>

namespace drover::app {

namespace {

/// The range's numbers, each in the rule's own form.
std::string boundText(const ValueRule& rule, std::int64_t number)
{
    switch (rule.type) {
    case ValueType::Duration:
        return number == 0 ? "0s" : inUnits(number, durationUnitsWritten, "");
    case ValueType::Bytes:
        return inUnits(number, byteUnitsWritten, " ");
    case ValueType::Count:
        return number % 1'000 != 0 || number == 0 ? std::to_string(number) : inUnits(number, countUnitsWritten, "");
    case ValueType::Number:
        return numberText(static_cast<double>(number) / 100);
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
    else if (rule.type == ValueType::Count)
        number = parseUnits(text, countUnits, 1);
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

drover::Result<SettingValue> checkNumber(const ValueRule& rule, double number)
{
    const double hundredths = number * 100;
    if (hundredths >= static_cast<double>(rule.least) && hundredths <= static_cast<double>(rule.most))
        return SettingValue(number);
    return notThat(rule, numberText(number)); // also what is no number
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
    case ValueType::Count:
    case ValueType::Duration:
    case ValueType::Bytes:
        return parseNumber(rule, text);
    case ValueType::Number: {
        const Decimal decimal = parseDecimal(text);
        if (decimal.length == 0 || decimal.length != text.size())
            return notThat(rule, text);
        return checkNumber(rule, decimal.number);
    }
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
    case ValueType::WeekHours: {
        const auto hours = drover::parseWeekHours(text);
        if (!hours)
            return notThat(rule, text);
        return SettingValue(drover::weekHoursText(*hours));
    }
    case ValueType::Backends:
        return parseBackends(rule, text);
    case ValueType::Users:
    case ValueType::Keys:
    case ValueType::Pools:
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

std::string numberText(double number)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << number;
    return text.str();
}

std::string valueText(const ValueRule& rule, const SettingValue& value)
{
    switch (rule.type) {
    case ValueType::Bool:
        return std::get<bool>(value) ? "true" : "false";
    case ValueType::Number:
        return numberText(std::get<double>(value));
    case ValueType::Integer:
    case ValueType::Count:
    case ValueType::Bytes:
    case ValueType::Duration: {
        const std::int64_t number = rule.type == ValueType::Duration
            ? std::get<std::chrono::milliseconds>(value).count()
            : std::get<std::int64_t>(value);
        if (!rule.word.empty() && number == rule.wordValue)
            return std::string(rule.word);
        return boundText(rule, number);
    }
    case ValueType::Choice:
    case ValueType::Text:
    case ValueType::Address:
    case ValueType::Url:
    case ValueType::WeekHours:
        return std::get<std::string>(value);
    case ValueType::TextList: {
        std::string all;
        for (const std::string& each : std::get<std::vector<std::string>>(value))
            all += (all.empty() ? "" : ", ") + each;
        return all;
    }
    case ValueType::Users: {
        std::string all;
        for (const drover::UserRule& each : std::get<std::vector<drover::UserRule>>(value))
            all += (all.empty() ? "" : ", ") + each.name;
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
    case ValueType::Pools: {
        std::string all;
        for (const PoolSetting& each : std::get<std::vector<PoolSetting>>(value))
            all += (all.empty() ? "" : ", ") + each.pool.name;
        return all;
    }
    }
    return {};
}

std::string tomlText(const ValueRule& rule, const SettingValue& value)
{
    std::string text = valueText(rule, value);
    if (rule.type == ValueType::Bool || rule.type == ValueType::Number
        || (rule.type == ValueType::Integer && text != rule.word))
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
        return std::string(what) + " between " + boundText(rule, least) + " and " + boundText(rule, rule.most) + word;
    };
    switch (rule.type) {
    case ValueType::Bool:
        return "true or false";
    case ValueType::Integer:
        return between("a whole number");
    case ValueType::Number:
        return between("a number");
    case ValueType::Count:
        return between("a number such as \"100k\"");
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
    case ValueType::WeekHours:
        return "hours of the week such as \"mon-fri 18-24,0-8; sat,sun 0-24\", \"always\" or \"never\"";
    case ValueType::Users:
        return "a list of tables";
    case ValueType::Backends:
        return "one or more addresses such as \"http://127.0.0.1:11434\", separated by commas";
    case ValueType::Keys:
    case ValueType::Pools:
        return "a list of tables";
    }
    return {};
}

} // namespace drover::app
