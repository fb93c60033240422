// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace drover::app {

/// A host and a port to listen on or to connect to.
struct Address {
    std::string host = {}; ///< a name or an address; IPv6 without brackets
    std::uint16_t port = 0;
    bool operator==(const Address&) const = default;
};

/// "127.0.0.1:11435", "[::1]:11435", ":11435" (loopback). The detail of a failure ends a sentence "KEY must be ...".
drover::Result<Address> parseAddress(std::string_view text);

std::string addressText(const Address& address);

/// A whole number 0..65535.
drover::Result<std::uint16_t> parsePort(std::string_view text);

struct UrlParts {
    std::string scheme = {}; ///< "http" or "https"
    std::string host = {}; ///< IPv6 without brackets
    std::uint16_t port = 0;
    std::string path = {}; ///< without a slash at its end
    bool operator==(const UrlParts&) const = default;
};

/// "http://host:port/path"; without a scheme it is http. User names, queries and fragments are no part of it.
drover::Result<UrlParts> parseUrl(std::string_view text);

/// The url as the engine wants it.
std::string urlText(const UrlParts& url);

/// The address of a pool's server as the engine wants it: "wss://host:port/path". https is taken for wss and http for
/// ws; without a scheme it is wss, without a path that of today's servers, /api/llm/connect.
drover::Result<std::string> poolUrl(std::string_view text);

/// True for names and addresses of this machine that never leave it.
bool isLoopback(std::string_view host);

/// What Ollama's programs make of OLLAMA_HOST (envconfig.Host): "0.0.0.0", ":11500", "http://gpu" (port 80).
drover::Result<UrlParts> parseOllamaHost(std::string_view text);

} // namespace drover::app
