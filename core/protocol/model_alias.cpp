// SPDX-License-Identifier: MIT
#include "core/protocol/model_alias.h"

#include <algorithm>
#include <array>

namespace drover {

namespace {

/// Those that are no "q" with a number of bits.
constexpr std::array<std::string_view, 15> plainNames{"f16", "f32", "fp16", "fp32", "bf16", "fp8", "fp4", "mxfp4",
    "mxfp8", "nvfp4", "int4", "int8", "4bit", "8bit", "6bit"};

/// What follows the bits in llama.cpp's names: variants, and the block sizes of "q4_0_4_8".
constexpr std::array<std::string_view, 12> variants{"0", "1", "k", "s", "m", "l", "xs", "xl", "xxs", "nl", "4", "8"};

bool isBlank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isLineBreak(char c)
{
    return c == '\n' || c == '\r';
}

} // namespace

bool isQuantization(std::string_view text)
{
    if (std::find(plainNames.begin(), plainNames.end(), text) != plainNames.end())
        return true;
    if (text.starts_with('i') || text.starts_with('t'))
        text.remove_prefix(1);
    if (text.size() < 2 || text[0] != 'q' || text[1] < '1' || text[1] > '8')
        return false;
    text.remove_prefix(2);
    while (text.starts_with('_')) {
        text.remove_prefix(1);
        const std::string_view part = text.substr(0, text.find('_'));
        if (std::find(variants.begin(), variants.end(), part) == variants.end())
            return false;
        text.remove_prefix(part.size());
    }
    return text.empty();
}

std::string quantFamily(std::string_view normalisedModel)
{
    const std::size_t colon = normalisedModel.find(':');
    if (colon == normalisedModel.npos || colon == 0)
        return {};
    const std::string_view rest = normalisedModel.substr(colon + 1);
    const auto tagEnd = std::find_if(rest.begin(), rest.end(), [](char c) { return c == '-' || isBlank(c); });
    if (tagEnd == rest.begin())
        return {};
    if (tagEnd == rest.end())
        return std::string(normalisedModel);
    if (*tagEnd != '-' || tagEnd + 1 == rest.end() || std::any_of(tagEnd, rest.end(), isLineBreak))
        return {};
    const std::size_t dash = normalisedModel.rfind('-');
    if (isQuantization(normalisedModel.substr(dash + 1)))
        return std::string(normalisedModel.substr(0, dash));
    return std::string(normalisedModel);
}

} // namespace drover
