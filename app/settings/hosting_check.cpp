// SPDX-License-Identifier: MIT
#include "app/settings/address.h"
#include "app/settings/server_environment.h"
#include "app/settings/value_text.h"

#include <algorithm>
#include <charconv>

namespace drover::app {

namespace {

/// A whole number up to `most`, of at most three digits.
bool isNumberUpTo(std::string_view text, int most)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && text.size() <= 3 && number >= 0
        && number <= most;
}

bool isIpv4(std::string_view text)
{
    int parts = 0;
    while (true) {
        const std::size_t dot = text.find('.');
        if (!isNumberUpTo(text.substr(0, dot), 255))
            return false;
        ++parts;
        if (dot == text.npos)
            return parts == 4;
        text.remove_prefix(dot + 1);
    }
}

/// Groups of hexadecimal digits; one gap "::".
bool isIpv6(std::string_view text)
{
    const std::size_t gap = text.find("::");
    if (text.find(':') == text.npos || (gap != text.npos && text.find("::", gap + 1) != text.npos))
        return false;
    const bool sound =
        std::ranges::all_of(text, [](unsigned char c) { return (c < 128 && std::isxdigit(c)) || c == ':'; });
    int groups = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t colon = std::min(rest.find(':'), rest.size());
        if (colon > 4)
            return false;
        groups += colon > 0;
        rest.remove_prefix(std::min(rest.size(), colon + 1));
    }
    return sound && (gap == text.npos ? groups == 8 : groups < 8);
}

/// "192.168.1.7", "10.0.0.0/8", "fd00::/8".
bool isNetwork(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const std::string_view address = text.substr(0, slash);
    const bool four = isIpv4(address);
    if (!four && !isIpv6(address))
        return false;
    return slash == text.npos || isNumberUpTo(text.substr(slash + 1), four ? 32 : 128);
}

/// Notes what is wrong, each time with where the setting comes from.
class Findings {
public:
    explicit Findings(Resolved& resolved)
        : m_resolved(resolved)
    {
    }

    void add(std::string_view key, std::string sentence)
    {
        m_resolved.problems.push_back({m_resolved.origin(key), 0, std::move(sentence)});
    }

private:
    Resolved& m_resolved;
};

void checkReach(const drover::HostingConfig& hosting, Findings& findings)
{
    const bool hasCertificate = !hosting.certificateFile.empty();
    const bool hasKey = !hosting.keyFile.empty();
    if (hasCertificate && !hasKey)
        findings.add("host.tls_cert", "host.tls_cert needs host.tls_key: the file of the certificate's private key");
    if (hasKey && !hasCertificate)
        findings.add("host.tls_key", "host.tls_key needs host.tls_cert: the file of its certificate");
    if (!isLoopback(hosting.host) && !hasCertificate && !hasKey && !hosting.insecure)
        findings.add("host.listen",
            "host.listen lets other machines in without TLS: give host.tls_cert and host.tls_key, stay on 127.0.0.1 "
            "behind a reverse proxy, or set host.insecure (--insecure) on a network where you trust everybody");
    if (!hosting.publicUrl.empty()) {
        const auto url = parseUrl(hosting.publicUrl);
        if (!url || !url->path.empty() || hosting.publicUrl.find("://") == std::string::npos)
            findings.add("host.public_url",
                "host.public_url must be an address without a path, such as \"https://pool.example.org\", not "
                    + tomlQuoted(hosting.publicUrl));
    }
    for (const std::string& each : hosting.trustedProxies)
        if (!isNetwork(each))
            findings.add("host.trusted_proxies",
                "host.trusted_proxies must be addresses or networks such as \"10.0.0.0/8\", not " + tomlQuoted(each));
}

void checkNames(const drover::HostingConfig& hosting, Findings& findings)
{
    constexpr std::size_t nameBytesMax = 64;
    constexpr std::size_t pathBytesMax = 256;
    if (hosting.name.size() > nameBytesMax)
        findings.add("host.name", "host.name must have at most 64 bytes");
    const std::string& path = hosting.workerPath;
    const bool sound = path.empty()
        || (path.starts_with('/') && path.size() > 1 && path.size() <= pathBytesMax
            && std::ranges::none_of(
                path, [](unsigned char c) { return c <= ' ' || c >= 127 || c == '?' || c == '#'; }));
    if (!sound)
        findings.add("host.worker_path",
            "host.worker_path must be a path such as \"/workers/connect\", not " + tomlQuoted(path));
}

/// No two listen on the same address, and nothing of ours asks our own pool, which would ask it again.
void checkPorts(drover::Config& config, Findings& findings)
{
    const drover::HostingConfig& hosting = config.hosting;
    const auto isOurs = [&](const std::string& host, std::uint16_t port) {
        return hosting.port != 0 && port == hosting.port && host == hosting.host;
    };
    if (isOurs(config.host, config.port))
        findings.add("host.listen", "host.listen and proxy.listen are the same address");
    if (config.statusEnabled && isOurs(config.statusHost, config.statusPort))
        findings.add("host.listen", "host.listen and status.listen are the same address");
    if (config.metricsEnabled && isOurs(config.metricsHost, config.metricsPort))
        config.metricsEnabled = false; // they are on the pool's port in any case
    const auto reachesUs = [&](const UrlParts& url) {
        return hosting.port != 0 && url.port == hosting.port && (isLoopback(url.host) || url.host == hosting.host);
    };
    for (const drover::BackendConfig& backend : config.backends)
        if (const auto url = parseUrl(backend.url); url && !config.demo && reachesUs(*url))
            findings.add("backend", "the backend " + backend.url + " is the pool that this machine hosts itself");
    for (const drover::PoolConfig& pool : config.pools) {
        const std::string asWeb = pool.url.starts_with("ws") ? "http" + pool.url.substr(2) : pool.url;
        if (const auto url = parseUrl(asWeb); url && reachesUs(*url))
            findings.add("pool", "the pool " + tomlQuoted(pool.name) + " is the one that this machine hosts itself");
    }
}

} // namespace

void checkHosting(Resolved& resolved)
{
    drover::Config& config = resolved.settings.config;
    if (!config.hosting.enabled)
        return;
    Findings findings(resolved);
    checkReach(config.hosting, findings);
    checkNames(config.hosting, findings);
    checkPorts(config, findings);
    while (config.hosting.publicUrl.ends_with('/'))
        config.hosting.publicUrl.pop_back();
    const std::string origin = resolved.origin("host.listen");
    if (origin == "environment PORT" && isLoopback(config.hosting.host))
        resolved.warnings.push_back({origin, 0,
            "the pool listens for this machine alone; for others give --pool-listen 0.0.0.0:"
                + std::to_string(config.hosting.port)
                + " with --tls-cert and --tls-key, or put a reverse proxy in front"});
}

} // namespace drover::app
