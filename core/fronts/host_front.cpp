// SPDX-License-Identifier: MIT
#include "core/fronts/host_front.h"

#include "core/fronts/host_state.h"
#include "core/net/port_owner.h"
#include "core/protocol/answer_shapes.h"
#include "core/protocol/identity.h"
#include "core/protocol/refusal.h"

#include <boost/asio/ip/host_name.hpp>

#include <algorithm>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr std::string_view jsonType = "application/json";

bool isLoopback(const std::string& host)
{
    error_code error;
    const auto ip = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
    return !error && ip.is_loopback();
}

std::string machineName()
{
    error_code ignored;
    return asio::ip::host_name(ignored);
}

bool sameAddress(const HostingConfig& a, const HostingConfig& b)
{
    return a.enabled == b.enabled && a.host == b.host && a.port == b.port && a.certificateFile == b.certificateFile
        && a.keyFile == b.keyFile && a.insecure == b.insecure && a.keysFile == b.keysFile;
}

} // namespace

HostFront::HostFront(Surroundings around, const Config& config)
    : m_state(std::make_shared<State>(std::move(around), config))
{
}

HostFront::~HostFront()
{
    close();
}

HostFront::State::State(Surroundings surroundings, const Config& config)
    : around(std::move(surroundings))
    , limits(config.limits)
    , workers({.io = around.io,
          .backends = around.backends,
          .admits = [this](const Worker& worker, std::string_view key) { return admitsWorker(worker, key); },
          .changed = around.changed,
          .joined = [this](const Worker& worker) { metrics.workerJoined(worker.id(), worker.facts().id); },
          .forgotten = [this](BackendId worker) { metrics.workerForgotten(worker); },
          .log = around.log})
    , metrics(config.hosting.limits)
{
    hostRules.machineName = machineName();
}

// ---- listening ----

Result<> HostFront::configure(const Config& config)
{
    State& state = *m_state;
    const bool same = sameAddress(state.hosting, config.hosting);
    state.limits = config.limits;
    state.origins = config.origins;
    auto proxies = TrustedProxies::parse(config.hosting.trustedProxies);
    if (!proxies)
        return proxies.error();
    state.proxies = std::move(*proxies);
    const HostingConfig before = std::exchange(state.hosting, config.hosting);
    state.workers.setConfig(state.hosting);
    if (state.keys)
        state.keys->setShared(state.hosting.clientKey, state.hosting.workerKey);
    if (state.server)
        state.server->setLimits(state.limits);
    state.around.changed();
    const bool asItShould = state.hosting.enabled == (state.server != nullptr);
    if (same && asItShould)
        return {};
    state.stop();
    if (!state.hosting.enabled)
        return {};
    auto listening = state.listen(config);
    if (!listening && listening.error().code == Errc::PortTaken)
        listening = fail(Errc::PortTaken, portTakenSentence(state.hosting.port, whoListens(state.hosting.port)));
    if (!listening) {
        state.stop();
        state.reason =
            listening.error().detail.empty() ? std::string(describe(listening.error().code)) : listening.error().detail;
    }
    return listening;
}

/// Beyond loopback anybody may be on the way, and anybody may knock.
Result<> HostFront::State::mayListen(const HostingConfig& wanted) const
{
    if (loopbackOnly || wanted.insecure)
        return {};
    if (!tls)
        return fail(Errc::BadConfig,
            "The pool would be open to the network at " + wanted.host
                + " without encryption, so it does not listen. Give it a certificate (--tls-cert and --tls-key), put a "
                  "reverse proxy with TLS before it, or allow this with --insecure.");
    if (!keys->keysNeeded(KeyRole::Client) || !keys->keysNeeded(KeyRole::Worker))
        return fail(Errc::BadConfig,
            "The pool would be open to everybody who reaches " + wanted.host
                + ", so it does not listen. Make keys (drover keys add NAME --pool, drover invite), or allow this with "
                  "--insecure.");
    return {};
}

Result<> HostFront::State::listen(const Config& config)
{
    reason.clear();
    fix.clear();
    tls.reset();
    loopbackOnly = isLoopback(hosting.host);
    hostRules.listensOnLoopback = loopbackOnly;
    keys = std::make_unique<HostKeys>(around.io, around.log);
    keys->setShared(hosting.clientKey, hosting.workerKey);
    if (auto opened = keys->open(hosting.keysFile); !opened)
        return opened;
    if (!hosting.certificateFile.empty() || !hosting.keyFile.empty()) {
        auto loaded = ServerTls::load(hosting.certificateFile, hosting.keyFile);
        if (!loaded)
            return loaded.error();
        tls = *loaded;
    }
    if (auto allowed = mayListen(hosting); !allowed)
        return allowed;
    server = std::make_unique<HttpServer>(
        around.io, config.limits,
        [self = weak_from_this()](Exchange& exchange) -> Task<> {
            if (const auto state = self.lock())
                co_await state->handle(exchange);
        },
        ProxyFront::errorBody, around.log);
    if (tls)
        server->setTls(tls);
    if (auto listening = server->listen(hosting.host, hosting.port); !listening)
        return listening;
    tellRules();
    around.log(LogLevel::Info,
        "hosting name=\"" + hosting.name + "\" address=" + textOf(server->address()) + " tls=" + (tls ? "yes" : "no")
            + " client_keys=" + (needsKey(KeyRole::Client) ? "yes" : "no")
            + " worker_keys=" + (needsKey(KeyRole::Worker) ? "yes" : "no"));
    return {};
}

void HostFront::State::stop()
{
    workers.closeAll(); // first, while their connections can carry the goodbye
    if (server)
        server->close();
    server.reset();
    keys.reset();
    around.changed();
}

void HostFront::close()
{
    m_state->stop();
}

bool HostFront::listening() const
{
    return m_state->server != nullptr;
}

int HostFront::slots() const
{
    return m_state->workers.slots();
}

void HostFront::setDraining(bool draining)
{
    m_state->draining = draining;
}

void HostFront::command(WorkerNumber worker, WorkerCommand command)
{
    m_state->workers.command(worker, command);
}

std::string HostFront::metricsText() const
{
    return listening() ? m_state->metrics.text(view(Clock::now())) : std::string();
}

HostView HostFront::view(TimePoint now) const
{
    return m_state->view(now);
}

void HostFront::tick(TimePoint now)
{
    m_state->tick(now);
}

void HostFront::State::tick(TimePoint now)
{
    workers.tick(now);
    if (keys && keys->tick(now)) {
        workers.dropKeys([this](std::int64_t number) { return keys->isGood(number); });
        tellRules();
        around.changed();
    }
    if (tls && now >= nextTlsLook) {
        nextTlsLook = now + tlsLookEvery;
        const auto looked = tls->reloadIfChanged();
        if (looked && *looked)
            around.log(LogLevel::Info, "certificate read again");
        if (!looked || *looked || tlsWarning.empty()) {
            const std::string warning = looked ? tls->warning() : looked.error().detail;
            if (!warning.empty() && warning != tlsWarning)
                around.log(LogLevel::Warning, "certificate: " + warning);
            tlsWarning = warning;
        }
    }
}

/// The limits of keys are rules of their users, so that the queue knows them.
void HostFront::State::tellRules()
{
    if (around.rulesChanged && keys)
        around.rulesChanged(keys->rules());
}

// ---- who may ----

std::string HostFront::State::addressOf(const Exchange& exchange) const
{
    asio::ip::address peer = exchange.client().address();
    if (peer.is_v6() && peer.to_v6().is_v4_mapped())
        peer = asio::ip::make_address_v4(asio::ip::v4_mapped, peer.to_v6());
    return clientAddress(peer.to_string(), proxies, exchange.head().fields.list("X-Forwarded-For"));
}

/// Also while there is none, where the pool is open to a network: a lost file must not open it to everybody.
bool HostFront::State::needsKey(KeyRole role) const
{
    return keys->keysNeeded(role) || !(loopbackOnly || hosting.insecure);
}

/// Without keys any page of a browser on this machine could ask; with them it would need one.
std::optional<Error> HostFront::State::againstPage(const Exchange& exchange) const
{
    if (needsKey(KeyRole::Client))
        return {};
    const HeaderFields& fields = exchange.head().fields;
    const std::string_view host = fields.get("Host");
    if (!hostAllowed(host, hostRules))
        return fail(Errc::Forbidden, "The host name in this request is not one of this machine.");
    const std::string_view origin = fields.get("Origin");
    if (!origin.empty() && !originAllowed(origin, host, origins))
        return fail(Errc::Forbidden,
            "Web pages of this origin may not use this pool. Allow it with the setting proxy.origins.");
    return {};
}

Task<> HostFront::State::refuse(
    Exchange& exchange, Dialect dialect, int status, std::string_view message, HeaderLines more)
{
    co_await exchange.answer(status, jsonType, errorBody(dialect, status, message, {}), std::move(more));
}

Task<std::optional<HostFront::State::Client>> HostFront::State::admit(
    Exchange& exchange, const HostRoute& route, const std::string& address)
{
    const std::string_view stated = statedKey(exchange.head().fields);
    const Client nobody{"client " + address, IdentitySource::Address, {}};
    if (stated.empty() && !needsKey(KeyRole::Client))
        co_return nobody;
    if (stated.empty()) {
        co_await refuse(exchange, route.dialect, 401,
            "This pool needs a key. Send it as \"Authorization: Bearer KEY\".", "WWW-Authenticate: Bearer\r\n");
        co_return std::nullopt;
    }
    KeyCheck checked = keys->check(KeyRole::Client, stated, address, guesses, Clock::now());
    if (checked.key && checked.key->number != 0) {
        std::string user = checked.key->name;
        co_return Client{std::move(user), IdentitySource::Key, std::move(checked.key)};
    }
    if (checked.key || !needsKey(KeyRole::Client)) // local programs send made-up ones to a pool without
        co_return nobody;
    if (checked.wait > 0ms)
        co_await refuse(exchange, route.dialect, 429,
            "Too many wrong keys came from your network. Try again in " + durationInWords(checked.wait) + ".",
            retryLines(checked.wait));
    else
        co_await refuse(exchange, route.dialect, 401, "This key is not known here, or not good any more.",
            "WWW-Authenticate: Bearer\r\n");
    co_return std::nullopt;
}

std::optional<WorkerAdmission> HostFront::State::admitsWorker(const Worker& worker, std::string_view key)
{
    if (!keys)
        return {};
    if (!key.empty()) {
        const KeyCheck checked = keys->check(KeyRole::Worker, key, worker.address(), guesses, Clock::now());
        if (const auto& record = checked.key)
            return WorkerAdmission{
                record->number == 0 ? std::string() : record->name, record->number, record->allowance.models};
    }
    if (!needsKey(KeyRole::Worker))
        return WorkerAdmission{};
    return {};
}

// ---- requests ----

Task<> HostFront::State::handle(Exchange& exchange)
{
    const auto self = shared_from_this();
    if (!server || !keys) {
        co_await refuse(exchange, Dialect::Ollama, 503, "This pool has closed.");
        co_return;
    }
    const RequestHead& head = exchange.head();
    const HostRoute route = findHostRoute(head.method, head.path(), hosting.workerPath);
    const std::string address = addressOf(exchange);
    if (route.kind == HostRouteKind::Workers) {
        co_await takeWorker(exchange, address);
        co_return;
    }
    if (const auto against = againstPage(exchange)) {
        co_await refuse(exchange, route.dialect, 403, against->detail);
        co_return;
    }
    co_await dispatch(exchange, route, address);
}

Task<> HostFront::State::dispatch(Exchange& exchange, const HostRoute& route, const std::string& address)
{
    std::optional<Client> client;
    if (route.keyNeeded) {
        client = co_await admit(exchange, route, address);
        if (!client)
            co_return;
    }
    if (!route.worker.empty()) { // another one must not answer in its place
        co_await refuse(exchange, route.dialect, 404, "This pool chooses the worker itself. Ask /api/llm/v1 instead.");
        co_return;
    }
    switch (route.kind) {
    case HostRouteKind::Inference:
        co_await ask(exchange, route, *client);
        break;
    case HostRouteKind::Models:
    case HostRouteKind::Model:
    case HostRouteKind::Tags:
    case HostRouteKind::Loaded:
        co_await models(exchange, route);
        break;
    case HostRouteKind::Show:
        co_await show(exchange, route);
        break;
    case HostRouteKind::State:
    case HostRouteKind::PluginState:
        co_await stateDocument(exchange, route);
        break;
    case HostRouteKind::StateStream:
    case HostRouteKind::PluginStateStream:
        co_await stateStream(exchange, route);
        break;
    case HostRouteKind::Join:
        co_await join(exchange, address);
        break;
    case HostRouteKind::Metrics:
        co_await metricsPage(exchange);
        break;
    case HostRouteKind::WrongMethod:
        co_await refuse(exchange, route.dialect, 405, "This path does not take " + exchange.head().method + ".",
            "Allow: " + std::string(route.allow) + "\r\n");
        break;
    case HostRouteKind::Unknown:
    case HostRouteKind::Workers:
        co_await refuse(exchange, route.dialect, 404, "This pool has no such path.");
        break;
    default:
        co_await page(exchange, route);
        break;
    }
}

Task<> HostFront::State::ask(Exchange& exchange, const HostRoute& route, const Client& client)
{
    const Route queued{.kind = RouteKind::Queued, .endpoint = route.endpoint, .dialect = route.dialect};
    HostGate gate(books, rates, client.key, [this](const LiveJob& job, const JobEnd& end) { countJob(job, end); });
    const Admission admission{.user = client.user, .source = client.source, .gate = gate};
    try {
        co_await around.front.handleHosted(exchange, queued, admission);
    } catch (...) {
        gate.clientLeft();
        throw;
    }
    if (exchange.clientLeft())
        gate.clientLeft();
}

void HostFront::State::countJob(const LiveJob& job, const JobEnd& end)
{
    HostJobEnd ended;
    std::string model;
    if (job.start && workers.has(*job.start)) {
        ended.worker = *job.start;
        model = workers.nameOf(*job.start, job.job.model);
        ended.model = model;
        ended.ran = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - job.started);
    }
    ended.outcome = end.outcome;
    ended.promptTokens = end.promptTokens.value_or(0);
    ended.outputTokens = end.outputTokens.value_or(job.outputTokens);
    metrics.jobEnded(ended);
}

Task<> HostFront::State::takeWorker(Exchange& exchange, const std::string& address)
{
    if (draining) {
        co_await exchange.answer(503, "text/plain; charset=utf-8", "draining\n", "Retry-After: 5\r\n");
        co_return;
    }
    const HeaderFields& fields = exchange.head().fields;
    const std::string_view origin = fields.get("Origin");
    if (!origin.empty() && !originAllowed(origin, fields.get("Host"), {})) {
        co_await exchange.answer(
            403, "text/plain; charset=utf-8", "request Origin is not authorized for Host: workers send none\n", {});
        co_return;
    }
    std::string key(statedKey(fields));
    auto socket = co_await exchange.upgrade(hosting.limits.frameBytesMax);
    if (!socket) {
        co_await exchange.answer(426, "text/plain; charset=utf-8",
            "WebSocket protocol violation: " + socket.error().detail + "\n",
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
        co_return;
    }
    workers.join(std::move(*socket), address, std::move(key));
}

} // namespace drover
