// SPDX-License-Identifier: MIT
#include "core/protocol/request_ids.h"

#include <bit>
#include <random>

namespace drover {

namespace {

constexpr std::size_t placeDigits = 8;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool isDash(std::size_t at)
{
    return at == 8 || at == 13 || at == 18 || at == 23;
}

} // namespace

RequestIds::RequestIds()
{
    std::random_device random;
    for (std::uint64_t& half : m_key)
        half = std::uint64_t{random()} << 32 | random();
}

/// SipHash-2-4 of eight bytes (Aumasson and Bernstein, 2012).
std::uint64_t RequestIds::hash(std::uint64_t number) const
{
    std::uint64_t a = m_key[0] ^ 0x736f6d6570736575u;
    std::uint64_t b = m_key[1] ^ 0x646f72616e646f6du;
    std::uint64_t c = m_key[0] ^ 0x6c7967656e657261u;
    std::uint64_t d = m_key[1] ^ 0x7465646279746573u;
    const auto rounds = [&](int count) {
        for (; count > 0; --count) {
            a += b;
            b = std::rotl(b, 13) ^ a;
            a = std::rotl(a, 32);
            c += d;
            d = std::rotl(d, 16) ^ c;
            a += d;
            d = std::rotl(d, 21) ^ a;
            c += b;
            b = std::rotl(b, 17) ^ c;
            c = std::rotl(c, 32);
        }
    };
    constexpr std::uint64_t length = std::uint64_t{8} << 56;
    for (const std::uint64_t word : {number, length}) {
        d ^= word;
        rounds(2);
        a ^= word;
    }
    c ^= 0xff;
    rounds(4);
    return a ^ b ^ c ^ d;
}

RequestId RequestIds::make(std::uint32_t place)
{
    constexpr char hex[] = "0123456789abcdef";
    std::array<std::uint64_t, 2> bits{hash(2 * m_count), hash(2 * m_count + 1)};
    ++m_count;
    RequestId id{};
    std::size_t digit = 0;
    for (std::size_t at = 0; at < id.size(); ++at) {
        if (isDash(at)) {
            id[at] = '-';
            continue;
        }
        if (digit < placeDigits) {
            id[at] = hex[place >> (28 - 4 * digit) & 15];
        } else {
            std::uint64_t& word = bits[digit / 20]; // twelve digits of the first, twelve of the second
            id[at] = hex[word & 15];
            word >>= 4;
        }
        ++digit;
    }
    id[14] = '4'; // version and variant of a random UUID
    id[19] = 'a';
    return id;
}

std::optional<std::uint32_t> RequestIds::placeIn(std::string_view id)
{
    if (id.size() != std::tuple_size_v<RequestId>)
        return {};
    std::uint32_t place = 0;
    for (const char c : id.substr(0, placeDigits)) {
        const int digit = hexDigit(c);
        if (digit < 0)
            return {};
        place = place << 4 | static_cast<std::uint32_t>(digit);
    }
    return place;
}

} // namespace drover
