// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// Every limit of a hosted pool beyond those of the queue. A worker that goes over one is closed or cut to it; a client
/// is answered with an error in its own shape.
struct HostLimits {
    std::size_t workersMax = 2000; ///< connected at once, 1..100'000
    std::size_t modelsPerWorkerMax = 512; ///< more in one registration are left out
    std::size_t nameBytesMax = 256; ///< of a worker's name, its id, a model
    int slotsPerWorkerMax = 256; ///< a worker that claims more gets these
    std::size_t frameBytesMax = 64u << 20; ///< of one message of a worker; a larger one closes it with 1009
    std::size_t unreadBytesMax = 8u << 20; ///< of one answer that its client has not taken; more cancels that request
    std::size_t unreadBytesOfAllMax = 512u << 20; ///< the same of all together; the one with most is cancelled
    std::size_t goneWorkersMax = 100; ///< remembered for the state document after they left
    std::size_t modelLabelsMax = 50; ///< of the metrics; others count as "other"
    bool operator==(const HostLimits&) const = default;
};

/// A pool that this machine hosts: where workers and clients connect, and who may.
struct HostingConfig {
    bool enabled = false;
    bool required = true; ///< the engine does not start where it cannot listen; else HostView says why
    std::string name = {}; ///< of the pool, shown in invitations; empty means the name of this machine
    std::string host = "127.0.0.1"; ///< address to listen on
    std::uint16_t port = 8080; ///< 0 means any free one (tests)
    std::string publicUrl = {}; ///< "https://pool.example.org", for invitations; empty: made from the address
    std::string certificateFile = {}; ///< PEM chain; with `keyFile` the port speaks TLS. Read again when it changes
    std::string keyFile = {}; ///< PEM private key
    bool insecure = false; ///< listens beyond loopback without TLS and keys all the same
    std::vector<std::string> trustedProxies =
        {}; ///< addresses and networks ("10.0.0.0/8") whose X-Forwarded-For counts
    std::string clientKey = {}; ///< one key for every client (API_KEY); empty: none. Never logged nor shown
    std::string workerKey =
        {}; ///< one key for every worker (WORKER_KEY, CLIENT_KEY); empty: none. Never logged nor shown
    std::string keysFile = {}; ///< of KeyFile: named keys, invitations; empty: there are none
    std::string workerPath = {}; ///< one more path that takes workers; empty: none
    bool localBackends = true; ///< this machine's own backends answer the pool's clients too
    bool ownJobs = true; ///< the workers answer the apps of this machine too
    std::chrono::milliseconds silenceMax{120'000}; ///< longest silence of a worker within a request; 0 means for ever
    HostLimits limits = {};
    bool operator==(const HostingConfig&) const = default;
};

/// A worker's number, given by the host at its connection; never used twice while the host runs.
using WorkerNumber = std::uint32_t;

enum class WorkerState {
    Idle,
    Working,
    NotReady, ///< it says so, or has no slots
    Draining, ///< by its own word or the host's
    Gone ///< its connection has ended
};

/// One machine that joined the hosted pool.
struct WorkerView {
    WorkerNumber number = 0;
    std::string id = {}; ///< its own word; several may claim the same
    std::string name = {};
    std::string key = {}; ///< name of its key; empty with the shared one or none
    std::string address = {}; ///< "192.168.1.7"
    std::string version = {};
    std::string dialect = {}; ///< "llamapool" (0.1 to 0.2), "infero" (0.3 to 0.5), "nfrx" (from 0.7)
    WorkerState state = WorkerState::Idle;
    bool drainedByHost = false; ///< undrain is for the host
    std::vector<std::string> models = {}; ///< as it wrote them
    int slots = 0;
    int running = 0;
    double tokensPerSecond = 0; ///< output, of one request, lately; 0 until there was one
    std::uint64_t processed = 0; ///< requests that ended, since it connected
    std::uint64_t failed = 0; ///< of these
    std::uint64_t promptTokens = 0;
    std::uint64_t outputTokens = 0;
    std::chrono::milliseconds ran{0}; ///< of all its requests together
    std::int64_t connectedAt = 0; ///< milliseconds since 1970
    std::int64_t lastHeartbeat = 0; ///< milliseconds since 1970
    std::string lastError = {};
    std::string hostName = {}; ///< these are its own words, empty when not told
    std::string osName = {};
    std::string osVersion = {};
    std::string backendFamily = {};
    std::string backendVersion = {};
    std::string buildSha = {};
    std::string buildDate = {};
    int embeddingBatchSize = 0;
    double cpuPercent = 0; ///< 0 when not told
    double memoryPercent = 0; ///< 0 when not told
    bool operator==(const WorkerView&) const = default;
};

/// The pool that this machine hosts.
struct HostView {
    bool enabled = false;
    bool listening = false;
    std::string name = {};
    std::string address = {}; ///< "127.0.0.1:8080"
    std::string publicUrl = {}; ///< where others reach it, without a path at its end
    bool tls = false;
    bool keysNeeded = false; ///< of clients
    std::string reason = {}; ///< a sentence when it does not listen, or something is wrong such as a bad certificate
    std::string fix = {}; ///< what to do about it, or empty
    std::vector<WorkerView> workers = {}; ///< connected ones by number, then those that left, the latest first
    std::uint32_t connected = 0;
    std::uint32_t running = 0; ///< requests of the pool's clients
    std::uint32_t waiting = 0;
    std::uint64_t accepted = 0; ///< requests of the pool's clients since start; the sum of the next four and those live
    std::uint64_t answered = 0;
    std::uint64_t refused = 0;
    std::uint64_t failed = 0;
    std::uint64_t cancelled = 0;
    bool operator==(const HostView&) const = default;

    static constexpr std::size_t workersShownMax = 1000;
};

/// What a person does with a joined worker.
enum class WorkerCommand {
    Drain, ///< gets no new requests, finishes those it has
    Undrain,
    Remove ///< its connection is closed at once; its requests go elsewhere or fail
};

std::string_view name(WorkerState state); ///< "idle", "working", "not_ready", "draining", "gone"

} // namespace drover
