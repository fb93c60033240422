// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <string_view>

namespace drover {

/// A call that takes a model slot, and so is queued.
enum class Endpoint {
    OllamaGenerate,
    OllamaChat,
    OllamaEmbed,
    OllamaEmbeddings,
    OpenAiChat,
    OpenAiCompletions,
    OpenAiEmbeddings,
    OpenAiResponses,
    AnthropicMessages
};

/// What the proxy does with a request.
enum class RouteKind {
    Queued, ///< waits for a slot
    Forwarded, ///< goes to a backend at once, or is answered from the merged lists
    Managed, ///< changes what a backend has (pull, delete, account): loopback clients only
    Health, ///< /health, /healthz
    Root, ///< "Ollama is running"
    QueueList, ///< GET /queue: one's own requests
    QueueItem, ///< GET or DELETE /queue/{id}
    WrongMethod, ///< the path is known, the method is not: 405 with `allow`
    Unknown ///< 404
};

struct Route {
    RouteKind kind = RouteKind::Unknown;
    Endpoint endpoint = Endpoint::OllamaGenerate; ///< only where kind is Queued
    Dialect dialect = Dialect::Ollama; ///< in which errors are told
    std::string_view allow = {}; ///< the methods of a known path, as in the Allow field: "GET, HEAD"
};

/// Where a request goes. `path` is the target without its query, as sent (percent-encoding kept). Allocates nothing.
Route findRoute(std::string_view method, std::string_view path);

Dialect dialectOf(Endpoint endpoint);
std::string_view pathOf(Endpoint endpoint); ///< such as "/api/chat"
bool isEmbedding(Endpoint endpoint);

/// The last part of "/queue/{id}", as sent; empty when `path` is no such path.
std::string_view queueItemOf(std::string_view path);

} // namespace drover
