// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// An IPv4 or IPv6 address without a port. An IPv4 address written as an IPv6 one ("::ffff:10.0.0.1") is the IPv4 one.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{}; ///< network order; the first four when not `v6`
    bool v6 = false;
    bool operator==(const IpAddress&) const = default;
};

/// Nothing for anything else: names, ports, zones, and numbers with leading zeros, which some read as octal.
std::optional<IpAddress> ipAddress(std::string_view text);

/// In the one form of RFC 5952, so that one address is always the same text.
std::string text(const IpAddress& address);

/// The proxies whose word about who their client is counts. Pure; made once from the configuration.
class TrustedProxies {
public:
    TrustedProxies() = default; ///< trusts nobody

    /// Of addresses and networks: "10.0.0.7", "10.0.0.0/8", "fd00::/8". Fails with BadConfig, naming the wrong one.
    static Result<TrustedProxies> parse(const std::vector<std::string>& entries);

    bool trust(const IpAddress& address) const;

    static constexpr std::size_t entriesMax = 1000;

private:
    struct Network {
        IpAddress address = {};
        unsigned bits = 0; ///< that count, from the first
    };
    static Result<Network> network(std::string_view entry);

    std::vector<Network> m_networks;
};

/// Who really asks: `peer` unless it is a trusted proxy, else what the proxies say, which is the first one from the
/// right in `forwardedFor` that is no trusted proxy itself. Whatever stands left of that, or of a word that is no
/// address, anyone may have written; it is not looked at. `forwardedFor` are the values of all X-Forwarded-For fields
/// in their order with commas between them (HeaderFields::list).
std::string clientAddress(std::string_view peer, const TrustedProxies& proxies, std::string_view forwardedFor);

/// Proxies in a row that are believed.
inline constexpr int forwardedHopsMax = 32;

} // namespace drover
