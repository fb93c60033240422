// SPDX-License-Identifier: MIT
#include "core/protocol/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>

namespace drover {

namespace {

/// How many bytes at the start of `text` are one well-formed UTF-8 character (Unicode 15, table 3-7); 0 when none are.
std::size_t characterSize(std::string_view text)
{
    const auto byte = [&](std::size_t index) -> unsigned {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0u;
    };
    const auto follows = [&](std::size_t index) { return (byte(index) & 0xC0u) == 0x80u; };
    const unsigned first = byte(0);
    const unsigned second = byte(1);
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4 || !follows(1))
        return 0;
    if (first < 0xE0)
        return 2;
    if (first < 0xF0) {
        const bool overlong = first == 0xE0 && second < 0xA0;
        const bool surrogate = first == 0xED && second > 0x9F;
        return follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    const bool overlong = first == 0xF0 && second < 0x90;
    const bool beyond = first == 0xF4 && second > 0x8F;
    return follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
}

bool isPlain(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

void appendEscaped(std::string& out, char c)
{
    constexpr std::string_view hex = "0123456789abcdef";
    switch (c) {
    case '"':
    case '\\':
        out += '\\';
        out += c;
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        out += "\\u00";
        out += hex[static_cast<unsigned char>(c) >> 4];
        out += hex[static_cast<unsigned char>(c) & 15];
    }
}

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

void JsonWriter::value(std::string_view text)
{
    comma();
    m_text += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && isPlain(text[plain]))
            ++plain;
        m_text += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty())
            break;
        const std::size_t size = characterSize(text);
        if (size == 1)
            appendEscaped(m_text, text.front());
        else if (size == 0)
            m_text += "\xEF\xBF\xBD";
        else
            m_text += text.substr(0, size);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    m_text += '"';
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
