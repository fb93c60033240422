// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/hosting.h"
#include "core/protocol/pool_message.h"
#include "core/protocol/worker_session.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace drover {

// What a host reads of its workers and writes to them: the other side of pool_message.h. All published workers are
// understood, from llamapool v0.1.4 to nfrx v0.9.6 and Drover's own.

// ---- from a worker ----

/// Where a worker sends what it is asked.
enum class WorkerReach {
    Everything, ///< another Drover: every path, whole
    Root, ///< it appends the path to its backend's root, so the path has its /v1 or /api
    OpenAiBase ///< it appends the path to an address that ends in /v1: nothing of Ollama's own API can be asked
};

struct WorkerRegister {
    WorkerFacts facts = {};
    WorkerReach reach = WorkerReach::Root;
    bool anySize = false; ///< reads messages over `poolMessageBytesMax`
};

struct WorkerHeartbeat {
    std::optional<double> cpuPercent = {};
    std::optional<double> memoryPercent = {};
};

struct WorkerStatusUpdate {
    int slots = 0; ///< of a message without them too
    std::optional<std::vector<std::string>> models = {}; ///< nothing: as before
    std::optional<std::string> status = {};
    bool configured = false; ///< the next three were told
    std::string backendFamily = {};
    std::string backendVersion = {};
    int embeddingBatchSize = 0;
};

struct WorkerAnswerHead {
    std::string id = {};
    int status = 0; ///< 0 when it is none that ends a request
    std::vector<std::pair<std::string, std::string>> fields = {}; ///< fit to stand in a head, none of one connection
};

struct WorkerAnswerChunk {
    std::string id = {};
    std::string bytes = {}; ///< decoded
};

struct WorkerAnswerEnd {
    std::string id = {};
    std::optional<PoolFault> fault = {};
};

/// Of the job exchange: a line of a stream, or the whole of what was not streamed.
struct WorkerJobAnswer {
    std::string id = {};
    bool whole = false;
    std::string json = {}; ///< as it came, on one line
    bool done = false; ///< it says `"done":true`
    bool bare = false; ///< and nothing else
    std::optional<std::string> error = {}; ///< the backend's, where it says that and is not done
};

struct WorkerJobError {
    std::string id = {};
    PoolFault fault = {};
};

struct WorkerUnknown { };

using WorkerMessage = std::variant<WorkerUnknown, WorkerRegister, WorkerHeartbeat, WorkerStatusUpdate, WorkerAnswerHead,
    WorkerAnswerChunk, WorkerAnswerEnd, WorkerJobAnswer, WorkerJobError>;

/// Fails with BadRequest when the text is no JSON object or what its type must have is of another kind, TooLarge when
/// reading it takes too much memory. Names of fields may be in any case. What is over a limit is cut, or left out where
/// a part of it would mean something else (a model, a header).
Result<WorkerMessage> parseWorkerMessage(std::string_view text, const HostLimits& limits);

/// The id and the base64 of a chunk in the form that every published worker writes. Nothing for any other text, which
/// need not be wrong. Costs no parsing and no memory.
struct PlainChunk {
    std::string_view id;
    std::string_view base64;
};
std::optional<PlainChunk> plainChunk(std::string_view text);

/// The same of an end without a fault: its id.
std::optional<std::string_view> plainEnd(std::string_view text);

// ---- to a worker ----

struct HostProxyRequest {
    std::string_view id;
    std::string_view path;
    const std::vector<std::pair<std::string, std::string>>& headers; ///< only those fit for a worker are sent
    bool stream;
    std::string_view body;
};

/// A generate of the job exchange. `payload` is the client's JSON object; its `stream` is overruled.
struct HostJobRequest {
    std::string_view id;
    bool stream;
    std::string_view payload;
};

// Each as the text of its frame.
std::string workerFrame(const HostProxyRequest& request);
std::string workerFrame(const HostJobRequest& request);
std::string proxyCancelFrame(std::string_view id);
std::string jobCancelFrame(std::string_view id);

/// True when the older exchange loses nothing of it: a valid JSON object of `model`, `prompt` and `stream`. The workers
/// that know the exchange drop every other member.
bool fitsJobExchange(std::string_view generateBody);

} // namespace drover
