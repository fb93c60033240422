// SPDX-License-Identifier: MIT
#include "core/protocol/routes.h"

#include <array>
#include <cstdint>

namespace drover {

namespace {

enum Method : std::uint8_t { Get = 1, Head = 2, Post = 4, Delete = 8, None = 0 };

struct Row {
    std::string_view path; ///< whole, or the beginning of one when it ends in '/' (not "/" itself)
    RouteKind kind;
    std::uint8_t methods;
    std::string_view allow;
    Endpoint endpoint = Endpoint::OllamaGenerate;
};

constexpr std::string_view post = "POST";
constexpr std::string_view getHead = "GET, HEAD";

// Source of the paths: Ollama's own router.
constexpr std::array rows{
    Row{"/api/chat", RouteKind::Queued, Post, post, Endpoint::OllamaChat},
    Row{"/api/generate", RouteKind::Queued, Post, post, Endpoint::OllamaGenerate},
    Row{"/v1/chat/completions", RouteKind::Queued, Post, post, Endpoint::OpenAiChat},
    Row{"/v1/messages", RouteKind::Queued, Post, post, Endpoint::AnthropicMessages},
    Row{"/v1/responses", RouteKind::Queued, Post, post, Endpoint::OpenAiResponses},
    Row{"/api/embed", RouteKind::Queued, Post, post, Endpoint::OllamaEmbed},
    Row{"/v1/embeddings", RouteKind::Queued, Post, post, Endpoint::OpenAiEmbeddings},
    Row{"/api/embeddings", RouteKind::Queued, Post, post, Endpoint::OllamaEmbeddings},
    Row{"/v1/completions", RouteKind::Queued, Post, post, Endpoint::OpenAiCompletions},
    Row{"/api/tags", RouteKind::Forwarded, Get | Head, getHead},
    Row{"/api/ps", RouteKind::Forwarded, Get | Head, getHead},
    Row{"/api/version", RouteKind::Forwarded, Get | Head, getHead},
    Row{"/api/show", RouteKind::Forwarded, Post, post},
    Row{"/api/status", RouteKind::Forwarded, Get, "GET"},
    Row{"/v1/models", RouteKind::Forwarded, Get, "GET"},
    Row{"/v1/models/", RouteKind::Forwarded, Get, "GET"},
    Row{"/", RouteKind::Root, Get | Head, getHead},
    Row{"/health", RouteKind::Health, Get | Head, getHead},
    Row{"/healthz", RouteKind::Health, Get | Head, getHead},
    Row{"/queue", RouteKind::QueueList, Get, "GET"},
    Row{"/queue/", RouteKind::QueueItem, Get | Delete, "GET, DELETE"},
    Row{"/api/pull", RouteKind::Managed, Post, post},
    Row{"/api/push", RouteKind::Managed, Post, post},
    Row{"/api/create", RouteKind::Managed, Post, post},
    Row{"/api/copy", RouteKind::Managed, Post, post},
    Row{"/api/delete", RouteKind::Managed, Delete, "DELETE"},
    Row{"/api/blobs/", RouteKind::Managed, Head | Post, "HEAD, POST"},
    Row{"/api/me", RouteKind::Managed, Post, post},
    Row{"/api/signout", RouteKind::Managed, Post, post},
    Row{"/api/user/keys/", RouteKind::Managed, Delete, "DELETE"},
    Row{"/api/experimental/", RouteKind::Managed, Get | Post, "GET, POST"},
};

Method methodOf(std::string_view method)
{
    if (method == "POST")
        return Post;
    if (method == "GET")
        return Get;
    if (method == "HEAD")
        return Head;
    if (method == "DELETE")
        return Delete;
    return None;
}

bool matches(const Row& row, std::string_view path)
{
    if (row.path.size() > 1 && row.path.back() == '/')
        return path.size() > row.path.size() && path.starts_with(row.path);
    return path == row.path;
}

Dialect dialectOfPath(std::string_view path)
{
    if (path.starts_with("/v1/messages"))
        return Dialect::Anthropic;
    return path.starts_with("/v1/") || path == "/v1" ? Dialect::OpenAi : Dialect::Ollama;
}

} // namespace

Route findRoute(std::string_view method, std::string_view path)
{
    for (const Row& row : rows) {
        if (!matches(row, path))
            continue;
        if (row.kind == RouteKind::QueueItem && queueItemOf(path).empty())
            break;
        const bool known = (row.methods & methodOf(method)) != 0;
        return Route{known ? row.kind : RouteKind::WrongMethod, row.endpoint, dialectOfPath(path), row.allow};
    }
    return Route{.dialect = dialectOfPath(path)};
}

Dialect dialectOf(Endpoint endpoint)
{
    switch (endpoint) {
    case Endpoint::OllamaGenerate:
    case Endpoint::OllamaChat:
    case Endpoint::OllamaEmbed:
    case Endpoint::OllamaEmbeddings:
        return Dialect::Ollama;
    case Endpoint::OpenAiChat:
    case Endpoint::OpenAiCompletions:
    case Endpoint::OpenAiEmbeddings:
    case Endpoint::OpenAiResponses:
        return Dialect::OpenAi;
    case Endpoint::AnthropicMessages:
        return Dialect::Anthropic;
    }
    return Dialect::Ollama;
}

std::string_view pathOf(Endpoint endpoint)
{
    for (const Row& row : rows) {
        if (row.kind == RouteKind::Queued && row.endpoint == endpoint)
            return row.path;
    }
    return {};
}

bool isEmbedding(Endpoint endpoint)
{
    return endpoint == Endpoint::OllamaEmbed || endpoint == Endpoint::OllamaEmbeddings
        || endpoint == Endpoint::OpenAiEmbeddings;
}

std::string_view queueItemOf(std::string_view path)
{
    constexpr std::string_view prefix = "/queue/";
    if (!path.starts_with(prefix))
        return {};
    path.remove_prefix(prefix.size());
    return path.find('/') == std::string_view::npos ? path : std::string_view{};
}

} // namespace drover
