// SPDX-License-Identifier: MIT
#include "core/net/peer_process.h"

#include "core/net/socket_owners.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace drover {

// The crossing between the core thread and the one that asks the system: `lookups` and `ending`, under `mutex`.
struct PeerProcesses::State {
    struct Lookup {
        SocketAddress client;
        SocketAddress server;
        Done done;
    };

    explicit State(Post toCaller)
        : post(std::move(toCaller))
    {
    }

    void answer(Done done, std::optional<ProgramIdentity> program)
    {
        post([done = std::move(done), program = std::move(program)]() mutable { done(std::move(program)); });
    }

    /// The next look-up to do; nothing when it is time to end.
    std::optional<Lookup> next()
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return ending || !lookups.empty(); });
        if (ending)
            return {};
        Lookup lookup = std::move(lookups.front());
        lookups.pop_front();
        return lookup;
    }

    void run()
    {
        SocketOwners owners;
        while (auto lookup = next())
            answer(std::move(lookup->done), owners.find(lookup->client, lookup->server));
    }

    /// False when there is no room, or no thread to be had.
    bool add(Lookup& lookup)
    {
        {
            const std::lock_guard lock(mutex);
            if (lookups.size() >= lookupsWaitingMax)
                return false;
            if (!thread.joinable()) {
                try {
                    thread = std::thread([this] { run(); });
                } catch (const std::system_error&) {
                    return false;
                }
            }
            lookups.push_back(std::move(lookup));
        }
        changed.notify_one();
        return true;
    }

    Post post;
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Lookup> lookups;
    bool ending = false;
    std::thread thread;
};

PeerProcesses::PeerProcesses(Post post)
    : m_state(std::make_unique<State>(std::move(post)))
{
}

PeerProcesses::~PeerProcesses()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->ending = true;
    }
    m_state->changed.notify_one();
    if (m_state->thread.joinable())
        m_state->thread.join();
    for (auto& lookup : m_state->lookups)
        m_state->answer(std::move(lookup.done), {});
}

void PeerProcesses::find(const SocketAddress& client, const SocketAddress& server, Done done)
{
    State::Lookup lookup{client, server, std::move(done)};
    if (!m_state->add(lookup))
        m_state->answer(std::move(lookup.done), {});
}

} // namespace drover
