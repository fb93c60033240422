// SPDX-License-Identifier: MIT
#include "core/protocol/forwarded_for.h"

#include <algorithm>
#include <charconv>

namespace drover {
namespace {

constexpr std::size_t groups = 8; ///< of an IPv6 address
constexpr std::size_t mappedBytes = 12; ///< before the IPv4 address in "::ffff:10.0.0.1"
constexpr unsigned mappedBits = 8 * mappedBytes;

using Groups = std::array<std::uint16_t, groups>;

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// A whole decimal number without sign and leading zeros.
std::optional<unsigned> number(std::string_view digits, unsigned most)
{
    unsigned value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value > most
        || (digits.size() > 1 && digits.front() == '0'))
        return {};
    return value;
}

std::optional<IpAddress> v4(std::string_view text)
{
    IpAddress address;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto dot = text.find('.');
        if ((dot == std::string_view::npos) != (i == 3))
            return {};
        const auto byte = number(text.substr(0, dot), 255);
        if (!byte)
            return {};
        address.bytes[i] = static_cast<std::uint8_t>(*byte);
        text = i == 3 ? std::string_view{} : text.substr(dot + 1);
    }
    return address;
}

/// The groups of one side of "::"; an IPv4 address may be the last two of the whole. Nothing when it is malformed.
std::optional<std::vector<std::uint16_t>> groupsOf(std::string_view text)
{
    std::vector<std::uint16_t> found;
    while (!text.empty()) {
        if (found.size() == groups)
            return {};
        const auto colon = text.find(':');
        const std::string_view part = text.substr(0, colon);
        if (part.find('.') != std::string_view::npos) {
            const auto last = v4(part);
            if (!last || colon != std::string_view::npos)
                return {};
            found.push_back(static_cast<std::uint16_t>(last->bytes[0] << 8 | last->bytes[1]));
            found.push_back(static_cast<std::uint16_t>(last->bytes[2] << 8 | last->bytes[3]));
            return found;
        }
        std::uint16_t value = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, 16);
        if (error != std::errc{} || end != part.data() + part.size() || part.size() > 4)
            return {};
        found.push_back(value);
        if (colon == std::string_view::npos)
            return found;
        text = text.substr(colon + 1);
        if (text.empty())
            return {};
    }
    return found;
}

std::optional<IpAddress> v6(std::string_view text)
{
    const auto gap = text.find("::");
    const auto front = groupsOf(text.substr(0, gap));
    const auto back = groupsOf(gap == std::string_view::npos ? std::string_view{} : text.substr(gap + 2));
    const bool dotsBeforeTheGap =
        gap != std::string_view::npos && text.substr(0, gap).find('.') != std::string_view::npos;
    if (!front || !back || dotsBeforeTheGap)
        return {};
    const std::size_t size = front->size() + back->size();
    if (gap == std::string_view::npos ? size != groups : size >= groups)
        return {};
    Groups all{};
    std::copy(front->begin(), front->end(), all.begin());
    std::copy(back->begin(), back->end(), all.end() - static_cast<std::ptrdiff_t>(back->size()));
    IpAddress address{.v6 = true};
    for (std::size_t i = 0; i < groups; ++i) {
        address.bytes[2 * i] = static_cast<std::uint8_t>(all[i] >> 8);
        address.bytes[2 * i + 1] = static_cast<std::uint8_t>(all[i] & 0xff);
    }
    return address;
}

/// "::ffff:10.0.0.1".
bool isMapped(const IpAddress& address)
{
    const auto ones = address.bytes.begin() + 10;
    return address.v6 && std::all_of(address.bytes.begin(), ones, [](std::uint8_t byte) { return byte == 0; })
        && ones[0] == 0xff && ones[1] == 0xff;
}

IpAddress withoutMapping(const IpAddress& address)
{
    if (!isMapped(address))
        return address;
    IpAddress plain;
    std::copy_n(address.bytes.begin() + mappedBytes, 4, plain.bytes.begin());
    return plain;
}

std::optional<IpAddress> anyAddress(std::string_view text)
{
    return text.find(':') == std::string_view::npos ? v4(text) : v6(text);
}

/// The address of one entry of X-Forwarded-For, which some proxies write with a port.
std::optional<IpAddress> entryAddress(std::string_view entry)
{
    std::string_view port;
    if (entry.starts_with('[')) {
        const auto close = entry.find(']');
        if (close == std::string_view::npos)
            return {};
        port = entry.substr(close + 1);
        entry = entry.substr(1, close - 1);
        if (entry.find(':') == std::string_view::npos)
            return {};
    } else if (std::count(entry.begin(), entry.end(), ':') == 1) {
        port = entry.substr(entry.find(':'));
        entry = entry.substr(0, entry.find(':'));
    }
    if (!port.empty() && (port.front() != ':' || !number(port.substr(1), 65'535)))
        return {};
    return ipAddress(entry);
}

/// Whether the first `bits` are the same.
bool sameStart(const IpAddress& a, const IpAddress& b, unsigned bits)
{
    const unsigned whole = bits / 8;
    const auto mask = static_cast<std::uint8_t>(0xff00u >> bits % 8);
    return a.v6 == b.v6 && std::equal(a.bytes.begin(), a.bytes.begin() + whole, b.bytes.begin())
        && (mask == 0 || ((a.bytes[whole] ^ b.bytes[whole]) & mask) == 0);
}

} // namespace

std::optional<IpAddress> ipAddress(std::string_view text)
{
    const auto address = anyAddress(text);
    return address ? std::optional(withoutMapping(*address)) : std::nullopt;
}

std::string text(const IpAddress& address)
{
    std::string out;
    char digits[8];
    if (!address.v6) {
        for (std::size_t i = 0; i < 4; ++i) {
            out.append(i == 0 ? "" : ".");
            out.append(digits, std::to_chars(digits, digits + sizeof digits, address.bytes[i]).ptr);
        }
        return out;
    }
    Groups all{};
    for (std::size_t i = 0; i < groups; ++i)
        all[i] = static_cast<std::uint16_t>(address.bytes[2 * i] << 8 | address.bytes[2 * i + 1]);
    std::size_t gap = groups; // the longest run of zeros, of two at least; the first of several
    std::size_t gapSize = 1;
    for (std::size_t i = 0; i < groups; ++i) {
        std::size_t size = 0;
        while (i + size < groups && all[i + size] == 0)
            ++size;
        if (size > gapSize) {
            gap = i;
            gapSize = size;
        }
    }
    for (std::size_t i = 0; i < groups; ++i) {
        if (i == gap) {
            out.append("::");
            i += gapSize - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':')
            out.append(":");
        out.append(digits, std::to_chars(digits, digits + sizeof digits, all[i], 16).ptr);
    }
    return out;
}

Result<TrustedProxies::Network> TrustedProxies::network(std::string_view entry)
{
    const std::string quoted = '"' + std::string(entry.substr(0, 100)) + '"';
    const auto slash = entry.find('/');
    const auto address = anyAddress(entry.substr(0, slash));
    if (!address)
        return fail(Errc::BadConfig, quoted + " is no address or network, such as 10.0.0.7, 10.0.0.0/8 or fd00::/8");
    const unsigned most = address->v6 ? 128 : 32;
    Network network{.address = withoutMapping(*address), .bits = most};
    if (slash != std::string_view::npos) {
        const auto bits = number(entry.substr(slash + 1), most);
        if (!bits)
            return fail(
                Errc::BadConfig, quoted + ": behind the slash belongs a number from 0 to " + std::to_string(most));
        network.bits = *bits;
    }
    if (isMapped(*address)) {
        if (network.bits < mappedBits)
            return fail(Errc::BadConfig, quoted + " holds more than IPv4 addresses; write it as an IPv4 network");
        network.bits -= mappedBits;
    }
    IpAddress first = network.address;
    for (unsigned bit = network.bits; bit < 8 * first.bytes.size(); ++bit)
        first.bytes[bit / 8] &= static_cast<std::uint8_t>(~(0x80u >> bit % 8));
    if (first != network.address)
        return fail(Errc::BadConfig,
            quoted + " names one machine of a network; the network is " + text(first) + '/'
                + std::to_string(network.bits));
    return network;
}

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& entries)
{
    if (entries.size() > entriesMax)
        return fail(Errc::BadConfig, "more than " + std::to_string(entriesMax) + " trusted proxies");
    TrustedProxies proxies;
    for (const std::string& entry : entries) {
        const auto parsed = network(trimmed(entry));
        if (!parsed)
            return parsed.error();
        proxies.m_networks.push_back(*parsed);
    }
    return proxies;
}

bool TrustedProxies::trust(const IpAddress& address) const
{
    return std::any_of(m_networks.begin(), m_networks.end(),
        [&](const Network& network) { return sameStart(network.address, address, network.bits); });
}

std::string clientAddress(std::string_view peer, const TrustedProxies& proxies, std::string_view forwardedFor)
{
    auto known = ipAddress(peer.substr(0, peer.find('%'))); // without the zone of a link-local address
    if (!known)
        return std::string(peer);
    for (int hops = 0; hops < forwardedHopsMax && !forwardedFor.empty() && proxies.trust(*known); ++hops) {
        const auto comma = forwardedFor.rfind(',');
        const auto start = comma == std::string_view::npos ? 0 : comma + 1;
        const auto before = entryAddress(trimmed(forwardedFor.substr(start)));
        if (!before)
            break;
        known = before;
        forwardedFor = forwardedFor.substr(0, comma == std::string_view::npos ? 0 : comma);
    }
    return text(*known);
}

} // namespace drover
