// SPDX-License-Identifier: MIT
#include "core/protocol/key_text.h"

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <vector>

namespace drover {

namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The letter of the alphabet that is meant; 0 for none.
char meantBy(char typed)
{
    if (typed >= 'a' && typed <= 'z')
        typed = static_cast<char>(typed - 'a' + 'A');
    if (typed == 'O')
        return '0';
    if (typed == 'I' || typed == 'L')
        return '1';
    return crockford.find(typed) == crockford.npos ? '\0' : typed;
}

} // namespace

std::string hexText(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const char letter : bytes) {
        const auto byte = static_cast<unsigned char>(letter);
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

std::string sha256Hex(std::string_view text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return hexText({reinterpret_cast<const char*>(digest.data()), size});
}

std::string base62(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const std::size_t length = (bytes.size() * 8 * 1000 + 5953) / 5954; // log2(62) = 5.954
    std::vector<std::uint8_t> number(bytes.begin(), bytes.end());
    std::string text(length, '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit) {
        unsigned rest = 0;
        for (std::uint8_t& byte : number) {
            const unsigned all = rest * 256 + byte;
            byte = static_cast<std::uint8_t>(all / 62);
            rest = all % 62;
        }
        *digit = digits[rest];
    }
    return text;
}

std::string codeOf(std::string_view bytes)
{
    std::string code;
    for (const char byte : bytes.substr(0, codeLetters))
        code += crockford[static_cast<unsigned char>(byte) & 31];
    return code;
}

std::optional<std::string> readCode(std::string_view typed)
{
    std::string code;
    for (const char letter : typed) {
        if (letter == '-' || letter == ' ')
            continue;
        const char meant = meantBy(letter);
        if (meant == '\0' || code.size() == codeLetters)
            return {};
        code += meant;
    }
    if (code.size() != codeLetters)
        return {};
    return code;
}

std::string spellCode(std::string_view code)
{
    std::string spelt;
    for (std::size_t at = 0; at < code.size(); at += 4) {
        if (at > 0)
            spelt += '-';
        spelt += code.substr(at, 4);
    }
    return spelt;
}

} // namespace drover
