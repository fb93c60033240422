// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <string>

namespace drover {

/// Puts the whole snapshot into one state with its reason and, where there is one, what to do: `state`, `reasonCode`,
/// `reasonText`, `fixText` and the button. The same words in tray, window, command line and status. Pure.
void summarise(Snapshot& snapshot, WallTime now);

/// "127.0.0.1:11435", "[::1]:11435"; empty for port 0.
template <class Endpoint> std::string textOf(const Endpoint& endpoint)
{
    if (endpoint.port() == 0)
        return {};
    const std::string ip = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? '[' + ip + ']' : ip) + ':' + std::to_string(endpoint.port());
}

} // namespace drover
