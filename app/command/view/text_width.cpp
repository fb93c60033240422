// SPDX-License-Identifier: MIT
#include "app/command/view/text_width.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <utility>

namespace drover::app {

namespace {

constexpr char32_t replacement = 0xFFFD;

struct Letter {
    char32_t code = replacement;
    std::size_t bytes = 1;
};

/// The first letter of a text that is not empty. Broken UTF-8, overlong forms and surrogates give U+FFFD for one byte.
Letter firstLetter(std::string_view text)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t size = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (size == 0 || lead >= 0xF5 || text.size() < size)
        return {};
    char32_t code = lead & (0x7F >> size);
    for (std::size_t at = 1; at < size; ++at) {
        if ((byte(at) & 0xC0) != 0x80)
            return {};
        code = code << 6 | (byte(at) & 0x3F);
    }
    constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    if (code < least[size] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return {};
    return {code, size};
}

/// Blocks of East_Asian_Width W and F, emoji included; unassigned letters between them count as wide too.
constexpr std::array wideBlocks = {std::pair{0x1100u, 0x115Fu}, std::pair{0x231Au, 0x231Bu},
    std::pair{0x23E9u, 0x23ECu}, std::pair{0x23F0u, 0x23F0u}, std::pair{0x23F3u, 0x23F3u}, std::pair{0x25FDu, 0x25FEu},
    std::pair{0x2614u, 0x2615u}, std::pair{0x2648u, 0x2653u}, std::pair{0x267Fu, 0x267Fu}, std::pair{0x2693u, 0x2693u},
    std::pair{0x26A1u, 0x26A1u}, std::pair{0x26AAu, 0x26ABu}, std::pair{0x26BDu, 0x26BEu}, std::pair{0x26C4u, 0x26C5u},
    std::pair{0x26CEu, 0x26CEu}, std::pair{0x26D4u, 0x26D4u}, std::pair{0x26EAu, 0x26EAu}, std::pair{0x26F2u, 0x26F5u},
    std::pair{0x26FAu, 0x26FDu}, std::pair{0x2705u, 0x2705u}, std::pair{0x270Au, 0x270Bu}, std::pair{0x2728u, 0x2728u},
    std::pair{0x274Cu, 0x274Eu}, std::pair{0x2753u, 0x2757u}, std::pair{0x2795u, 0x2797u}, std::pair{0x27B0u, 0x27B0u},
    std::pair{0x2B1Bu, 0x2B1Cu}, std::pair{0x2B50u, 0x2B55u}, std::pair{0x2E80u, 0x303Eu}, std::pair{0x3041u, 0x4DBFu},
    std::pair{0x4E00u, 0xA4CFu}, std::pair{0xA960u, 0xA97Cu}, std::pair{0xAC00u, 0xD7A3u}, std::pair{0xF900u, 0xFAFFu},
    std::pair{0xFE10u, 0xFE19u}, std::pair{0xFE30u, 0xFE6Fu}, std::pair{0xFF01u, 0xFF60u}, std::pair{0xFFE0u, 0xFFE6u},
    std::pair{0x16FE0u, 0x18CFFu}, std::pair{0x1B000u, 0x1B2FFu}, std::pair{0x1F004u, 0x1F004u},
    std::pair{0x1F0CFu, 0x1F0CFu}, std::pair{0x1F18Eu, 0x1F19Au}, std::pair{0x1F200u, 0x1F320u},
    std::pair{0x1F32Du, 0x1F335u}, std::pair{0x1F337u, 0x1F37Cu}, std::pair{0x1F37Eu, 0x1F393u},
    std::pair{0x1F3A0u, 0x1F3CAu}, std::pair{0x1F3CFu, 0x1F3D3u}, std::pair{0x1F3E0u, 0x1F3F0u},
    std::pair{0x1F3F4u, 0x1F3F4u}, std::pair{0x1F3F8u, 0x1F43Eu}, std::pair{0x1F440u, 0x1F440u},
    std::pair{0x1F442u, 0x1F4FCu}, std::pair{0x1F4FFu, 0x1F53Du}, std::pair{0x1F54Bu, 0x1F567u},
    std::pair{0x1F57Au, 0x1F57Au}, std::pair{0x1F595u, 0x1F596u}, std::pair{0x1F5A4u, 0x1F5A4u},
    std::pair{0x1F5FBu, 0x1F64Fu}, std::pair{0x1F680u, 0x1F6C5u}, std::pair{0x1F6CCu, 0x1F6CCu},
    std::pair{0x1F6D0u, 0x1F6D7u}, std::pair{0x1F6DCu, 0x1F6DFu}, std::pair{0x1F6EBu, 0x1F6ECu},
    std::pair{0x1F6F4u, 0x1F6FCu}, std::pair{0x1F7E0u, 0x1F7F0u}, std::pair{0x1F90Cu, 0x1F9FFu},
    std::pair{0x1FA70u, 0x1FAFFu}, std::pair{0x20000u, 0x3FFFDu}};

int widthOf(char32_t code)
{
    if (code < 0x300)
        return code == 0xAD ? 0 : 1;
    switch (QChar::category(code)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        break;
    }
    const auto block = std::ranges::find_if(wideBlocks, [&](const auto& each) { return code <= each.second; });
    return block != wideBlocks.end() && code >= block->first ? 2 : 1;
}

bool isDangerous(char32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029
        || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

} // namespace

int displayWidth(std::string_view text)
{
    int width = 0;
    while (!text.empty()) {
        const Letter letter = firstLetter(text);
        width += widthOf(letter.code);
        text.remove_prefix(letter.bytes);
    }
    return width;
}

std::string printable(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Letter letter = firstLetter(text);
        if (letter.code == replacement || isDangerous(letter.code))
            result += "\uFFFD";
        else
            result += text.substr(0, letter.bytes);
        text.remove_prefix(letter.bytes);
    }
    return result;
}

std::string fitted(std::string_view text, int width, Align align)
{
    if (width <= 0)
        return {};
    std::string shown = printable(text);
    int taken = displayWidth(shown);
    if (taken > width) {
        std::string_view rest = shown;
        std::size_t kept = 0;
        taken = 0;
        while (!rest.empty()) {
            const Letter letter = firstLetter(rest);
            if (taken + widthOf(letter.code) > width - 1)
                break;
            taken += widthOf(letter.code);
            kept += letter.bytes;
            rest.remove_prefix(letter.bytes);
        }
        shown.resize(kept);
        shown += "\u2026";
        ++taken;
    }
    const std::string blanks(static_cast<std::size_t>(width - taken), ' ');
    return align == Align::Left ? shown + blanks : blanks + shown;
}

} // namespace drover::app
