// SPDX-License-Identifier: MIT
#include "core/fronts/queued_request.h"

#include "core/api/reason.h"
#include "core/protocol/body_model.h"
#include "core/protocol/identity.h"
#include "core/protocol/model_name.h"
#include "core/protocol/refusal.h"
#include "core/protocol/user_rules.h"

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr int lossesMax = 1; ///< of workers, before the first byte
constexpr std::size_t inspectedAtOnceMax = 256 * 1024; ///< longer bodies are read in pieces, with others in between

/// The backend may have begun with it; else it never took it.
bool isLoss(const Error& error)
{
    return error.code != Errc::BackendUnreachable && error.code != Errc::NoBackend;
}

} // namespace

// ---- understanding the request ----

Task<Result<RequestFacts>> ProxyFront::inspect(const std::string& body)
{
    RequestInspector inspector;
    for (std::size_t at = 0; at < body.size(); at += inspectedAtOnceMax) {
        if (auto read = inspector.write(std::string_view(body).substr(at, inspectedAtOnceMax)); !read)
            co_return read.error();
        co_await asio::post(m_io.get_executor(), throwing);
    }
    co_return inspector.finish();
}

Task<> ProxyFront::queued(Exchange& exchange, const Route& route, const Admission* admission)
{
    auto body = co_await exchange.body(m_config.limits.bodyBytesMax);
    if (!body) {
        const Error& error = body.error();
        if (error.code == Errc::TooLarge) {
            co_await refuse(exchange, route.dialect, Errc::TooLarge,
                "The request's body is larger than " + std::to_string(m_config.limits.bodyBytesMax)
                    + " bytes (setting proxy.body_bytes_max).");
        } else if (error.code == Errc::QueueFull) {
            co_await refuse(exchange, route.dialect, Errc::QueueFull,
                "Large requests already fill the memory that Drover may use (setting queue.waiting_bytes_max). Try "
                "again soon.",
                "Retry-After: 2\r\n");
        } else if (error.code != Errc::Cancelled) {
            co_await refuse(exchange, route.dialect, Errc::BadRequest, error.detail);
        }
        co_return;
    }
    Result<RequestFacts> facts = RequestFacts{};
    if (body->size() <= inspectedAtOnceMax)
        facts = m_inspector.inspect(*body);
    else
        facts = co_await inspect(*body);
    if (!facts) {
        co_await refuse(exchange, route.dialect, Errc::BadRequest, facts.error().detail);
        co_return;
    }
    if (!facts->hasModel || facts->model.empty()) {
        co_await refuse(exchange, route.dialect, Errc::BadRequest, "model is required");
        co_return;
    }
    QueuedRequest request(*this, exchange, route, std::move(*body), std::move(*facts), admission);
    co_await request.run();
}

QueuedRequest::QueuedRequest(ProxyFront& front, Exchange& exchange, const Route& route, std::string body,
    RequestFacts facts, const Admission* admission)
    : m_front(front)
    , m_exchange(exchange)
    , m_route(route)
    , m_body(std::move(body))
    , m_facts(std::move(facts))
    , m_form(answerForm(route.endpoint, m_facts.stream))
    , m_admission(admission)
{
    m_live.requestId = m_front.requestId(exchange);
    m_live.model = m_facts.model;
    m_live.path = pathOf(route.endpoint);
    m_live.dialect = route.dialect;
    m_live.streamed = m_form.streamed;
    m_live.promptTokens = m_facts.promptTokens();
    m_live.job.id = m_front.m_jobs.nextId();
    m_live.job.model = normaliseModel(m_facts.model);
    m_live.job.lane = exchange.pool() ? Lane::Pool : laneFor(exchange.head().fields, route.endpoint, m_facts);
    m_live.job.promptTokens = m_facts.promptTokens();
    m_live.job.bytes = m_body.size();
    m_live.job.realm = admission ? Realm::Pooled : exchange.pool() ? Realm::Linked : Realm::Own;
}

QueuedRequest::~QueuedRequest()
{
    m_exchange.onLeave({});
    if (m_submitted) // an exception, which is a client that went away
        end({Outcome::Cancelled, 0, std::string(m_exchange.whyLeft()), {}, {}, Errc::Cancelled});
}

void QueuedRequest::end(JobEnd end)
{
    if (!std::exchange(m_submitted, false))
        return;
    m_live.abort = nullptr;
    m_live.keepAlive = nullptr;
    m_live.handBack = nullptr;
    if (m_admission)
        m_admission->gate.ended(m_live, end);
    m_front.m_jobs.end(m_live, end);
}

/// It never becomes a job of the queue.
void QueuedRequest::turnAway(JobEnd end)
{
    if (m_admission)
        m_admission->gate.ended(m_live, end);
    m_front.m_jobs.turnAway(m_live, end);
}

Task<> QueuedRequest::run()
{
    const Config& config = m_front.m_config;
    if (m_admission) {
        m_live.job.user = m_admission->user;
        m_live.source = m_admission->source;
    } else {
        std::optional<Caller> caller = m_front.m_callers.recogniseNow(m_exchange, m_facts);
        if (!caller)
            caller = co_await m_front.m_callers.recognise(m_exchange, m_facts);
        m_live.job.user = std::move(caller->name);
        m_live.source = caller->source;
    }
    if (const std::string* pool = m_exchange.pool())
        m_live.pool = *pool;
    const UserRule& rule = m_front.m_jobs.ruleOf(m_live.job.user);
    m_live.job.lane = laneBy(rule, m_live.job.lane);
    if (m_admission && answersHostedPool(config))
        m_live.job.lane = Lane::Pool;
    m_hasAllowance = rule.tokensPerDay > 0;
    if (const auto against = m_front.m_jobs.ruleAgainst(m_live)) {
        co_await refusedByRule(*against);
        co_return;
    }

    const auto asked = queueTimeout(m_exchange.head().fields);
    if (!asked) {
        co_await m_front.refuse(
            m_exchange, m_route.dialect, Errc::BadRequest, asked.error().detail, {}, m_live.requestId);
        co_return;
    }
    const auto waitMax = m_live.job.lane >= Lane::Batch ? config.waitMaxBatch : config.waitMaxInteractive;
    m_live.job.waitMax = asked->value_or(waitMax);
    if (m_front.m_draining) {
        co_await refused(Errc::ShuttingDown, 0);
        co_return;
    }
    if (!isServed())
        useOtherName();
    if (!isServed()) {
        const bool served = co_await modelIsServed();
        if (!served)
            co_return;
    }
    if (m_admission) {
        const bool passes = co_await passesGate();
        if (!passes)
            co_return;
    }

    m_exchange.onLeave([this] { m_front.m_jobs.cancel(m_live); });
    if (m_exchange.clientLeft())
        co_return;
    if (m_exchange.pool())
        m_live.handBack = [this] { m_exchange.handBack("The owner of this machine needs it."); };
    m_submitted = true;
    m_front.m_jobs.submit(m_live);
    for (;;) {
        bool started = m_live.start && !m_live.cancelled && !m_live.refusal; // at once: no coroutine for it
        if (!started)
            started = co_await wait();
        if (!started)
            break;
        const Attempt came = co_await attempt();
        if (came == Attempt::Over)
            break;
    }
}

bool QueuedRequest::isServed() const
{
    return m_front.m_jobs.dispatcher().canServe(m_live.job.model, m_live.job.realm);
}

/// The same model in another quantization, where nobody has the one that was asked for.
void QueuedRequest::useOtherName()
{
    if (!m_admission)
        return;
    const auto other = m_front.m_backends.otherQuantization(m_live.job.model);
    if (!other)
        return;
    auto body = withModel(m_body, *other);
    if (!body)
        return;
    m_body = std::move(*body);
    m_otherName = *other;
    m_live.model = *other;
    m_live.job.model = normaliseModel(*other);
    m_live.job.bytes = m_body.size();
}

Task<bool> QueuedRequest::passesGate()
{
    auto refusal = m_admission->gate.admit(m_live);
    if (!refusal)
        co_return true;
    turnAway({Outcome::Refused, statusFor(refusal->code, m_route.dialect), refusal->text, {}, {}, refusal->code});
    co_await tellError(refusal->code, refusal->text, refusal->retryAfter);
    co_return false;
}

/// Nobody is known to have the model: ask again, since one may just have come; else say so within milliseconds.
Task<bool> QueuedRequest::modelIsServed()
{
    co_await m_front.m_backends.refresh();
    if (isServed() || (!m_admission && m_front.m_backends.mayServeUnlisted(m_live.job.model)))
        co_return true;
    std::string reason; // of the backend that had it, else of the first that is away
    bool hadIt = false;
    bool available = false;
    for (const auto& backend : m_front.m_backends.all()) {
        available = available || backend->available();
        if (backend->available() || hadIt)
            continue;
        hadIt = backend->lists(m_live.job.model);
        if (hadIt || reason.empty())
            reason = backend->view(Clock::now()).reason;
    }
    for (const auto& [id, worker] : m_front.m_backends.workers()) {
        available = available || worker->available();
        if (hadIt || worker->available() || !worker->lists(m_live.job.model))
            continue;
        hadIt = true;
        reason = worker->name() + " takes no requests at the moment.";
    }
    if (hadIt || !available) {
        m_lastFailure = fail(Errc::NoBackend, reason.empty() ? "No backend is set up." : reason);
        co_await refused(Errc::NoBackend, 0);
    } else {
        // Ollama's own words, which its clients know.
        co_await m_front.refuse(m_exchange, m_route.dialect, Errc::NotFound, "model '" + m_live.model + "' not found",
            {}, m_live.requestId);
    }
    co_return false;
}

// ---- waiting ----

/// Until it may run; false when it is over before.
Task<bool> QueuedRequest::wait()
{
    const Config& config = m_front.m_config;
    if (!m_live.start && config.keepAlive && !std::exchange(m_waited, true))
        m_front.m_jobs.remindAt(
            m_live, m_live.arrived + (m_form.streamed ? config.keepAliveAfter : config.keepAliveAfterUnstreamed));
    while (!m_live.start && !m_live.refusal && !m_live.cancelled) {
        co_await m_live.news.wait();
        if (std::exchange(m_live.keepAliveDue, false) && !m_live.start && !m_live.refusal && !m_live.cancelled)
            co_await keepAlive();
    }
    if (m_live.cancelled) {
        const bool left = m_exchange.clientLeft();
        end({Outcome::Cancelled, left ? 0 : statusFor(Errc::Cancelled, m_route.dialect),
            left ? std::string(m_exchange.whyLeft()) : "It was cancelled.", 0, 0, Errc::Cancelled});
        if (!left)
            co_await tellError(Errc::Cancelled, "The request was cancelled by the person at this machine.", 0ms);
        co_return false;
    }
    if (m_live.refusal) {
        const RefuseJob refusal = *m_live.refusal;
        co_await refused(refusal.code, refusal.position);
        co_return false;
    }
    co_return true;
}

// ---- running ----

/// Runs on the backend that was chosen. Again when nothing reached the client and another backend may do better.
Task<QueuedRequest::Attempt> QueuedRequest::attempt()
{
    const auto backend = m_front.m_backends.find(*m_live.start);
    if (!backend) {
        m_front.m_jobs.handBack(m_live, Otherwise::Wait);
        co_return Attempt::Again;
    }
    m_live.backend = backend->name();
    m_live.keepAlive = [this] { keepAliveWhileRunning(); };
    const RelayEnd relayed = co_await ask(*backend);
    m_live.abort = nullptr;
    m_live.keepAlive = nullptr;
    if (relayed.status == 0 && relayed.error && !m_live.cancelled) {
        const Error& error = *relayed.error;
        backend->failed(error);
        m_lastFailure = fail(error.code,
            backend->name() + ": " + (error.detail.empty() ? std::string(describe(error.code)) : error.detail));
        const bool elsewhere = backend->afterLoss() == Backend::AfterLoss::Elsewhere;
        if (error.code == Errc::TooLarge) { // for this worker; a newer one may hold it
            m_lastFailure = error;
            m_front.m_jobs.handBack(m_live, Otherwise::Refuse);
            co_return Attempt::Again;
        }
        if (error.code != Errc::BackendTimeout && !(elsewhere && isLoss(error) && ++m_losses > lossesMax)) {
            // Who has waited through the queue waits on while a backend restarts; who has just come is told at once.
            const bool waitOn = error.code == Errc::BackendUnreachable && m_waited && !elsewhere;
            m_front.m_jobs.handBack(m_live, waitOn ? Otherwise::Wait : Otherwise::Refuse);
            co_return Attempt::Again;
        }
        co_await refused(Errc::NoBackend, 0);
        co_return Attempt::Over;
    }
    account(relayed, *backend);
    if (relayed.status == 0 && !m_exchange.clientLeft()) // cancelled before the first byte
        co_await tellError(Errc::Cancelled, "The request was cancelled by the person at this machine.", 0ms);
    co_return Attempt::Over;
}

/// Asks the backend and carries its answer.
Task<RelayEnd> QueuedRequest::ask(Backend& backend)
{
    RelayOrder order;
    order.form = m_form;
    order.requestId = m_live.requestId;
    order.silenceMax = m_front.m_config.backendSilenceMax;
    order.silentSince = &m_live.silentSince;
    order.cancelled = &m_live.cancelled;
    order.ourLines = [this] { return ourLines(); };
    order.progressed = [this](std::uint64_t pieces) { m_front.m_jobs.progress(m_live, pieces); };
    order.backendDone = [this] { m_front.m_jobs.freeSlot(m_live.job.id); };
    const std::string_view target = m_admission ? m_live.path : std::string_view(m_exchange.head().target);
    BackendRun run{.exchange = m_exchange,
        .order = order,
        .endpoint = m_route.endpoint,
        .target = target,
        .body = m_body,
        .clientKey = m_admission ? BackendRun::ClientKey::Drop : m_front.useOfKey(m_exchange.head().fields)};
    m_live.abort = [&run] {
        if (run.abort)
            run.abort();
    };
    co_return co_await backend.answer(run);
}

/// Tells the queue, the ledger and the log how it went.
void QueuedRequest::account(const RelayEnd& relayed, const Backend& backend)
{
    JobEnd job;
    job.status = m_committed ? 200 : relayed.status;
    job.promptTokens = relayed.usage.promptTokens;
    job.outputTokens = relayed.usage.outputTokens;
    if (m_live.cancelled && !relayed.whole) {
        job.outcome = Outcome::Cancelled;
        job.error = Errc::Cancelled;
        job.reason = m_exchange.clientLeft() ? std::string(m_exchange.whyLeft()) : give("job_cancelled").text;
    } else if (!relayed.whole) {
        job.outcome = Outcome::Failed;
        job.error = relayed.error ? relayed.error->code : Errc::BackendFailed;
        job.reason = relayed.error ? std::string(describe(relayed.error->code)) + " " + relayed.error->detail
                                   : give("answer_broke_off").text;
    } else if (relayed.status >= 400) {
        job.outcome = Outcome::Failed;
        job.error = Errc::BackendFailed;
        job.reason = relayed.errorText.empty() ? give("backend_status", {std::to_string(relayed.status)}).text
                                               : relayed.errorText;
        job.promptTokens = 0;
    } else if (relayed.usage.error) {
        job.outcome = Outcome::Failed;
        job.error = Errc::BackendFailed;
        job.reason = give("stream_error").text;
    } else if (relayed.incomplete) {
        job.outcome = Outcome::Incomplete;
        job.error = Errc::BackendFailed;
        job.reason = give("stream_unfinished").text;
    }
    if (const auto known = m_front.m_backends.find(backend.id())) {
        if (relayed.whole)
            known->succeeded();
        else if (relayed.error && !m_live.cancelled)
            known->brokeOff(*relayed.error);
    }
    end(std::move(job));
}

} // namespace drover
