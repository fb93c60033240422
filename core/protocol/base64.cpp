// SPDX-License-Identifier: MIT
#include "core/protocol/base64.h"

#include <array>
#include <cstdint>

namespace drover {

namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t noLetter = 1u << 24;

/// The bits of each letter at each of its four places in a group; `noLetter` for what is none.
constexpr std::array<std::array<std::uint32_t, 256>, 4> makePlaces()
{
    std::array<std::array<std::uint32_t, 256>, 4> made{};
    for (std::size_t place = 0; place < made.size(); ++place) {
        made[place].fill(noLetter);
        for (std::size_t i = 0; i < letters.size(); ++i)
            made[place][static_cast<unsigned char>(letters[i])] = static_cast<std::uint32_t>(i << (18 - 6 * place));
    }
    return made;
}

constexpr auto places = makePlaces();

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

bool appendFromBase64(std::string& out, std::string_view text)
{
    if (text.size() % 4 != 0)
        return false;
    if (text.empty())
        return true;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    const std::size_t before = out.size();
    out.resize(before + text.size() / 4 * 3);
    const auto* from = reinterpret_cast<const unsigned char*>(text.data());
    const auto* const last = from + text.size() - 4;
    char* to = out.data() + before;
    std::uint32_t bad = 0;
    const auto write = [&to](std::uint32_t bytes) {
        to[0] = static_cast<char>(bytes >> 16 & 255);
        to[1] = static_cast<char>(bytes >> 8 & 255);
        to[2] = static_cast<char>(bytes & 255);
        to += 3;
    };
    for (; from != last; from += 4) {
        const std::uint32_t group = places[0][from[0]] | places[1][from[1]] | places[2][from[2]] | places[3][from[3]];
        bad |= group;
        write(group);
    }
    const std::uint32_t third = padding == 2 ? 0 : places[2][last[2]];
    const std::uint32_t fourth = padding != 0 ? 0 : places[3][last[3]];
    const std::uint32_t group = places[0][last[0]] | places[1][last[1]] | third | fourth;
    const std::uint32_t beyond = padding == 2 ? 0xFFFFu : padding == 1 ? 0xFFu : 0u;
    write(group);
    if (((bad | group) & noLetter) != 0 || (group & beyond) != 0) {
        out.resize(before);
        return false;
    }
    out.resize(out.size() - padding);
    return true;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    std::string bytes;
    if (!appendFromBase64(bytes, text))
        return {};
    return bytes;
}

} // namespace drover
