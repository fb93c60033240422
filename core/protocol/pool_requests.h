// SPDX-License-Identifier: MIT
#pragma once

#include "core/protocol/pool_message.h"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace drover {

/// One request of a pool as the queue gets it.
struct PoolWork {
    std::uint64_t number = 0; ///< ours, never used twice; the pool's own id may come again
    std::string id = {}; ///< the pool's
    std::string_view path = {}; ///< of static storage, from the list of what a pool may ask for
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< those that concern the answer
    std::string body = {};
};

// What must be done next.
struct PoolSend {
    std::string frame; ///< a text message
};
struct PoolStart {
    PoolWork work;
};
struct PoolStop {
    std::uint64_t number; ///< its client went away, or the link did
};
/// Open a connection; `key`, when not empty, goes into the request as "Authorization: Bearer KEY".
struct PoolDial { };
struct PoolPing { };
/// Close the connection after what was sent; nothing of it is told any more.
struct PoolHangUp {
    int code;
    std::string reason;
};
using PoolAction = std::variant<PoolSend, PoolStart, PoolStop, PoolDial, PoolPing, PoolHangUp>;
using PoolActions = std::vector<PoolAction>;

/// The path that a pool's request goes to; nothing when it is not on the list: chat, completions, responses, messages,
/// embeddings, generate, by POST. Servers from v0.4 leave "/v1" out.
std::optional<std::string_view> poolPath(std::string_view method, std::string_view path);

/// The requests of one pool: which run, which wait, and how answers become messages of either exchange.
///
/// Never runs more than `setRunningMax` at once, whatever the server believes; those that were stopped count until
/// their end. More wait, up to `waitingMax` and `waitingBytesMax`, then they are refused. Every request that was
/// answered at all gets exactly one end. Pure; not thread-safe.
class PoolRequests {
public:
    explicit PoolRequests(PoolActions& actions);

    /// Zero refuses requests that come; those that wait stay.
    void setRunningMax(int count);

    void refuseWaiting(const PoolFault& fault);
    /// A running request ends with that error, and is stopped here. Unknown numbers are no error.
    void handBack(std::uint64_t number, const PoolFault& fault);
    void handBackAll(const PoolFault& fault);

    void take(PoolProxyRequest request);
    void take(PoolJobRequest request);
    void cancel(const std::string& id);

    // The answer to a PoolStart, in this order; the end always comes. Unknown numbers are no error.
    void answerHead(std::uint64_t number, int status, const std::vector<std::pair<std::string, std::string>>& headers);
    void answerPiece(std::uint64_t number, std::string_view bytes);
    void answerEnd(std::uint64_t number, std::optional<PoolFault> fault);

    /// New ones and those that wait are refused.
    void drain();
    void undrain() { m_draining = false; }
    /// The connection is gone: nothing more is told, what runs is stopped, what waits is forgotten.
    void lost();

    std::size_t running() const { return m_running.size(); }
    std::size_t waiting() const { return m_waiting.size(); }
    bool idle() const { return m_running.empty() && m_waiting.empty(); }

    static constexpr std::size_t waitingMax = 64;
    static constexpr std::size_t waitingBytesMax = 128u << 20;
    static constexpr std::size_t resultBytesMax = 4u << 20; ///< of a generate that is not streamed, context included

private:
    enum class Form { Proxy, Job, JobStream };

    struct Request {
        std::string id = {};
        Form form = Form::Proxy;
        bool silent = false; ///< it was stopped: its client has had the end
        int status = 0; ///< 0 until the answer's head
        std::string kept = {}; ///< of a job: what is no whole message yet
        bool keptAll = true; ///< false when `kept` was over its limit
    };
    struct Waiting {
        PoolWork work;
        Form form;
    };

    void takeIn(PoolWork work, Form form, std::string_view method, std::string_view path);
    void start(Waiting waiting);
    void startWaiting();
    void refuse(const std::string& id, Form form, int status, PoolFault fault);
    void endProxy(const Request& request, const std::optional<PoolFault>& fault);
    void endJob(Request& request, std::optional<PoolFault> fault);
    void sendLines(Request& request);
    void send(std::string frame) { m_actions.emplace_back(PoolSend{std::move(frame)}); }

    PoolActions& m_actions;
    std::map<std::uint64_t, Request> m_running;
    std::deque<Waiting> m_waiting;
    std::size_t m_waitingBytes = 0;
    std::size_t m_runningMax = 0;
    std::uint64_t m_lastNumber = 0;
    bool m_draining = false;
};

} // namespace drover
