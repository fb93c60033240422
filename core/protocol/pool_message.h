// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace drover {

// What a pool's server and its workers say to each other: the messages of llamapool (from v0.1.4) and of nfrx (up to
// v0.9.6), each one JSON object in one text frame. Both exchanges are here: the HTTP proxy, which all of them have, and
// the older job exchange for /api/generate.

// ---- from the server ----

/// Ask the backend for this, and tell its answer as one PoolAnswerHead, any number of PoolAnswerChunk, one
/// PoolAnswerEnd.
struct PoolProxyRequest {
    std::string id = {}; ///< never empty
    std::string method = {};
    std::string path = {}; ///< with "/v1" or without, as the server's version has it
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< fit to stand in a head
    bool stream = false;
    std::string body = {}; ///< decoded
    bool operator==(const PoolProxyRequest&) const = default;
};

struct PoolProxyCancel {
    std::string id = {};
    bool operator==(const PoolProxyCancel&) const = default;
};

/// The older exchange; `endpoint` is "generate".
struct PoolJobRequest {
    std::string id = {};
    std::string endpoint = {};
    bool stream = false;
    std::string payload = {}; ///< the JSON object, with its `stream` always said
    bool operator==(const PoolJobRequest&) const = default;
};

struct PoolJobCancel {
    std::string id = {};
    bool operator==(const PoolJobCancel&) const = default;
};

/// A message of a type that is not known, which means nothing to a worker.
struct PoolUnknown {
    bool operator==(const PoolUnknown&) const = default;
};

using PoolServerMessage = std::variant<PoolUnknown, PoolProxyRequest, PoolProxyCancel, PoolJobRequest, PoolJobCancel>;

/// Largest frame of a server that is read. A request's body is base64 in it.
inline constexpr std::size_t poolFrameBytesMax = 64u << 20;
inline constexpr std::size_t poolIdBytesMax = 128;
inline constexpr std::size_t poolHeadersMax = 64;
inline constexpr std::size_t poolHeaderBytesMax = 32u << 10;

/// Fails with BadRequest when the frame is not a JSON object or lacks what its type must have, TooLarge over a limit.
/// Nesting is limited, and so is the memory that reading takes: three times the frame's size.
Result<PoolServerMessage> parsePoolMessage(std::string_view frame);

// ---- from the worker ----

/// Largest message that every server takes (protocol up to nfrx v0.7 closes the connection over it).
inline constexpr std::size_t poolMessageBytesMax = 32768;
/// Most bytes of an answer in one chunk; its message stays within `poolMessageBytesMax`.
inline constexpr std::size_t poolChunkBytesMax = 24000;

/// What our workers call their backend in `agent_config`: whatever it is, it takes every call of every dialect.
inline constexpr std::string_view poolBackendFamily = "drover";

struct PoolRegister {
    std::string workerId = {};
    std::string workerName = {};
    std::string key = {}; ///< told as `worker_key` and as `client_key`; neither is told when empty
    std::vector<std::string> models = {};
    int maxConcurrency = 0;
    std::string version = {};
};

/// Its `ts` is Unix seconds.
struct PoolHeartbeat {
    std::int64_t seconds = 0;
};

struct PoolStatusUpdate {
    std::string_view status = "idle"; ///< "idle", "not_ready", "draining"
    std::vector<std::string> models = {};
    int maxConcurrency = 0;
};

struct PoolAnswerHead {
    std::string_view id;
    int status = 200;
    const std::vector<std::pair<std::string, std::string>>& headers;
};

struct PoolAnswerChunk {
    std::string_view id;
    std::string_view bytes; ///< at most `poolChunkBytesMax`
};

struct PoolFault {
    std::string code = {}; ///< "upstream_error", "worker_draining", ...
    std::string message = {};
    bool operator==(const PoolFault&) const = default;
};

struct PoolAnswerEnd {
    std::string_view id;
    const std::optional<PoolFault>& fault;
};

/// A piece of a streamed generate; `json` is one JSON value.
struct PoolJobChunk {
    std::string_view id;
    std::string_view json;
};

struct PoolJobResult {
    std::string_view id;
    std::string_view json;
};

struct PoolJobError {
    std::string_view id;
    const PoolFault& fault;
};

// Each as the text of its frame. Text that is not UTF-8 is mended; `models` that would not fit are left out.
std::string poolFrame(const PoolRegister& message);
std::string poolFrame(const PoolHeartbeat& message);
std::string poolFrame(const PoolStatusUpdate& message);
std::string poolFrame(const PoolAnswerHead& message);
std::string poolFrame(const PoolAnswerChunk& message);
std::string poolFrame(const PoolAnswerEnd& message);
std::string poolFrame(const PoolJobChunk& message);
std::string poolFrame(const PoolJobResult& message);
std::string poolFrame(const PoolJobError& message);

/// One JSON value in its shortest form, without its `context` member when it is larger than `bytesMax`. Nothing when it
/// is no JSON, or too large even so.
std::optional<std::string> poolJobValue(std::string_view json, std::size_t bytesMax);

} // namespace drover
