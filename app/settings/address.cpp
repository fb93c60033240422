// SPDX-License-Identifier: MIT
#include "app/settings/address.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace drover::app {

namespace {

drover::Error wrong(std::string_view text, std::string_view what)
{
    return drover::fail(drover::Errc::BadConfig, std::string(what) + ", not \"" + std::string(text) + "\"");
}

bool isHost(std::string_view host)
{
    return !host.empty() && host.size() <= 253 && host.find(":::") == host.npos
        && std::ranges::all_of(host, [](unsigned char letter) {
               return std::isalnum(letter) || letter == '.' || letter == '-' || letter == '_' || letter == ':'
                   || letter == '%';
           });
}

struct HostAndPort {
    std::string_view host;
    std::string_view port; ///< empty when there is none
    bool sound = false;
};

HostAndPort split(std::string_view text)
{
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == text.npos)
            return {};
        const std::string_view rest = text.substr(end + 1);
        if (!rest.empty() && (!rest.starts_with(':') || rest.size() == 1))
            return {};
        return {text.substr(1, end - 1), rest.empty() ? rest : rest.substr(1), true};
    }
    const std::size_t colon = text.find(':');
    if (colon == text.npos)
        return {text, {}, true};
    if (text.find(':', colon + 1) != text.npos) // an IPv6 address needs brackets before a port
        return {text, {}, true};
    if (colon + 1 == text.size())
        return {};
    return {text.substr(0, colon), text.substr(colon + 1), true};
}

std::string bracketed(const std::string& host)
{
    return host.find(':') == host.npos ? host : "[" + host + "]";
}

} // namespace

drover::Result<std::uint16_t> parsePort(std::string_view text)
{
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number > 65535)
        return wrong(text, "a port between 0 and 65535");
    return static_cast<std::uint16_t>(number);
}

drover::Result<Address> parseAddress(std::string_view text)
{
    constexpr std::string_view what = "an address and port such as \"127.0.0.1:11435\"";
    const HostAndPort parts = split(text);
    if (!parts.sound || parts.port.empty() || (!parts.host.empty() && !isHost(parts.host)))
        return wrong(text, what);
    const auto port = parsePort(parts.port);
    if (!port)
        return wrong(text, "an address with a port between 0 and 65535");
    return Address{parts.host.empty() ? "127.0.0.1" : std::string(parts.host), *port};
}

std::string addressText(const Address& address)
{
    return bracketed(address.host) + ":" + std::to_string(address.port);
}

drover::Result<UrlParts> parseUrl(std::string_view text)
{
    constexpr std::string_view what = "an address such as \"http://127.0.0.1:11434\"";
    UrlParts url{.scheme = "http"};
    std::string_view rest = text;
    if (const std::size_t end = text.find("://"); end != text.npos) {
        url.scheme.clear();
        for (const char letter : text.substr(0, end))
            url.scheme += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        rest = text.substr(end + 3);
    }
    if (url.scheme != "http" && url.scheme != "https")
        return wrong(text, "an http or https address");
    const std::string_view authority = rest.substr(0, rest.find('/'));
    std::string_view path = rest.substr(authority.size());
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const HostAndPort parts = split(authority);
    if (!parts.sound || !isHost(parts.host)
        || std::ranges::any_of(path, [](unsigned char c) { return c <= ' ' || c == '?' || c == '#' || c >= 127; }))
        return wrong(text, what);
    url.port = url.scheme == "https" ? 443 : 80;
    if (!parts.port.empty()) {
        const auto port = parsePort(parts.port);
        if (!port || *port == 0)
            return wrong(text, "an address with a port between 1 and 65535");
        url.port = *port;
    }
    url.host = parts.host;
    url.path = path;
    return url;
}

std::string urlText(const UrlParts& url)
{
    const bool usual = url.port == (url.scheme == "https" ? 443 : 80);
    return url.scheme + "://" + bracketed(url.host) + (usual ? "" : ":" + std::to_string(url.port)) + url.path;
}

drover::Result<std::string> poolUrl(std::string_view text)
{
    constexpr std::string_view what = "an address such as \"wss://pool.example.org/api/llm/connect\"";
    std::string asWeb(text);
    if (asWeb.starts_with("ws://") || asWeb.starts_with("wss://"))
        asWeb.replace(0, 2, "http");
    else if (asWeb.find("://") == asWeb.npos)
        asWeb = "https://" + asWeb;
    auto url = parseUrl(asWeb);
    if (!url)
        return wrong(text, what);
    if (url->path.empty())
        url->path = "/api/llm/connect";
    return urlText(*url).replace(0, 4, "ws");
}

bool isLoopback(std::string_view host)
{
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

drover::Result<UrlParts> parseOllamaHost(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '"' || text.front() == '\''))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '"' || text.back() == '\''))
        text.remove_suffix(1);
    const std::size_t schemeEnd = text.find("://");
    const std::string_view scheme = schemeEnd == text.npos ? "" : text.substr(0, schemeEnd + 3);
    std::string_view rest = text.substr(scheme.size());
    const std::string_view authority = rest.substr(0, rest.find('/'));
    const HostAndPort parts = split(authority);
    const std::string host =
        parts.host.empty() || parts.host == "0.0.0.0" || parts.host == "::" ? "127.0.0.1" : std::string(parts.host);
    std::string whole = (scheme.empty() ? "http://" : std::string(scheme)) + bracketed(host);
    if (!parts.port.empty())
        whole += ":" + std::string(parts.port);
    else if (scheme.empty())
        whole += ":11434";
    return parseUrl(whole + std::string(rest.substr(authority.size())));
}

} // namespace drover::app
