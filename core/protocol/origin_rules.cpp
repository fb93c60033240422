// SPDX-License-Identifier: MIT
#include "core/protocol/origin_rules.h"

#include "core/protocol/wildcard.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace drover {

namespace {

constexpr std::size_t hostBytesMax = 255;

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool fitsInField(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

struct HostPort {
    std::string_view host; ///< without brackets
    std::string_view port; ///< digits, or empty
};

/// "host", "host:port", "[v6]", "[v6]:port"; nothing when it is none of these.
std::optional<HostPort> splitHost(std::string_view text)
{
    std::string_view rest;
    HostPort result;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            return std::nullopt;
        result.host = text.substr(1, close - 1);
        rest = text.substr(close + 1);
    } else {
        const std::size_t colon = text.find(':');
        result.host = text.substr(0, colon);
        rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
        if (rest.find(':', rest.empty() ? 0 : 1) != std::string_view::npos)
            return std::nullopt;
    }
    if (rest.empty())
        return result;
    result.port = rest.substr(1);
    const bool digits =
        std::all_of(result.port.begin(), result.port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (rest[0] != ':' || !digits || result.port.size() > 5)
        return std::nullopt;
    return result;
}

std::optional<std::uint32_t> parseIpv4(std::string_view text)
{
    std::uint32_t address = 0;
    for (int part = 0; part < 4; ++part) {
        unsigned value = 256;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const auto digits = static_cast<std::size_t>(end - text.data());
        if (error != std::errc() || value > 255 || digits > 3 || (digits > 1 && text[0] == '0'))
            return std::nullopt;
        address = address << 8 | value;
        text.remove_prefix(digits);
        if (part < 3) {
            if (!text.starts_with('.'))
                return std::nullopt;
            text.remove_prefix(1);
        }
    }
    return text.empty() ? std::optional(address) : std::nullopt;
}

bool isLocalIpv4(std::uint32_t a)
{
    return a == 0 || a >> 24 == 127 || a >> 24 == 10 || a >> 20 == 0xAC1 || a >> 16 == 0xC0A8 || a >> 16 == 0xA9FE;
}

/// The groups of an IPv6 address; nothing when it is none. A zone ("%eth0") is no part of it.
std::optional<std::array<std::uint16_t, 8>> parseIpv6(std::string_view text)
{
    std::array<std::uint16_t, 8> groups{};
    std::size_t count = 0;
    std::optional<std::size_t> gap;
    if (text.starts_with("::")) {
        gap = 0;
        text.remove_prefix(2);
    }
    while (!text.empty()) {
        if (count == 8)
            return std::nullopt;
        if (const auto ipv4 = parseIpv4(text); ipv4 && count <= 6) {
            groups[count++] = static_cast<std::uint16_t>(*ipv4 >> 16);
            groups[count++] = static_cast<std::uint16_t>(*ipv4 & 0xFFFF);
            break;
        }
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), groups[count], 16);
        const auto digits = static_cast<std::size_t>(end - text.data());
        if (error != std::errc() || digits > 4 || text[0] == '-')
            return std::nullopt;
        ++count;
        text.remove_prefix(digits);
        if (text.empty())
            break;
        if (text.starts_with("::") && !gap) {
            gap = count;
            text.remove_prefix(2);
        } else if (text.starts_with(':') && text.size() > 1 && text[1] != ':') {
            text.remove_prefix(1);
        } else {
            return std::nullopt;
        }
    }
    if (gap ? count == 8 : count != 8)
        return std::nullopt;
    if (gap) {
        std::move_backward(groups.begin() + static_cast<std::ptrdiff_t>(*gap),
            groups.begin() + static_cast<std::ptrdiff_t>(count), groups.end());
        std::fill_n(groups.begin() + static_cast<std::ptrdiff_t>(*gap), 8 - count, std::uint16_t{0});
    }
    return groups;
}

bool isLocalIpv6(const std::array<std::uint16_t, 8>& groups)
{
    const bool zeros = std::all_of(groups.begin(), groups.begin() + 5, [](std::uint16_t g) { return g == 0; });
    if (zeros && groups[5] == 0xFFFF)
        return isLocalIpv4(std::uint32_t{groups[6]} << 16 | groups[7]);
    if (zeros && groups[5] == 0 && groups[6] == 0 && groups[7] <= 1)
        return true; // :: and ::1
    return (groups[0] & 0xFE00) == 0xFC00 || (groups[0] & 0xFFC0) == 0xFE80;
}

bool isThisMachinesOrigin(std::string_view scheme, std::string_view authority)
{
    if (scheme != "http" && scheme != "https")
        return false;
    const auto place = splitHost(authority);
    if (!place)
        return false;
    return place->host == "localhost" || place->host == "127.0.0.1" || place->host == "0.0.0.0"
        || (place->host == "::1" && authority.starts_with('['));
}

bool isDesktopScheme(std::string_view scheme)
{
    constexpr std::array<std::string_view, 5> schemes{"app", "file", "tauri", "vscode-webview", "vscode-file"};
    return std::find(schemes.begin(), schemes.end(), scheme) != schemes.end();
}

bool isKnownHeader(std::string_view name)
{
    constexpr std::array<std::string_view, 16> names{"authorization", "content-type", "user-agent", "accept",
        "x-requested-with", "openai-beta", "openai-organization", "openai-project", "x-api-key", "x-user-id",
        "x-priority", "x-queue-priority", "x-queue-timeout", "x-request-id", "x-title", "http-referer"};
    constexpr std::array<std::string_view, 3> families{"x-stainless-", "anthropic-", "x-openwebui-"};
    return std::find(names.begin(), names.end(), name) != names.end()
        || std::any_of(families.begin(), families.end(), [&](auto family) { return name.starts_with(family); });
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

} // namespace

bool originAllowed(std::string_view origin, std::string_view host, const std::vector<std::string>& extra)
{
    if (!fitsInField(origin))
        return false;
    const std::string given = lower(origin);
    for (const std::string& pattern : extra) {
        if (!pattern.empty() && matchesWildcard(given, lower(pattern)))
            return true;
    }
    const std::size_t end = given.find("://");
    if (end == std::string::npos)
        return false;
    const std::string_view scheme = std::string_view(given).substr(0, end);
    const std::string_view authority = std::string_view(given).substr(end + 3);
    if (isDesktopScheme(scheme) || isThisMachinesOrigin(scheme, authority))
        return true;
    return (scheme == "http" || scheme == "https") && !authority.empty() && authority == lower(host);
}

bool hostAllowed(std::string_view hostHeader, const HostRules& rules)
{
    if (!rules.listensOnLoopback || hostHeader.empty())
        return true;
    if (hostHeader.size() > hostBytesMax)
        return false;
    const std::string given = lower(hostHeader);
    const auto place = splitHost(given);
    if (!place)
        return false;
    if (given.starts_with('[')) {
        const auto ipv6 = parseIpv6(place->host.substr(0, place->host.find('%')));
        return ipv6 && isLocalIpv6(*ipv6);
    }
    if (const auto ipv4 = parseIpv4(place->host))
        return isLocalIpv4(*ipv4);
    std::string_view name = place->host;
    if (name.ends_with('.'))
        name.remove_suffix(1);
    return name == "localhost" || (!name.empty() && name == lower(rules.machineName)) || name.ends_with(".localhost")
        || name.ends_with(".local") || name.ends_with(".internal");
}

std::string corsLines(std::string_view origin)
{
    if (!fitsInField(origin))
        return {};
    return "Access-Control-Allow-Origin: " + std::string(origin)
        + "\r\nAccess-Control-Expose-Headers: X-Request-ID, X-Queue-Position, X-Queue-Wait-Ms, X-Served-By, "
          "Server-Timing, Retry-After, retry-after-ms\r\nVary: Origin\r\n";
}

std::string preflightLines(std::string_view origin, std::string_view requestedHeaders)
{
    if (!fitsInField(origin))
        return {};
    std::string granted;
    while (!requestedHeaders.empty()) {
        const std::size_t comma = requestedHeaders.find(',');
        const std::string name = lower(trimmed(requestedHeaders.substr(0, comma)));
        requestedHeaders.remove_prefix(comma == std::string_view::npos ? requestedHeaders.size() : comma + 1);
        if (!isToken(name) || !isKnownHeader(name))
            continue;
        granted += granted.empty() ? "" : ", ";
        granted += name;
    }
    std::string lines = "Access-Control-Allow-Origin: " + std::string(origin)
        + "\r\nAccess-Control-Allow-Methods: GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS\r\n";
    if (!granted.empty())
        lines += "Access-Control-Allow-Headers: " + granted + "\r\n";
    return lines + "Access-Control-Max-Age: 43200\r\nVary: Origin, Access-Control-Request-Headers\r\n";
}

} // namespace drover
