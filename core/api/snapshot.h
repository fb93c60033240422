// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/pause.h"
#include "core/api/reason.h"
#include "core/api/sharing.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

using JobId = std::uint64_t;

/// How urgent a job is; the lane is chosen before the user.
/// From first to last. The pools' is behind all others however long it has waited: the owner's own jobs come first.
enum class Lane { Interactive, Normal, Batch, Pool };
inline constexpr std::size_t laneCount = 4;

/// How a user was recognised, best first.
enum class IdentitySource { Key, UserHeader, Body, TitleHeader, Process, UserAgent, Address, Pool };

enum class Dialect { Ollama, OpenAi, Anthropic };

enum class JobState { Waiting, Running };

enum class Outcome {
    Done, ///< the backend's answer reached the client whole
    Failed, ///< the backend answered with an error, or broke off
    Refused, ///< by us: limits, time, no backend
    Cancelled, ///< the client left, or somebody cancelled it
    Incomplete ///< the backend ended its stream without the dialect's last piece
};

/// The engine's state in one word; precedence is the order (first that is true).
enum class EngineState { Error, Starting, Draining, Paused, Busy, Ready };

enum class BackendState {
    Unknown, ///< not probed yet
    Ready,
    Resting, ///< failed too often; tried again at `retryIn`
    Down ///< its probe fails
};

/// What is known of the Ollama that Drover looks after.
enum class RuntimeState {
    Searching, ///< looking for what is there
    Starting, ///< ours runs and does not answer yet
    Running, ///< it answers
    Silent, ///< ours runs and has not answered for a while
    Restarting, ///< ours ended by itself; waiting before the next start
    Stopping, ///< ours was told to end
    Stopped, ///< ended on purpose, by us or by somebody else
    Absent, ///< nothing answers, and it is not ours to start it
    Missing, ///< nothing answers and no program is found
    Blocked, ///< another program holds the port
    GaveUp ///< ours ended too often
};

/// What Drover can do about its Ollama when a person asks for it: `POST /control/start-runtime`.
enum class RuntimeFix {
    None,
    Start, ///< start it: it does not run
    TryAgain ///< start it once more: it failed, or something else was in the way
};

/// How the link to a pool stands.
enum class PoolState {
    Off, ///< not begun, or left in good order
    Connecting, ///< dialling, or waiting until `retryIn` is over
    Connected, ///< the pool knows us and may send jobs
    Unready, ///< nothing to offer at the moment
    Draining, ///< finishes its jobs, then leaves
    Refused ///< the pool does not take us; a changed setting may help
};

struct JobView {
    JobId id = 0;
    std::string requestId = {}; ///< X-Request-ID
    std::string user = {};
    std::string pool = {}; ///< that asked; empty for a client of this machine
    bool hosted = false; ///< of a client of the pool that this machine hosts
    std::string model = {}; ///< as the client wrote it
    std::string path = {}; ///< such as "/api/chat"
    std::string backend = {}; ///< its name; empty while waiting
    Dialect dialect = Dialect::Ollama;
    Lane lane = Lane::Normal;
    JobState state = JobState::Waiting;
    bool streamed = false;
    std::uint32_t position = 0; ///< 1 is next; 0 when it runs
    std::chrono::milliseconds waited{0}; ///< in the queue
    std::chrono::milliseconds ran{0}; ///< since it was started
    std::uint64_t promptTokens = 0; ///< an estimate until the backend told
    std::uint64_t outputTokens = 0; ///< pieces until the backend told
    double tokensPerSecond = 0;
    std::chrono::milliseconds silence{0}; ///< since the backend's last byte, while it runs and is waited for
    bool operator==(const JobView&) const = default;
};

struct FinishedJob {
    JobView job = {};
    Outcome outcome = Outcome::Done;
    int status = 0; ///< HTTP status that the client got; 0 when it left before
    std::string reason = {}; ///< a sentence when not Done
    std::int64_t finishedAt = 0; ///< milliseconds since 1970
    std::string reasonCode = {}; ///< codeName() of what went wrong; empty when Done
    bool operator==(const FinishedJob&) const = default;
};

struct UserView {
    std::string name = {};
    IdentitySource source = IdentitySource::Address;
    Dialect dialect = Dialect::Ollama; ///< of its latest request
    UserRule rule = {}; ///< its name is empty where there is none for this user
    std::uint32_t waiting = 0;
    std::uint32_t running = 0;
    std::uint64_t requests = 0; ///< since start, with those that were refused
    std::uint64_t refused = 0; ///< since start, by us
    std::uint64_t promptTokens = 0;
    std::uint64_t outputTokens = 0;
    std::uint64_t tokensToday = 0; ///< prompt and output since local midnight, those under way with them
    double share = 0; ///< 0..1 of what was charged to all in the last ten minutes
    std::chrono::milliseconds lastSeen{0}; ///< ago; `neverSeen` when only its rule is known
    static constexpr std::chrono::milliseconds neverSeen{-1};
    bool operator==(const UserView&) const = default;
};

/// A key and when it was used. The key itself is not known.
struct KeyView {
    std::string name = {}; ///< the user
    std::string prefix = {};
    std::string created = {};
    std::int64_t lastUsed = 0; ///< milliseconds since 1970; 0 when not since start
    bool operator==(const KeyView&) const = default;
};

struct ModelView {
    std::string name = {};
    bool loaded = false;
    std::uint64_t bytes = 0; ///< on disk; 0 when not told
    std::string family = {}; ///< such as "llama"; these texts are empty when not told
    std::string parameterSize = {}; ///< such as "8.0B"
    std::string quantization = {}; ///< such as "Q4_K_M"
    std::uint32_t contextTokens = 0; ///< while loaded the context in force, else the longest; 0 when not told
    std::uint64_t memoryBytes = 0; ///< that it takes while loaded, in all; 0 when not told
    std::uint64_t gpuBytes = 0; ///< of these on the GPU
    std::int64_t expiresAt = 0; ///< when it is unloaded, in milliseconds since 1970; 0 when not told
    static constexpr std::int64_t expiresNever = -1;
    bool operator==(const ModelView&) const = default;
};

struct BackendView {
    std::string name = {};
    std::string url = {};
    BackendKind kind = BackendKind::Ollama;
    BackendState state = BackendState::Unknown;
    std::string reason = {}; ///< a sentence when not Ready
    std::string version = {};
    int slots = 1;
    std::string slotsReason = {}; ///< where the number of slots comes from, as a sentence
    int running = 0;
    std::vector<ModelView> models = {};
    std::chrono::milliseconds retryIn{0};
    bool operator==(const BackendView&) const = default;
};

/// The local Ollama, for one backend of the list. A plain value.
struct RuntimeView {
    bool present = false; ///< Drover looks after one; else only `backend`, `mode` and `fix` may say something
    std::string backend = {}; ///< name of the backend that it is
    std::string mode = {}; ///< what holds at present: "adopt", "supervise" (only for one that Drover starts), "remote"
    RuntimeState state = RuntimeState::Searching;
    std::int64_t pid = 0; ///< 0 when not known
    std::string version = {}; ///< of the server that answers
    int restarts = 0; ///< of ours, by itself
    int slots = 0; ///< jobs at once that ours was started for (OLLAMA_NUM_PARALLEL); 0 when it is not ours
    std::string reasonCode = {}; ///< stable word, such as "ollama_running", "ollama_missing", "ollama_gave_up"
    std::string reasonText = {}; ///< one sentence for people
    std::vector<std::string> reasonArguments = {}; ///< the particulars in it
    std::string fixText = {}; ///< what to do about it, or empty
    RuntimeFix fix = RuntimeFix::None;
    bool operator==(const RuntimeView&) const = default;
};

/// What this machine gave to a pool in some time. Jobs count that were given to a backend.
struct GivenSum {
    std::uint64_t jobs = 0;
    std::uint64_t failed = 0; ///< of these: the backend answered with an error, or broke off
    std::uint64_t promptTokens = 0;
    std::uint64_t outputTokens = 0;
    std::chrono::milliseconds ran{0};
    GivenSum& operator+=(const GivenSum& other)
    {
        jobs += other.jobs;
        failed += other.failed;
        promptTokens += other.promptTokens;
        outputTokens += other.outputTokens;
        ran += other.ran;
        return *this;
    }
    bool operator==(const GivenSum&) const = default;
};

struct PoolView {
    std::string name = {};
    std::string url = {};
    PoolState state = PoolState::Off;
    std::string reason = {}; ///< a sentence when not connected
    std::string fix = {}; ///< what to do about it, or empty
    std::string workerId = {}; ///< of the present connection
    std::string workerName = {};
    std::vector<std::string> models = {}; ///< offered
    int slots = 0; ///< jobs at once, as offered
    std::uint32_t running = 0;
    std::uint32_t waiting = 0; ///< here, for one of those slots
    std::uint64_t jobs = 0; ///< taken since start
    std::uint64_t failed = 0; ///< of these
    std::chrono::milliseconds latency{0}; ///< of the last ping
    std::chrono::milliseconds retryIn{0};
    std::int64_t lastHeartbeat = 0; ///< Unix seconds; 0 when there was none
    GivenSum today = {}; ///< since midnight of this machine's time zone, restarts included
    GivenSum total = {}; ///< as long as the ledger is kept
    bool operator==(const PoolView&) const = default;
};

struct Totals {
    std::uint64_t requests = 0;
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    std::uint64_t refused = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t promptTokens = 0;
    std::uint64_t outputTokens = 0;
    bool operator==(const Totals&) const = default;
};

/// What was used in some time. Jobs count that were given to a backend: what was refused, or cancelled while it waited,
/// used nothing.
struct UsageSum {
    std::uint64_t requests = 0;
    std::uint64_t promptTokens = 0;
    std::uint64_t outputTokens = 0;
    std::chrono::milliseconds ran{0}; ///< time of a slot

    UsageSum& operator+=(const UsageSum& other)
    {
        requests += other.requests;
        promptTokens += other.promptTokens;
        outputTokens += other.outputTokens;
        ran += other.ran;
        return *this;
    }
    bool operator==(const UsageSum&) const = default;
};

struct UserToday {
    std::string name = {};
    UsageSum usage = {};
    bool operator==(const UserToday&) const = default;
};

/// Since midnight of this machine's time zone, also of Drovers that ran before where the history is kept.
struct Today {
    int date = 0; ///< LocalDay::date: 20261121
    UsageSum all = {};
    std::vector<UserToday> users = {}; ///< who used most tokens first, at most `usersShownMax`
    bool operator==(const Today&) const = default;
};

/// How the history that is kept on disk is doing; read it with core/api/history.h.
struct HistoryState {
    bool kept = false; ///< switched on, and it can be written at present
    /// "off", "disk_full", "read_only", "damaged", "newer", "busy", "io"; "set_aside" when a damaged file was replaced
    /// and all is well again; empty when there is nothing to say.
    std::string reasonCode = {};
    std::string reasonText = {}; ///< one sentence for people, or empty
    std::string fixText = {}; ///< what to do about it, or empty
    std::uint64_t lastRow = 0; ///< number of the newest row that is on disk; grows
    std::uint64_t rowsLost = 0; ///< since start: jobs that are in no history, because it could not be written
    bool operator==(const HistoryState&) const = default;
};

/// What the engine looks like at one moment. A value; safe to keep and to pass between threads.
struct Snapshot {
    std::uint64_t sequence = 0; ///< grows with every change
    std::string version = {};
    EngineState state = EngineState::Starting;
    std::string reasonCode = {}; ///< stable word, such as "ready", "backend_unreachable", "paused"
    std::string reasonText = {}; ///< one sentence for people
    std::vector<std::string> reasonArguments = {}; ///< the particulars in the sentence, for a translation of it
    std::string fixText = {}; ///< what to do about it, or empty
    FixAction fixAction = FixAction::None; ///< the same as a button
    std::string fixSetting = {}; ///< of FixAction::OpenSetting: its key
    bool demo = false;
    bool paused = false;
    std::int64_t pausedUntil = 0; ///< milliseconds since 1970; 0 when not paused, or until somebody resumes
    bool draining = false;
    std::string address = {}; ///< "127.0.0.1:11435"
    std::string statusAddress = {}; ///< "127.0.0.1:4555", empty when off
    std::chrono::milliseconds upTime{0};

    int slots = 0;
    std::uint32_t running = 0;
    std::uint32_t waiting = 0;
    std::size_t waitingBytes = 0;
    std::vector<JobView> jobs =
        {}; ///< all that run, then those that wait in their turn, at most `jobsShownMax` of them
    std::vector<UserView> users = {}; ///< busy ones first, at most `usersShownMax`
    std::vector<KeyView> keys = {}; ///< as in the settings
    std::vector<BackendView> backends = {};
    RuntimeView runtime = {};
    std::vector<PoolView> pools = {}; ///< in the order of the settings
    SharingView sharing = {}; ///< whether this machine works for them
    HostView hosting = {}; ///< the pool that this machine hosts
    std::vector<FinishedJob> finished = {}; ///< the latest first, at most `finishedShownMax`

    double tokensPerSecond = 0; ///< output, over the last five seconds
    double requestsPerSecond = 0; ///< finished, over the last five seconds
    std::vector<float> tokensHistory = {}; ///< output tokens per second, one a second, oldest first, at most 600
    Totals totals = {}; ///< since start
    Today today = {};
    HistoryState history = {};

    static constexpr std::size_t jobsShownMax = 1000;
    static constexpr std::size_t usersShownMax = 200;
    static constexpr std::size_t finishedShownMax = 100;
    bool operator==(const Snapshot&) const = default;
};

/// When the pause ends by itself; nothing when there is none or it has no end.
std::optional<WallTime> pauseEnd(const Snapshot& snapshot);

/// Puts a reason into the snapshot, before it that answers are simulated where they are; `state` stays.
void explain(Snapshot& snapshot, ReasonGiven reason);

std::string_view name(Lane lane); ///< "interactive", "normal", "batch", "pool"
std::string_view name(LaneRule rule); ///< "automatic", "interactive", "normal", "batch"
std::string_view name(IdentitySource
        source); ///< "key", "user_header", "body", "title_header", "process", "user_agent", "address", "pool"
std::string_view name(Dialect dialect); ///< "ollama", "openai", "anthropic"
std::string_view name(JobState state); ///< "waiting", "running"
std::string_view name(Outcome outcome); ///< "done", "failed", "refused", "cancelled", "incomplete"
std::string_view name(EngineState state); ///< "error", "starting", "draining", "paused", "busy", "ready"
std::string_view name(BackendState state); ///< "unknown", "ready", "resting", "down"
/// "searching", "starting", "running", "silent", "restarting", "stopping", "stopped", "absent", "missing", "blocked",
/// "gave_up"
std::string_view name(RuntimeState state);
std::string_view name(RuntimeFix fix); ///< "none", "start", "try_again"
std::string_view name(PoolState state); ///< "off", "connecting", "connected", "unready", "draining", "refused"
std::string_view name(BackendKind kind); ///< "ollama", "openai", "demo"
std::string_view name(Fairness fairness); ///< "tokens", "time", "requests"
std::string_view name(Shedding shedding); ///< "none", "codel"

} // namespace drover
