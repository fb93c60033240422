// SPDX-License-Identifier: MIT
#include "core/fronts/proxy_front.h"

#include "core/protocol/answer_shapes.h"
#include "core/protocol/identity.h"

#include <boost/asio/ip/host_name.hpp>
#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <random>

namespace drover {

namespace json = boost::json;

namespace {

constexpr std::size_t requestIdBytesMax = 128;
constexpr std::size_t ownJobsShownMax = 1000;

bool isPlainWord(std::string_view text)
{
    return !text.empty() && text.size() <= requestIdBytesMax
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

} // namespace

ProxyFront::ProxyFront(asio::io_context& io, const Config& config, JobRunner& jobs, BackendSet& backends, Log log)
    : m_io(io)
    , m_jobs(jobs)
    , m_backends(backends)
    , m_callers(io, config)
    , m_log(std::move(log))
{
    error_code ignored;
    m_hostRules.machineName = asio::ip::host_name(ignored);
    std::random_device random;
    char digits[8];
    m_idPrefix = "req_"
        + std::string(digits, std::to_chars(digits, digits + sizeof digits, random() | 0x10000000u, 16).ptr) + '-';
    setConfig(config);
}

void ProxyFront::setConfig(const Config& config)
{
    m_config = config;
    m_callers.setConfig(config);
    error_code error;
    const auto ip = asio::ip::make_address(config.host == "localhost" ? "127.0.0.1" : config.host, error);
    m_hostRules.listensOnLoopback = error || ip.is_loopback();
}

std::string ProxyFront::errorBody(int status, std::string_view path, const Error& error)
{
    return drover::errorBody(
        findRoute("POST", path).dialect, status, error.detail.empty() ? describe(error.code) : error.detail, {});
}

/// Web pages of others, and machines without a key, end here.
Result<> ProxyFront::guard(const Exchange& exchange)
{
    const HeaderFields& fields = exchange.head().fields;
    const std::string_view host = fields.get("Host");
    if (!hostAllowed(host, m_hostRules))
        return fail(Errc::Forbidden, "The host name in this request is not one of this machine.");
    if (const std::string_view origin = fields.get("Origin");
        !origin.empty() && !originAllowed(origin, host, m_config.origins))
        return fail(
            Errc::Forbidden, "Web pages of this origin may not use Drover. Allow it with the setting proxy.origins.");
    return m_callers.admit(exchange);
}

std::string ProxyFront::commonLines(const Exchange& exchange) const
{
    const std::string_view origin = exchange.head().fields.get("Origin");
    return origin.empty() ? std::string() : corsLines(origin);
}

std::string ProxyFront::requestId(const Exchange& exchange)
{
    const std::string_view sent = exchange.head().fields.get("X-Request-ID");
    if (isPlainWord(sent))
        return std::string(sent);
    char digits[20];
    std::string id = m_idPrefix;
    return id.append(digits, std::to_chars(digits, digits + sizeof digits, ++m_lastRequest).ptr);
}

Task<> ProxyFront::refuse(
    Exchange& exchange, Dialect dialect, Errc code, std::string_view message, HeaderLines more, std::string id)
{
    const int status = statusFor(code, dialect);
    if (id.empty())
        id = requestId(exchange);
    more += "X-Request-ID: " + id + "\r\n" + commonLines(exchange);
    co_await exchange.answer(
        status, "application/json", drover::errorBody(dialect, status, message, id), std::move(more));
}

Task<> ProxyFront::handle(Exchange& exchange)
{
    const RequestHead& head = exchange.head();
    const Route route = findRoute(head.method, head.path());
    if (const auto allowed = guard(exchange); !allowed) {
        // No CORS lines here: the page must not even read the refusal.
        const int status = statusFor(allowed.error().code, route.dialect);
        co_await exchange.answer(
            status, "application/json", drover::errorBody(route.dialect, status, allowed.error().detail, {}));
        co_return;
    }
    if (head.method == "OPTIONS" && head.fields.has("Origin")) {
        co_await preflight(exchange);
        co_return;
    }
    switch (route.kind) {
    case RouteKind::Queued:
        co_await queued(exchange, route, nullptr);
        break;
    case RouteKind::Forwarded:
    case RouteKind::Root:
        co_await forwarded(exchange, route);
        break;
    case RouteKind::Managed:
        co_await managed(exchange, route);
        break;
    case RouteKind::Health:
        co_await health(exchange);
        break;
    case RouteKind::QueueList:
        co_await queueList(exchange);
        break;
    case RouteKind::QueueItem:
        co_await queueItem(exchange);
        break;
    case RouteKind::WrongMethod:
        co_await exchange.answer(405, "application/json",
            drover::errorBody(route.dialect, 405, "This path does not take " + head.method + ".", {}),
            "Allow: " + std::string(route.allow) + "\r\n" + commonLines(exchange));
        break;
    case RouteKind::Unknown:
        co_await exchange.answer(404, "application/json",
            drover::errorBody(route.dialect, 404, "Drover has no such path.", {}), commonLines(exchange));
        break;
    }
}

Task<> ProxyFront::handlePooled(Exchange& exchange)
{
    const Route route = findRoute(exchange.head().method, exchange.head().path());
    if (route.kind == RouteKind::Queued)
        co_await queued(exchange, route, nullptr);
    else
        co_await refuse(exchange, route.dialect, Errc::Forbidden, "A pool may not ask for this.");
}

Task<> ProxyFront::handleHosted(Exchange& exchange, const Route& route, const Admission& admission)
{
    co_await queued(exchange, route, &admission);
}

Task<> ProxyFront::preflight(Exchange& exchange)
{
    const HeaderFields& fields = exchange.head().fields;
    co_await exchange.answer(
        204, {}, {}, preflightLines(fields.get("Origin"), fields.get("Access-Control-Request-Headers")));
}

Task<> ProxyFront::health(Exchange& exchange)
{
    std::size_t ready = 0;
    for (const auto& backend : m_backends.all())
        ready += backend->available();
    const bool ok = ready > 0 && !m_draining;
    json::object body{{"status", ok ? "ok" : "degraded"}, {"backends", m_backends.all().size()},
        {"backends_ready", ready}, {"draining", m_draining}, {"running", m_jobs.dispatcher().running()},
        {"waiting", m_jobs.dispatcher().waiting()}};
    const int status = ok ? 200 : 503;
    co_await exchange.answer(status, "application/json", json::serialize(body), commonLines(exchange));
}

namespace {

json::object queueEntry(const LiveJob& live, const Dispatcher& dispatcher)
{
    const auto waited = (live.running ? live.started : Clock::now()) - live.arrived;
    return {{"id", live.job.id}, {"request_id", live.requestId}, {"model", live.model}, {"path", live.path},
        {"state", name(live.running ? JobState::Running : JobState::Waiting)},
        {"position", live.running ? 0 : dispatcher.position(live.job.id)}, {"lane", name(live.job.lane)},
        {"waited_ms", std::chrono::duration_cast<std::chrono::milliseconds>(waited).count()},
        {"output_tokens", live.outputTokens}};
}

} // namespace

Task<> ProxyFront::queueList(Exchange& exchange)
{
    const RequestFacts noBody; // a name of its own: GCC 12 destroys a braced argument of co_await twice
    const Caller caller = co_await m_callers.recognise(exchange, noBody);
    std::vector<const LiveJob*> own;
    for (const auto& [id, live] : m_jobs.all()) {
        if (live->job.user == caller.name && own.size() < ownJobsShownMax)
            own.push_back(live);
    }
    std::sort(own.begin(), own.end(), [](const LiveJob* a, const LiveJob* b) { return a->job.id < b->job.id; });
    json::array jobs;
    for (const LiveJob* live : own)
        jobs.push_back(queueEntry(*live, m_jobs.dispatcher()));
    const json::object body{
        {"user", caller.name}, {"waiting_in_all", m_jobs.dispatcher().waiting()}, {"jobs", std::move(jobs)}};
    co_await exchange.answer(200, "application/json", json::serialize(body), commonLines(exchange));
}

/// One's own job by its number or by the X-Request-ID that the client chose.
Task<> ProxyFront::queueItem(Exchange& exchange)
{
    const std::string wanted(queueItemOf(exchange.head().path()));
    const RequestFacts noBody; // a name of its own: GCC 12 destroys a braced argument of co_await twice
    const Caller caller = co_await m_callers.recognise(exchange, noBody);
    LiveJob* found = nullptr;
    for (const auto& [id, live] : m_jobs.all()) {
        if (live->job.user == caller.name && (live->requestId == wanted || std::to_string(id) == wanted))
            found = live;
    }
    if (!found) {
        co_await refuse(
            exchange, Dialect::Ollama, Errc::NotFound, "You have no request \"" + wanted + "\" waiting or running.");
        co_return;
    }
    json::object body = queueEntry(*found, m_jobs.dispatcher());
    if (exchange.head().method == "DELETE") {
        body["state"] = "cancelled";
        m_jobs.cancel(*found);
    }
    co_await exchange.answer(200, "application/json", json::serialize(body), commonLines(exchange));
}

BackendRun::ClientKey ProxyFront::useOfKey(const HeaderFields& fields) const
{
    return m_callers.keyName(fields) ? BackendRun::ClientKey::Drop : BackendRun::ClientKey::Forward;
}

} // namespace drover
