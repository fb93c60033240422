// SPDX-License-Identifier: MIT
#include "core/protocol/host_routes.h"

#include <algorithm>
#include <array>

namespace drover {

namespace {

constexpr std::string_view get = "GET";
constexpr std::string_view post = "POST";
constexpr std::string_view getHead = "GET, HEAD";

struct Row {
    std::string_view path; ///< whole, or the beginning of one when it ends in '/' (not "/" itself)
    HostRouteKind kind;
    std::string_view allow;
};

constexpr std::array rows{
    Row{"/v1/models", HostRouteKind::Models, getHead},
    Row{"/v1/models/", HostRouteKind::Model, getHead},
    Row{"/api/tags", HostRouteKind::Tags, getHead},
    Row{"/api/ps", HostRouteKind::Loaded, getHead},
    Row{"/api/show", HostRouteKind::Show, post},
    Row{"/api/version", HostRouteKind::Version, getHead},
    Row{"/api/v1/state", HostRouteKind::State, getHead},
    Row{"/api/v1/state/stream", HostRouteKind::StateStream, get},
    Row{"/api/state", HostRouteKind::PluginState, getHead},
    Row{"/api/state/stream", HostRouteKind::PluginStateStream, get},
    Row{"/state", HostRouteKind::Page, getHead},
    Row{"/metrics", HostRouteKind::Metrics, getHead},
    Row{"/healthz", HostRouteKind::Health, getHead},
    Row{"/health", HostRouteKind::Health, getHead},
    Row{"/", HostRouteKind::Root, getHead},
    Row{"/j", HostRouteKind::Join, "GET, HEAD, POST"},
};

constexpr std::array<std::string_view, 3> workerPaths{"/workers/connect", "/api/workers/connect", "/api/llm/connect"};

constexpr std::array endpoints{Endpoint::OpenAiChat, Endpoint::OpenAiCompletions, Endpoint::OpenAiEmbeddings,
    Endpoint::OpenAiResponses, Endpoint::AnthropicMessages, Endpoint::OllamaGenerate, Endpoint::OllamaChat,
    Endpoint::OllamaEmbed, Endpoint::OllamaEmbeddings};

bool isUnder(std::string_view path, std::string_view folder)
{
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

/// "GET" of "GET, HEAD", not "GE".
bool allows(std::string_view allow, std::string_view method)
{
    while (!allow.empty()) {
        const std::string_view each = allow.substr(0, allow.find(','));
        if (each == method)
            return true;
        allow.remove_prefix(std::min(allow.size(), each.size() + 2));
    }
    return false;
}

/// A path whose other prefixes are gone.
struct Plain {
    std::string_view path;
    std::string_view worker;
};

Plain withoutPrefix(std::string_view path)
{
    constexpr std::string_view oneWorker = "/api/llm/id/";
    if (path.starts_with(oneWorker)) {
        const std::string_view rest = path.substr(oneWorker.size());
        const std::size_t slash = rest.find('/');
        if (slash == rest.npos || slash == 0 || !isUnder(rest.substr(slash), "/v1"))
            return {{}, {}};
        return {rest.substr(slash), rest.substr(0, slash)};
    }
    for (const std::string_view prefix : {std::string_view("/api/llm"), std::string_view("/api")}) {
        if (path.starts_with(prefix) && isUnder(path.substr(prefix.size()), "/v1"))
            return {path.substr(prefix.size()), {}};
    }
    return {path, {}};
}

bool matches(const Row& row, std::string_view path)
{
    if (row.path.size() > 1 && row.path.back() == '/')
        return path.size() > row.path.size() && path.starts_with(row.path);
    return path == row.path;
}

Dialect dialectOfPath(std::string_view plain)
{
    if (isUnder(plain, "/v1/messages"))
        return Dialect::Anthropic;
    return isUnder(plain, "/v1") ? Dialect::OpenAi : Dialect::Ollama;
}

bool takesWorkers(std::string_view path, std::string_view configured)
{
    return (!configured.empty() && path == configured)
        || std::find(workerPaths.begin(), workerPaths.end(), path) != workerPaths.end();
}

HostRoute found(HostRouteKind kind, std::string_view method, std::string_view allow)
{
    HostRoute route;
    route.kind = allows(allow, method) ? kind : HostRouteKind::WrongMethod;
    route.allow = allow;
    return route;
}

HostRoute routeOf(std::string_view method, std::string_view path, const Plain& plain)
{
    for (const Row& row : rows) {
        const bool state = row.kind == HostRouteKind::State || row.kind == HostRouteKind::StateStream;
        if (!matches(row, state ? path : plain.path))
            continue;
        HostRoute route = found(row.kind, method, row.allow);
        if (route.kind == HostRouteKind::Model)
            route.model = plain.path.substr(row.path.size());
        return route;
    }
    for (const Endpoint endpoint : endpoints) {
        if (plain.path != pathOf(endpoint))
            continue;
        HostRoute route = found(HostRouteKind::Inference, method, post);
        route.endpoint = endpoint;
        return route;
    }
    return {};
}

} // namespace

HostRoute findHostRoute(std::string_view method, std::string_view path, std::string_view workerPath)
{
    if (takesWorkers(path, workerPath))
        return found(HostRouteKind::Workers, method, get);
    const Plain plain = withoutPrefix(path);
    HostRoute route = routeOf(method, path, plain);
    route.worker = plain.worker;
    route.dialect = dialectOfPath(plain.path);
    route.keyNeeded = isUnder(path, "/api") || isUnder(path, "/v1");
    return route;
}

} // namespace drover
