// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

namespace drover {

/// An address and a port as plain values, without any socket library's types.
struct SocketAddress {
    std::array<std::uint8_t, 16> bytes{}; ///< network order; the first four when not `v6`
    std::uint16_t port = 0; ///< host order
    bool v6 = false;
    bool operator==(const SocketAddress&) const = default;
};

/// From an Asio TCP endpoint. An IPv4 address written as an IPv6 one (`::ffff:127.0.0.1`) becomes IPv4.
template <class Endpoint> SocketAddress toSocketAddress(const Endpoint& endpoint)
{
    SocketAddress result{.port = endpoint.port()};
    const auto address = endpoint.address();
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        for (std::size_t i = 0; i < bytes.size(); ++i)
            result.bytes[i] = bytes[i];
        return result;
    }
    const auto v6 = address.to_v6();
    const auto bytes = v6.to_bytes();
    result.v6 = !v6.is_v4_mapped();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (result.v6)
            result.bytes[i] = bytes[i];
        else if (i >= 12)
            result.bytes[i - 12] = bytes[i];
    }
    return result;
}

} // namespace drover
