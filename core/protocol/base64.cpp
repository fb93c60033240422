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

/// The two letters of each twelve bits: half the look-ups.
constexpr std::array<std::array<char, 2>, 4096> makePairs()
{
    std::array<std::array<char, 2>, 4096> made{};
    for (std::size_t i = 0; i < made.size(); ++i)
        made[i] = {letters[i >> 6], letters[i & 63]};
    return made;
}

constexpr auto pairs = makePairs();

std::uint32_t byteAt(std::string_view bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

} // namespace

void appendBase64(std::string& out, std::string_view bytes)
{
    const std::size_t before = out.size();
    out.resize(before + (bytes.size() + 2) / 3 * 4);
    char* to = out.data() + before;
    const auto write = [&to](const std::array<char, 2>& pair) {
        *to++ = pair[0];
        *to++ = pair[1];
    };
    std::size_t at = 0;
    for (; at + 3 <= bytes.size(); at += 3) {
        const std::uint32_t group = byteAt(bytes, at) << 16 | byteAt(bytes, at + 1) << 8 | byteAt(bytes, at + 2);
        write(pairs[group >> 12]);
        write(pairs[group & 4095]);
    }
    if (bytes.size() - at == 1) {
        write(pairs[byteAt(bytes, at) << 4]);
        write({'=', '='});
    } else if (bytes.size() - at == 2) {
        const std::uint32_t group = byteAt(bytes, at) << 16 | byteAt(bytes, at + 1) << 8;
        write(pairs[group >> 12]);
        write({letters[group >> 6 & 63], '='});
    }
}

std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return {};
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    const std::size_t lettersCount = text.size() - padding;
    std::string bytes;
    bytes.resize(lettersCount / 4 * 3);
    char* to = bytes.data();
    std::uint32_t bad = 0;
    std::size_t at = 0;
    const auto next = [&] {
        const std::uint32_t value = values[byteAt(text, at++)];
        bad |= value;
        return value & 63;
    };
    while (at + 4 <= lettersCount) {
        std::uint32_t four = next() << 18;
        four |= next() << 12;
        four |= next() << 6;
        four |= next();
        *to++ = static_cast<char>(four >> 16 & 255);
        *to++ = static_cast<char>(four >> 8 & 255);
        *to++ = static_cast<char>(four & 255);
    }
    std::uint32_t group = 0;
    while (at < lettersCount)
        group = group << 6 | next();
    if (bad & noLetter)
        return {};
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
