// SPDX-License-Identifier: MIT

// What of ProxyFront needs no slot: lists, show, and the management of models.
#include "core/fronts/proxy_front.h"
#include "core/net/relay.h"
#include "core/protocol/answer_shapes.h"
#include "core/protocol/model_lists.h"
#include "core/protocol/model_name.h"
#include "core/protocol/percent.h"
#include "core/protocol/user_rules.h"

#include <charconv>

namespace drover {
namespace {

constexpr std::size_t showBytesMax = 1u << 20;

std::string asChunk(std::string_view piece)
{
    char size[20];
    std::string chunk(size, std::to_chars(size, size + sizeof size, piece.size(), 16).ptr);
    return chunk.append("\r\n").append(piece).append("\r\n");
}

std::string textOf(const Error& error)
{
    return error.detail.empty() ? std::string(describe(error.code)) : error.detail;
}

/// Why nothing can answer, from the first backend that has a reason.
std::string noBackendText(const BackendSet& backends, TimePoint now)
{
    for (const auto& backend : backends.all()) {
        if (!backend->available())
            return backend->view(now).reason;
    }
    return "No backend is set up.";
}

} // namespace

Task<> ProxyFront::forwarded(Exchange& exchange, const Route& route)
{
    const std::string_view path = exchange.head().path();
    if (exchange.head().method == "POST") {
        co_await show(exchange, route);
        co_return;
    }
    const auto& all = m_backends.all();
    const auto ollama = m_backends.firstOllama();
    const bool openAiPath = path.starts_with("/v1/");
    const bool list = openAiPath || path == "/api/tags" || path == "/api/ps";
    if (list && (all.size() > 1 || (!openAiPath && !ollama && m_backends.firstAvailable()))) {
        co_await modelLists(exchange, route);
        co_return;
    }
    if (path == "/" && !ollama && m_backends.firstAvailable()) {
        co_await exchange.answer(200, "text/plain; charset=utf-8", "Ollama is running", commonLines(exchange));
        co_return;
    }
    std::shared_ptr<HttpBackend> backend = ollama;
    if (!backend)
        backend = m_backends.firstAvailable();
    co_await forward(exchange, route, backend, std::nullopt);
}

/// One list made of those of all backends that answer.
Task<> ProxyFront::modelLists(Exchange& exchange, const Route& route)
{
    const std::string_view path = exchange.head().path();
    const ModelListKind asked = path == "/api/tags" ? ModelListKind::Tags
        : path == "/api/ps"                         ? ModelListKind::Loaded
                                                    : ModelListKind::OpenAi;
    std::vector<ModelList> lists;
    const auto backends = m_backends.all();
    for (const auto& backend : backends) {
        if (!backend->available())
            continue;
        const bool openAi = backend->config().kind == BackendKind::OpenAi;
        if (openAi && asked == ModelListKind::Loaded)
            continue;
        const ModelListKind kind = openAi ? ModelListKind::OpenAi : asked;
        const std::string_view target = kind == ModelListKind::Tags ? "/api/tags"
            : kind == ModelListKind::Loaded                         ? "/api/ps"
                                                                    : "/v1/models";
        const auto answer = co_await backend->fetch("GET", target);
        if (!answer || answer->status != 200)
            continue;
        if (auto list = parseModelList(kind, answer->body))
            lists.push_back(std::move(*list));
    }
    if (lists.empty() && !m_backends.firstAvailable()) {
        co_await refuse(exchange, route.dialect, Errc::NoBackend, noBackendText(m_backends, Clock::now()));
        co_return;
    }
    constexpr std::string_view onePrefix = "/v1/models/";
    if (path.starts_with(onePrefix)) {
        const std::string id = percentDecoded(path.substr(onePrefix.size()));
        const std::string entry = findOpenAiModel(id, lists);
        if (entry.empty())
            co_await refuse(exchange, route.dialect, Errc::NotFound, "model '" + id + "' not found");
        else
            co_await exchange.answer(200, "application/json", entry, commonLines(exchange));
        co_return;
    }
    co_await exchange.answer(200, "application/json", mergeModelLists(asked, lists), commonLines(exchange));
}

/// POST /api/show: goes to the backend that has the model.
Task<> ProxyFront::show(Exchange& exchange, const Route& route)
{
    auto body = co_await exchange.body(showBytesMax);
    if (!body) {
        if (body.error().code != Errc::Cancelled)
            co_await refuse(exchange, route.dialect, body.error().code, textOf(body.error()));
        co_return;
    }
    std::shared_ptr<HttpBackend> backend;
    if (m_backends.all().size() > 1) {
        if (const auto facts = co_await inspect(*body); facts && facts->hasModel)
            backend = m_backends.withModel(normaliseModel(facts->model));
    }
    if (!backend || backend->config().kind == BackendKind::OpenAi)
        backend = m_backends.firstOllama();
    co_await forward(exchange, route, std::move(backend), std::move(*body));
}

/// Pull, push, create, copy, delete: for programs of this machine only.
Task<> ProxyFront::managed(Exchange& exchange, const Route& route)
{
    const bool local = exchange.client().address().is_loopback();
    if (!local || !m_config.manageFromLoopback) {
        const std::string_view why = local
            ? "The setting proxy.manage_from_loopback is off: models are not changed through Drover."
            : "Models are managed from this machine only.";
        co_await refuse(exchange, route.dialect, Errc::Forbidden, why);
        co_return;
    }
    const RequestFacts noBody; // a name of its own: GCC 12 destroys a braced argument of co_await twice
    const Caller caller = co_await m_callers.recognise(exchange, noBody);
    if (const UserRule& rule = m_jobs.ruleOf(caller.name); rule.blocked) {
        RuleRefusal refusal;
        refusal.user = caller.name;
        co_await refuse(exchange, route.dialect, Errc::UserBlocked, ruleRefusalText(rule, refusal));
        co_return;
    }
    const auto backend = m_backends.firstOllama();
    co_await forward(exchange, route, backend, std::nullopt);
    if (backend)
        backend->modelsChanged();
}

/// Passes a request on at once and relays its answer. `body`: when it was read already.
Task<> ProxyFront::forward(
    Exchange& exchange, const Route& route, std::shared_ptr<HttpBackend> backend, std::optional<std::string> body)
{
    if (!backend) {
        co_await m_backends.refresh(); // one may just have started
        backend = m_backends.firstOllama();
        if (!backend && exchange.head().path().starts_with("/v1/"))
            backend = m_backends.firstAvailable();
    }
    if (!backend) {
        co_await refuse(
            exchange, route.dialect, Errc::NoBackend, noBackendText(m_backends, Clock::now()), "Retry-After: 2\r\n");
        co_return;
    }
    const RequestHead& request = exchange.head();
    const bool hasBody = body || request.chunked || request.contentLength > 0;
    const std::optional<std::size_t> bodyBytes = body ? std::optional(body->size())
        : hasBody && !request.chunked                 ? std::optional<std::size_t>(request.contentLength)
                                                      : std::nullopt;
    // A connection that was idle may be dead without a sign; what cannot be said twice goes over a fresh one.
    const auto reuse = hasBody ? HttpBackend::Reuse::Never : HttpBackend::Reuse::Allowed;
    auto opened = co_await backend->connect(reuse);
    if (!opened) {
        backend->failed(opened.error());
        co_await refuse(exchange, route.dialect, Errc::BackendUnreachable,
            backend->name() + " cannot be reached: " + opened.error().detail);
        co_return;
    }
    std::unique_ptr<BackendConnection> connection = std::move(*opened);
    // The client may leave until the answer is whole, also after this function threw.
    struct Watch {
        Exchange& exchange;
        ~Watch() { exchange.onLeave({}); }
    } watch{exchange};
    exchange.onLeave([raw = connection.get()] { raw->close(); });
    if (exchange.clientLeft())
        co_return;

    const std::string id = requestId(exchange);
    std::optional<Error> failure;
    RelayEnd end;
    try {
        co_await connection->write(backend->requestHead(request, request.target, useOfKey(request.fields), bodyBytes),
            body ? std::string_view(*body) : std::string_view());
        while (hasBody && !body) {
            auto piece = co_await exchange.bodyPiece();
            if (!piece) {
                connection->close();
                if (piece.error().code != Errc::Cancelled)
                    co_await refuse(exchange, route.dialect, piece.error().code, piece.error().detail);
                co_return;
            }
            if (piece->empty())
                break;
            const std::string bytes = request.chunked ? asChunk(*piece) : std::move(*piece);
            co_await connection->write(bytes);
        }
        if (hasBody && !body && request.chunked)
            co_await connection->write("0\r\n\r\n");
    } catch (const boost::system::system_error& error) {
        failure = fail(Errc::BackendFailed, error.code().message());
    }
    RelayOrder order;
    order.answersHead = request.method == "HEAD";
    order.silenceMax = route.kind == RouteKind::Managed ? std::chrono::milliseconds(0) : m_config.backendSilenceMax;
    const auto lines = [this, &exchange, &id, &backend] {
        return "X-Request-ID: " + id + "\r\nX-Served-By: " + backend->name() + "\r\n" + commonLines(exchange);
    };
    order.ourLines = [&lines] { return lines(); };
    // Even when the upload broke off: the backend may have said why.
    end = co_await relayAnswer(*connection, exchange, order);
    if (end.status == 0 && !exchange.clientLeft()) {
        const Error& error = failure ? *failure : end.error.value_or(fail(Errc::BackendFailed));
        if (!connection->reused)
            backend->failed(error);
        co_await refuse(exchange, route.dialect, error.code, backend->name() + ": " + textOf(error));
        co_return;
    }
    if (end.reusable)
        backend->giveBack(std::move(connection));
}

} // namespace drover
