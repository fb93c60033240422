// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/hosting.h"
#include "core/dispatch/job.h"
#include "core/protocol/pool_message.h"
#include "core/protocol/routes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drover {

/// Which generation of the protocol a worker speaks; told from its registration.
enum class WorkerDialect {
    Llamapool, ///< up to v0.2: models from registrations only, the job exchange, messages of 32 KiB, paths with /v1
    Infero, ///< v0.3 to v0.5: status updates, messages of 32 KiB
    Nfrx ///< from v0.7: messages of any size
};

/// What a worker told of itself, cut to the host's limits.
struct WorkerFacts {
    std::string id = {};
    std::string name = {}; ///< never empty
    std::string key = {}; ///< as the message stated it; empty when it stated none. A secret
    WorkerDialect dialect = WorkerDialect::Nfrx;
    std::vector<std::string> models = {}; ///< each once, in its order
    int slots = 0; ///< 0: takes nothing at present
    std::string status = {}; ///< its own word: "idle", "not_ready", "draining"; empty when not told
    std::string version = {};
    std::string buildSha = {};
    std::string buildDate = {};
    std::string hostName = {};
    std::string osName = {};
    std::string osVersion = {};
    std::string backendFamily = {};
    std::string backendVersion = {};
    int embeddingBatchSize = 0;
    double cpuPercent = 0;
    double memoryPercent = 0;
};

/// A request for a worker.
struct WorkerRequest {
    std::uint64_t number = 0; ///< the host's, never used twice
    Endpoint endpoint = Endpoint::OpenAiChat;
    std::vector<std::pair<std::string, std::string>> headers =
        {}; ///< those that concern the answer, X-Request-Id with them
    bool streamed = false;
    std::string_view body = {};
};

/// The host's side of one worker's connection, all published dialects: what is understood, what is sent, when it is
/// over. Decides everything, does nothing itself; time is an argument. Core thread.
///
/// A worker that was silent for `silenceMax` loses its lease: the session closes with 1001. Answers to requests that
/// are not known (any more) are ignored, so is a second end; a request is ended exactly once by `Port::ended`, also
/// when the worker goes (`closed`). Unknown messages are ignored as in every published server.
///
/// An answer that begins with a status from 500 on is held back up to `heldBytesMax` of its body until more of it or
/// its end comes. A worker that then says that it failed (it drains, its backend is unreachable) gets `ended` with the
/// fault and no head, so that somebody else may be asked; one that does not, passes whole.
class WorkerSession {
public:
    /// What it asks of its owner. None may call back into the session but `registered`, which may `admit` or `refuse`.
    struct Port {
        virtual ~Port() = default;
        virtual void send(std::string frame) = 0;
        /// Close after what was sent. Nothing else is told after this but `ended` for what was under way.
        virtual void close(std::uint16_t code, std::string_view reason) = 0;
        /// The first message: `facts` are known, the owner admits or refuses.
        virtual void registered() = 0;
        virtual void changed() = 0; ///< models, slots or status are others than before
        virtual void head(
            std::uint64_t number, int status, std::vector<std::pair<std::string, std::string>> fields) = 0;
        virtual void piece(std::uint64_t number, std::string_view bytes) = 0; ///< valid during the call
        virtual void ended(std::uint64_t number, std::optional<PoolFault> fault) = 0;
    };

    WorkerSession(Port& port, const HostLimits& limits, TimePoint now);
    ~WorkerSession();
    WorkerSession(const WorkerSession&) = delete;
    WorkerSession& operator=(const WorkerSession&) = delete;

    void received(std::string_view text, TimePoint now);
    void closed(); ///< the connection is gone
    void tick(TimePoint now); ///< about four times a second

    void admit();
    void refuse(std::string_view reason); ///< close with 1008

    /// False when there is no way to ask this worker for that call: from v0.4 on its agents append every path to the
    /// "/v1" of their backend, which puts Ollama's own calls out of reach. Drover's own workers take every call.
    bool takes(Endpoint endpoint) const;

    /// Fails with TooLarge when no message that this worker takes could hold it, NoBackend when it does not take the
    /// call, BackendUnreachable when it is not admitted (any more); nothing was sent then.
    Result<> request(const WorkerRequest& request);
    /// Its client went away, or it was silent for too long: the worker is told, its answer ignored. No `ended`.
    void cancel(std::uint64_t number);

    bool admitted() const;
    const WorkerFacts& facts() const;
    std::size_t underWay() const; ///< requests without an end
    TimePoint lastHeard() const; ///< the last heartbeat or any other message

    /// A worker that was silent for so long is gone (llamapool and nfrx: 15 s since the last heartbeat). Counted by
    /// `tick`; a gap between two of them counts as 2 s at most, for then it was the host that stood still.
    static constexpr std::chrono::seconds silenceMax{15};
    /// For the first message.
    static constexpr std::chrono::seconds registerTimeMax{10};
    /// Messages before which a body is too large for a worker up to v0.5.
    static constexpr std::size_t oldMessageBytesMax = poolMessageBytesMax;
    static constexpr std::size_t heldBytesMax = 16u << 10;
    /// Between two ticks, without those that carry answers; more close it with 1008.
    static constexpr int messagesPerTickMax = 1000;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace drover
