// SPDX-License-Identifier: MIT
#include "core/protocol/base64.h"

#include <array>
#include <cstdint>

namespace drover {

namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t noLetter = 64;

constexpr std::array<std::uint8_t, 256> makeValues()
{
    std::array<std::uint8_t, 256> values{};
    values.fill(noLetter);
    for (std::size_t i = 0; i < letters.size(); ++i)
        values[static_cast<unsigned char>(letters[i])] = static_cast<std::uint8_t>(i);
    return values;
}

constexpr auto values = makeValues();

std::uint32_t byteAt(std::string_view bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

} // namespace

void appendBase64(std::string& out, std::string_view bytes)
{
    const auto add = [&out](std::uint32_t group, int count) {
        for (int i = 0; i < 4; ++i)
            out += i < count ? letters[(group >> (18 - 6 * i)) & 63] : '=';
    };
    out.reserve(out.size() + (bytes.size() + 2) / 3 * 4);
    std::size_t at = 0;
    for (; at + 3 <= bytes.size(); at += 3)
        add(byteAt(bytes, at) << 16 | byteAt(bytes, at + 1) << 8 | byteAt(bytes, at + 2), 4);
    if (bytes.size() - at == 1)
        add(byteAt(bytes, at) << 16, 2);
    else if (bytes.size() - at == 2)
        add(byteAt(bytes, at) << 16 | byteAt(bytes, at + 1) << 8, 3);
}

std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return {};
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    const std::size_t lettersCount = text.size() - padding;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < lettersCount; ++i) {
        const std::uint32_t value = values[byteAt(text, i)];
        if (value == noLetter)
            return {};
        group = group << 6 | value;
        if (i % 4 == 3) {
            bytes += static_cast<char>(group >> 16 & 255);
            bytes += static_cast<char>(group >> 8 & 255);
            bytes += static_cast<char>(group & 255);
            group = 0;
        }
    }
    if (padding == 2) {
        if ((group & 15) != 0)
            return {};
        bytes += static_cast<char>(group >> 4);
    } else if (padding == 1) {
        if ((group & 3) != 0)
            return {};
        bytes += static_cast<char>(group >> 10 & 255);
        bytes += static_cast<char>(group >> 2 & 255);
    }
    return bytes;
}

} // namespace drover
