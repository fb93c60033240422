// SPDX-License-Identifier: MIT
#include "app/settings/number_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace drover::app {

namespace {

bool isBlank(char letter)
{
    return letter == ' ' || letter == '\t';
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

} // namespace

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == text.npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

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

} // namespace drover::app
