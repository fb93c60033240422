// SPDX-License-Identifier: MIT
#include "core/protocol/json_text.h"

namespace drover {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

struct Sequence {
    int size; ///< bytes that belong together, at least 1
    bool valid;
};

/// The first sequence of a text that is not empty; the ranges are those of Unicode 15, table 3-7.
Sequence firstSequence(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {1, true};
    if (lead < 0xC2 || lead > 0xF4)
        return {1, false};
    const int size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (int i = 1; i < size; ++i) {
        if (static_cast<std::size_t>(i) >= text.size())
            return {i, false};
        const unsigned char next = byte(static_cast<std::size_t>(i));
        if (i == 1 ? next < low || next > high : next < 0x80 || next > 0xBF)
            return {i, false};
    }
    return {size, true};
}

void appendEscaped(std::string& out, char c)
{
    constexpr char hex[] = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
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
        break;
    }
    const auto code = static_cast<unsigned char>(c);
    out += "\\u00";
    out += hex[code >> 4];
    out += hex[code & 15];
}

bool isPlain(char c)
{
    const auto code = static_cast<unsigned char>(c);
    return code >= 0x20 && code < 0x7F && c != '"' && c != '\\';
}

} // namespace

void appendJsonString(std::string& out, std::string_view text)
{
    out.reserve(out.size() + text.size() + 2);
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && isPlain(text[plain]))
            ++plain;
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty())
            break;
        const Sequence sequence = firstSequence(text);
        const auto size = static_cast<std::size_t>(sequence.size);
        if (!sequence.valid)
            out += replacement;
        else if (sequence.size > 1)
            out += text.substr(0, size);
        else
            appendEscaped(out, text[0]);
        text.remove_prefix(size);
    }
    out += '"';
}

std::string jsonString(std::string_view text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

std::string validUtf8(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Sequence sequence = firstSequence(text);
        const auto size = static_cast<std::size_t>(sequence.size);
        out += sequence.valid ? text.substr(0, size) : replacement;
        text.remove_prefix(size);
    }
    return out;
}

int utf8Length(std::string_view text)
{
    if (text.empty())
        return 0;
    const Sequence sequence = firstSequence(text);
    return sequence.valid ? sequence.size : 0;
}

} // namespace drover
