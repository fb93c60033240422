// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"
#include "core/protocol/routes.h"

#include <string_view>

namespace drover {

/// What a pool's host does with a request on its port.
enum class HostRouteKind {
    Workers, ///< a worker's connection, by GET with an upgrade
    Inference, ///< waits for a worker's slot
    Models, ///< GET /v1/models
    Model, ///< GET /v1/models/{id}
    Tags, ///< GET /api/tags, Ollama's list of models
    Loaded, ///< GET /api/ps
    Show, ///< POST /api/show
    Version, ///< GET /api/version
    State, ///< GET /api/v1/state, llamapool's document
    StateStream, ///< the same every two seconds
    PluginState, ///< GET /api/state, nfrx's document
    PluginStateStream,
    Page, ///< GET /state, for people
    Metrics,
    Health, ///< /healthz, /health
    Root, ///< "/": Ollama's clients look whether somebody is there
    Join, ///< /j: an invitation, looked at (GET) or taken (POST)
    WrongMethod, ///< the path is known, the method is not: 405 with `allow`
    Unknown ///< 404
};

struct HostRoute {
    HostRouteKind kind = HostRouteKind::Unknown;
    Endpoint endpoint = Endpoint::OllamaGenerate; ///< only of Inference
    Dialect dialect = Dialect::Ollama; ///< in which errors are told
    bool keyNeeded = false; ///< where clients need keys at all: everything under /api and /v1 but Workers
    std::string_view allow = {}; ///< the methods of a known path, as in the Allow field: "GET, HEAD"
    std::string_view model = {}; ///< only of Model: all that follows, as sent (percent-encoding kept, "/" too)
    std::string_view worker = {}; ///< the one that must answer (/api/llm/id/{worker}/v1/...), as sent; else empty
};

/// Where a request goes. `path` is the target without its query, as sent; `workerPath` is one more path that takes
/// workers, or empty. The API under /v1 is there under /api/v1, /api/llm/v1 and /api/llm/id/{worker}/v1 too, as clients
/// of each generation of llamapool and nfrx ask for it. Allocates nothing; what it returns points into `path`.
HostRoute findHostRoute(std::string_view method, std::string_view path, std::string_view workerPath);

} // namespace drover
