// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/socket_address.h"
#include "core/protocol/program_name.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace drover {

/// Names the programs behind connections from this machine, without holding up the thread that asks.
///
/// The system is asked on one thread of its own, started with the first look-up; a look-up costs the caller a
/// microsecond and the thread some twenty for a program seen before. At most `lookupsWaitingMax` wait.
class PeerProcesses {
public:
    /// Runs a function on the caller's thread, later, and from any thread: `asio::post` to the core's executor.
    using Post = std::function<void(std::function<void()>)>;
    using Done = std::function<void(std::optional<ProgramIdentity>)>;

    static constexpr std::size_t lookupsWaitingMax = 4096;

    explicit PeerProcesses(Post post);
    /// Waits for the look-up under way; those that wait are answered with nothing, through `post`.
    ~PeerProcesses();
    PeerProcesses(const PeerProcesses&) = delete;
    PeerProcesses& operator=(const PeerProcesses&) = delete;

    /// Finds the program that opened an accepted connection; `client` is the remote end, `server` the local one
    /// (toSocketAddress). `done` is called exactly once through `post`, never before this returns: with nothing when
    /// the program is not on this machine, has gone, belongs to somebody else, or too many look-ups wait.
    void find(const SocketAddress& client, const SocketAddress& server, Done done);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace drover
