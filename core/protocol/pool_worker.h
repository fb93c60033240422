// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/pool_link.h"
#include "core/api/snapshot.h"
#include "core/dispatch/job.h"
#include "core/protocol/pool_requests.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drover {

/// What a worker tells of itself.
struct PoolIdentity {
    std::string url = {}; ///< its path tells which dialect the server speaks
    std::string workerName = {};
    std::string key = {};
    std::string version = {};
};

/// How far this machine gives itself to pools at the moment.
enum class PoolPermission {
    Go, ///< as the offer says
    Finish, ///< takes nothing, finishes what runs
    Stop ///< takes nothing and hands back what runs: the server is told an error before or in the answer
};

/// What this machine can do for a pool at the moment, and may.
struct PoolOffer {
    std::vector<std::string> models = {}; ///< as the backend writes them, sorted
    int slots = 0; ///< requests at once; 0 takes none
    PoolPermission permission = PoolPermission::Go;
    std::string reason = {}; ///< a sentence when it is not Go; for the owner and for the pool
    bool operator==(const PoolOffer&) const = default;
};

/// How a connection ended, or failed to begin.
struct PoolClosed {
    int code = 0; ///< of the WebSocket close; 0 when there was none
    std::string reason = {}; ///< the server's own word
    int httpStatus = 0; ///< when the handshake was answered with something else than 101
    std::string error = {}; ///< of the socket or of TLS, in the system's words
    PoolDistrust distrust = PoolDistrust::None;
    bool offline = false; ///< nothing left this machine
};

/// What a server does that no connection can stand.
enum class PoolNuisance {
    Floods, ///< sends more than `PoolWorker::messagesPerTickMax`, or faster than it can be read
    TakesNothing ///< asks, and does not read the answers
};

/// A worker's side of a pool's protocol, all published dialects: decides what is said and when, does nothing itself.
///
/// Events go in, actions come out; time and chance are arguments. A connection is registered with an id of its own,
/// kept up by heartbeats and pings, and dialled again after it was lost, later each time (1 s to 30 s, with jitter)
/// until one has lasted a minute. A server that refuses the key is not asked again. Not thread-safe.
class PoolWorker {
public:
    explicit PoolWorker(PoolIdentity identity);
    PoolWorker(const PoolWorker&) = delete;
    PoolWorker& operator=(const PoolWorker&) = delete;

    // ---- events; each returns what must be done, in this order ----

    PoolActions start(TimePoint now);
    /// The WebSocket is open. `workerId` must be one that no connection had before.
    PoolActions opened(std::string workerId, TimePoint now, std::int64_t unixSeconds);
    PoolActions frame(std::string_view text, double random, TimePoint now);
    /// The same of a frame that was read already; nothing for one that was not readable.
    PoolActions message(Result<PoolServerMessage> message, double random, TimePoint now);
    /// The server sends more than can be kept, or takes nothing of what it is sent: the connection is given up.
    PoolActions giveUp(PoolNuisance nuisance, double random, TimePoint now);
    PoolActions pong(TimePoint now);
    /// `random` is from 0 to 1.
    PoolActions closed(const PoolClosed& how, double random, TimePoint now);
    PoolActions offer(PoolOffer offer, TimePoint now);
    /// Passing of time; call about four times a second.
    PoolActions tick(TimePoint now, std::int64_t unixSeconds, double random);
    /// Says goodbye: takes nothing more, finishes what runs, then closes.
    PoolActions drain();
    PoolActions undrain(TimePoint now);

    PoolActions answerHead(
        std::uint64_t number, int status, const std::vector<std::pair<std::string, std::string>>& headers);
    PoolActions answerPiece(std::uint64_t number, std::string_view bytes);
    PoolActions answerEnd(std::uint64_t number, std::optional<PoolFault> fault);
    /// The pool gets a running request back: an error that it may try elsewhere.
    PoolActions handBack(std::uint64_t number, std::string reason);

    // ---- how it stands ----

    PoolState state() const;
    std::string reason() const; ///< a sentence when not connected; else empty
    const std::string& fix() const { return m_fix; } ///< what to do about it, or empty
    const std::string& workerId() const { return m_workerId; } ///< of the present connection, or empty
    const PoolRequests& requests() const { return m_requests; }
    const PoolOffer& offered() const { return m_offer; }
    std::chrono::milliseconds retryIn(TimePoint now) const;
    std::chrono::milliseconds latency() const { return m_latency; } ///< of the last ping; 0 until there was one
    std::int64_t lastHeartbeat() const { return m_beatSeconds; } ///< Unix seconds; 0 until there was one

    static constexpr std::chrono::seconds heartbeatEvery{5};
    static constexpr std::chrono::seconds pingEvery{10};
    static constexpr std::chrono::seconds pongTimeMax{15};
    static constexpr std::chrono::seconds dialTimeMax{15};
    static constexpr std::chrono::seconds stableAfter{60};
    static constexpr std::chrono::seconds retryMost{30};
    static constexpr std::chrono::seconds renewAfter{2}; ///< a changed offer, where only a new connection tells it
    static constexpr std::chrono::seconds settleTimeMax{2};
    static constexpr std::chrono::seconds offlineRetryMost{2}; ///< while nothing leaves this machine
    static constexpr int messagesPerTickMax = 5000; ///< of a server, between two ticks
    /// Servers drop a worker that was silent for this long, without telling it.
    static constexpr std::int64_t evictedAfterSeconds = 14;

private:
    enum class Phase {
        Idle, ///< not started, or drained
        Resting, ///< dials at `m_dialAt`
        Dialling,
        Open, ///< registered
        Refused,
        Unready ///< dials when there is something to offer
    };

    bool isSeed() const { return m_seed; }
    void dial(TimePoint now);
    void announce();
    void hangUp(int code, std::string reason);
    void lost(double random, TimePoint now);
    void rest(double seconds, TimePoint now);
    void explain(const PoolClosed& how);
    void explainDistrust(const PoolClosed& how);
    void afterDrain();
    void settle();
    PoolFault notTaking() const;
    PoolActions take() { return std::exchange(m_actions, {}); }

    PoolIdentity m_identity;
    bool m_seed = false; ///< a server that learns models from registrations only
    PoolActions m_actions;
    PoolRequests m_requests;
    PoolOffer m_offer; ///< without what is not permitted
    PoolOffer m_told;
    Phase m_phase = Phase::Idle;
    bool m_draining = false;
    bool m_settled = false; ///< the server has read our registration and keeps us
    std::string m_workerId;
    std::string m_reason;
    std::string m_fix;
    int m_failures = 0;
    int m_messages = 0; ///< since the last tick
    TimePoint m_dialAt{};
    TimePoint m_since{}; ///< when the phase began
    TimePoint m_nextBeat{};
    TimePoint m_nextPing{};
    std::optional<TimePoint> m_pingSent;
    std::optional<TimePoint> m_renewAt;
    std::chrono::milliseconds m_latency{0};
    std::int64_t m_beatSeconds = 0;
};

} // namespace drover
