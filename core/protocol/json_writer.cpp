// SPDX-License-Identifier: MIT
#include "core/protocol/json_writer.h"

#include "core/protocol/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace drover {

namespace {

template <class T> void appendNumber(std::string& out, T number)
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

} // namespace

void JsonWriter::open(char bracket)
{
    comma();
    m_text += bracket;
}

void JsonWriter::close(char bracket)
{
    m_text += bracket;
}

void JsonWriter::key(std::string_view name)
{
    comma();
    m_text += '"';
    m_text += name;
    m_text += "\":";
}

void JsonWriter::textKey(std::string_view name)
{
    comma();
    appendJsonString(m_text, name);
    m_text += ':';
}

void JsonWriter::value(std::string_view text)
{
    comma();
    appendJsonString(m_text, text);
}

void JsonWriter::comma()
{
    if (!m_text.empty() && m_text.back() != '{' && m_text.back() != '[' && m_text.back() != ':')
        m_text += ',';
}

void JsonWriter::word(std::string_view word)
{
    comma();
    m_text += word;
}

void JsonWriter::integer(std::int64_t number)
{
    comma();
    appendNumber(m_text, number);
}

void JsonWriter::natural(std::uint64_t number)
{
    comma();
    appendNumber(m_text, number);
}

void JsonWriter::fraction(double number)
{
    constexpr std::int64_t scale = 10'000;
    constexpr double largest = 9e14; // times the scale it still fits into 64 bits
    comma();
    if (!std::isfinite(number))
        number = 0;
    const std::int64_t scaled = std::llround(std::min(std::max(number, -largest), largest) * double(scale));
    const std::uint64_t size = scaled < 0 ? 0 - std::uint64_t(scaled) : std::uint64_t(scaled);
    if (scaled < 0)
        m_text += '-';
    appendNumber(m_text, size / scale);
    std::uint64_t rest = size % scale;
    if (rest == 0)
        return;
    m_text += '.';
    for (std::uint64_t place = scale / 10; rest != 0; place /= 10) {
        m_text += static_cast<char>('0' + rest / place);
        rest %= place;
    }
}

} // namespace drover
