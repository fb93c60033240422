// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/hosting.h"

#include <string>
#include <string_view>

namespace drover::app {

/// Where the pool that this machine hosts is found by others: "https://pool.example.org" or "http://192.168.1.7:8080".
/// By what a running Drover says of itself, else by the settings. `ownAddress` is the one of this machine in its
/// network, for a pool that listens at every address; it may be empty. Pure.
std::string poolBase(
    const drover::HostingConfig& settings, const drover::HostView& running, const std::string& ownAddress);

/// "https://pool.example.org/j#7K2M-Q9TD-4XWH". Behind the `#`, so no server on the way and no log sees the code.
std::string invitationLink(std::string_view base, std::string_view code);

/// The first address that others in this machine's networks can use, IPv4 before IPv6; empty without a network.
std::string ownAddress();

} // namespace drover::app
