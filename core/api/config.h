// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/hosting.h"
#include "core/api/sharing.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace drover {

/// What a user is charged for a job; the next job is that of the waiting user charged least for its weight.
enum class Fairness {
    Tokens, ///< prompt tokens + 2 x output tokens (Sheng et al., "Fairness in Serving Large Language Models", OSDI
            ///< 2024)
    Time, ///< seconds of a slot
    Requests ///< one each: round robin
};

/// When a job that waits is refused before its own time limit.
enum class Shedding {
    None, ///< never: it waits up to `waitMax`
    Codel ///< by CoDel on the time in queue (RFC 8289)
};

enum class BackendKind {
    Ollama, ///< speaks the Ollama API, and OpenAI's and Anthropic's beside it
    OpenAi, ///< LM Studio, llama.cpp server, vLLM: `/v1/...` only
    Demo ///< the simulated model inside Drover
};

struct BackendConfig {
    std::string name = {}; ///< shown to people and in X-Served-By; unique; empty means host:port of the url
    std::string url = "http://127.0.0.1:11434"; ///< http or https; a path is put before every forwarded path
    BackendKind kind = BackendKind::Ollama;
    int slots = 0; ///< jobs at once, 1..1024; 0 means automatic
    std::string apiKey = {}; ///< sent as `Authorization: Bearer`; never logged nor shown
    std::string caFile = {}; ///< PEM file of extra authorities for https; empty means the system's
    bool operator==(const BackendConfig&) const = default;
};

/// A pool that this machine works for: an outbound link to its server.
struct PoolConfig {
    std::string name = {}; ///< shown to people; its jobs are those of the user "pool NAME"; unique
    std::string url = {}; ///< ws or wss, with the path where the server takes workers
    std::string key = {}; ///< empty for a pool without one; never logged nor shown
    std::string workerName = {}; ///< what the pool is told; empty means the name of this machine
    int slots = 0; ///< its jobs at once, 1..1024; 0 means as many as the backends run
    std::string caFile = {}; ///< PEM file of extra authorities for wss; empty means the system's
    std::string pin = {}; ///< "sha256//BASE64" of the server's public key for wss; empty means any that is trusted
    bool operator==(const PoolConfig&) const = default;
};

/// A key that an app may send (`Authorization: Bearer` or `x-api-key`). Only its hash is known here.
struct KeyConfig {
    std::string name = {}; ///< the user that it stands for
    std::string sha256Hex = {}; ///< 64 lower-case hex digits
    std::string prefix = {}; ///< its first characters, so that people know it again; may be empty
    std::string created = {}; ///< the day, "2026-11-21"; may be empty
    bool operator==(const KeyConfig&) const = default;
};

/// The lane that the jobs of a user get.
enum class LaneRule {
    Automatic, ///< what the request asks for, else by what it is
    Interactive,
    Normal,
    Batch
};

/// What one user may do, and how much it gets. The defaults are what everybody has who is not named.
struct UserRule {
    std::string name = {}; ///< the user
    double weight = 1; ///< of its share, 0.01..100
    std::uint32_t runningMax = 0; ///< jobs at once; 0 means no limit of its own
    std::uint32_t waitingMax = 0; ///< jobs waiting; 0 means `Limits::queueWaitingPerUserMax`
    std::uint64_t tokensPerDay = 0; ///< prompt and output, by local date; 0 means no limit
    LaneRule lane = LaneRule::Automatic;
    std::vector<std::string> models = {}; ///< those it may use, `*` is a wildcard; empty means all
    bool blocked = false; ///< every request that needs a model is refused
    bool operator==(const UserRule&) const = default;
};

/// Every limit of the proxy and its queue. Reaching one is an error in the caller's own shape, never a crash.
struct Limits {
    std::size_t queueWaitingMax = 1024; ///< jobs waiting in all, 1..1'000'000
    std::size_t queueWaitingPerUserMax = 512; ///< jobs waiting of one user
    std::size_t queueBytesMax = 512u << 20; ///< bytes of bodies held for waiting jobs
    std::size_t bodyBytesMax = 96u << 20; ///< of one queued request; a 64 MB image is 86 MB in base64
    std::size_t headerBytesMax = 32u << 10; ///< request line and header fields
    std::chrono::milliseconds headerTimeMax{10'000}; ///< from a request's first byte to the end of its head
    std::chrono::milliseconds bodyTimeMax{120'000}; ///< from the end of the head to the end of the body
    std::chrono::milliseconds idleTimeMax{300'000}; ///< of a kept-alive connection between requests
    std::chrono::milliseconds writeTimeMax{120'000}; ///< longest that a client may take nothing of its answer
    std::size_t connectionsMax = 0; ///< clients connected; 0 means what file descriptors allow
    std::size_t usersRememberedMax = 10'000; ///< users kept with their totals after they left
    bool operator==(const Limits&) const = default;
};

/// What is kept on disk of jobs that ended.
struct HistoryConfig {
    std::string file = {}; ///< made with mode 0600 when missing; empty means nothing is kept. Counts at the start only
    std::chrono::milliseconds keep{std::chrono::hours(24) * 30}; ///< one row per job; 0 means none
    std::chrono::milliseconds keepUsage{std::chrono::hours(24) * 400}; ///< sums per day, user and model; 0 means none
    std::chrono::milliseconds keepLedger{std::chrono::hours(24) * 3650}; ///< what pools were given; 0 means nothing
    bool operator==(const HistoryConfig&) const = default;
};

/// Everything the engine is told. A plain value; made by the app from its table of settings.
struct Config {
    std::string host = "127.0.0.1"; ///< address the proxy listens on
    std::uint16_t port = 11435; ///< 0 means any free one (tests)
    std::string statusHost = "127.0.0.1";
    std::uint16_t statusPort = 4555; ///< 0 means any free one
    bool statusEnabled = true;
    std::string metricsHost = "127.0.0.1"; ///< an address of its own for GET /metrics
    std::uint16_t metricsPort = 0;
    bool metricsEnabled = false; ///< it is at the status address in any case
    std::string controlTokenFile = {}; ///< created with mode 0600 when missing; empty means no control calls

    std::vector<BackendConfig> backends = {BackendConfig{}};
    int concurrency = 0; ///< jobs at once on each backend that names none itself; 0 means automatic
    std::chrono::milliseconds backendSilenceMax{300'000}; ///< longest silence of a backend, first byte included
    bool demo = false; ///< use the simulated model instead of `backends`

    Fairness fairness = Fairness::Tokens;
    Shedding shedding = Shedding::None;
    std::vector<UserRule> users = {}; ///< each user at most once
    std::chrono::milliseconds waitMaxInteractive{
        600'000}; ///< in the queue, lanes interactive and normal; 0 means for ever
    std::chrono::milliseconds waitMaxBatch{1'800'000}; ///< in the queue, lane batch; 0 means for ever
    std::chrono::milliseconds codelTarget{5'000};
    std::chrono::milliseconds codelInterval{30'000};
    std::chrono::milliseconds laneAgeing{30'000}; ///< a job waits at most this long behind each better lane

    std::chrono::milliseconds keepAliveAfter{8'000}; ///< silence before a waiting stream is begun and kept alive
    std::chrono::milliseconds keepAliveAfterUnstreamed{60'000}; ///< the same for answers that are not streamed
    std::chrono::milliseconds keepAliveEvery{10'000};
    bool keepAlive = true;

    std::vector<std::string> origins = {}; ///< web origins allowed besides this machine's own; `*` is a wildcard
    std::vector<KeyConfig> keys = {};
    std::vector<PoolConfig> pools = {};
    bool poolJobsYield = false; ///< a pool's running job is handed back when an own one would have to wait
    SharingRules sharing = {}; ///< when this machine works for them
    HostingConfig hosting = {}; ///< the pool that this machine hosts
    bool manageFromLoopback = true; ///< pull, push, create, copy, delete for loopback clients
    bool recogniseProcesses = true; ///< name users after the program that owns their socket

    HistoryConfig history = {};

    Limits limits = {};
    bool operator==(const Config&) const = default;
};

/// This machine's own backends answer the clients of the pool that it hosts: then its own apps come first, and the
/// rules of sharing count for those clients too.
inline bool answersHostedPool(const Config& config)
{
    return config.hosting.enabled && config.hosting.localBackends && !config.backends.empty();
}

} // namespace drover
