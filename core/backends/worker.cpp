// SPDX-License-Identifier: MIT
#include "core/backends/worker.h"

#include "core/protocol/model_name.h"

#include <algorithm>
#include <array>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr auto pingEvery = 10s; ///< a network that lost the connection is noticed, and kept open
constexpr std::size_t lastErrorBytesMax = 200;

/// A client's fields that concern the answer; keys, cookies and addresses of the pool's clients stay here.
constexpr std::array<std::string_view, 4> fieldsTold{"Content-Type", "Accept", "Accept-Language", "User-Agent"};

/// A worker's fields that a client gets; the rest is about its backend and its connection.
bool isTold(std::string_view name)
{
    return !equalsIgnoringCase(name, "Set-Cookie") && !equalsIgnoringCase(name, "Strict-Transport-Security");
}

std::int64_t wallClockMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// It did not even begin: somebody else may.
bool tookNothing(const PoolFault& fault)
{
    return fault.code == "worker_draining" || fault.code == "worker_not_ready" || fault.code == "worker_busy";
}

} // namespace

Worker::Worker(const Surroundings& around, BackendId id, std::unique_ptr<WebSocket> socket, std::string address)
    : m_around(around)
    , m_id(id)
    , m_address(std::move(address))
    , m_name("worker " + std::to_string(id))
    , m_socket(std::move(socket))
    , m_session(*this, around.config.limits, Clock::now())
    , m_connectedAt(wallClockMs())
{
}

Worker::~Worker() = default;

void Worker::begin()
{
    m_nextPing = Clock::now() + pingEvery;
    m_socket->start({.message =
                         [weak = weak_from_this()](std::string_view text) {
                             if (const auto self = weak.lock()) {
                                 self->m_now = Clock::now();
                                 self->m_session.received(text, self->m_now);
                             }
                         },
        .closed =
            [weak = weak_from_this()](std::uint16_t code, const std::string& reason) {
                const auto self = weak.lock();
                if (!self)
                    return;
                if (code != 1000 && !reason.empty())
                    self->m_lastError = reason.substr(0, lastErrorBytesMax);
                self->m_parted = true;
                self->gone();
            }});
}

/// It answers no more, whoever ended that.
void Worker::gone()
{
    const auto self = shared_from_this();
    if (std::exchange(m_gone, true))
        return;
    m_session.closed();
    m_around.owner.left(*this);
}

void Worker::remove(std::uint16_t code, std::string_view reason)
{
    m_socket->close(code, reason);
    gone();
}

void Worker::tick(TimePoint now)
{
    const auto self = shared_from_this();
    m_session.tick(now);
    if (m_gone)
        return;
    if (now >= m_nextPing) {
        m_nextPing = now + pingEvery;
        m_socket->ping();
    }
    const auto silenceMax = m_around.config.silenceMax;
    if (silenceMax.count() == 0)
        return;
    for (const auto& [number, answer] : m_answers) {
        if (answer->ended() || answer->unreadBytes() > 0 || now - answer->lastHeard() < silenceMax)
            continue;
        m_session.cancel(number);
        give(number, fail(Errc::BackendTimeout, "silent for " + std::to_string(silenceMax.count() / 1000) + " s"));
    }
}

void Worker::admit(std::string key, std::int64_t keyNumber)
{
    m_key = std::move(key);
    m_keyNumber = keyNumber;
    m_name = facts().name;
    m_session.admit();
}

void Worker::setDrained(bool drained)
{
    m_drained = drained;
    m_around.owner.changed(*this);
}

// ---- what it can do ----

WorkerState Worker::state() const
{
    if (m_gone)
        return WorkerState::Gone;
    if (m_drained || facts().status == "draining")
        return WorkerState::Draining;
    if (facts().slots == 0 || facts().status == "not_ready")
        return WorkerState::NotReady;
    return m_answers.empty() ? WorkerState::Idle : WorkerState::Working;
}

bool Worker::available() const
{
    return !m_gone && admitted() && !m_drained && facts().slots > 0 && facts().status != "draining"
        && facts().status != "not_ready";
}

BackendCapacity Worker::capacity() const
{
    BackendCapacity capacity;
    capacity.slots = std::max(1, facts().slots);
    capacity.available = available();
    for (const std::string& model : m_models)
        capacity.models.push_back(normaliseModel(model));
    capacity.takesOwn = m_around.config.ownJobs;
    capacity.takesLinked = false;
    return capacity;
}

bool Worker::lists(std::string_view model) const
{
    return std::ranges::any_of(m_models, [&](const std::string& each) { return normaliseModel(each) == model; });
}

WorkerView Worker::view(TimePoint now) const
{
    const WorkerFacts& facts = m_session.facts();
    WorkerView view;
    view.number = m_id;
    view.id = facts.id;
    view.name = m_name;
    view.key = m_key;
    view.address = m_address;
    view.version = facts.version;
    view.dialect = facts.dialect == WorkerDialect::Llamapool ? "llamapool"
        : facts.dialect == WorkerDialect::Infero             ? "infero"
                                                             : "nfrx";
    view.state = state();
    view.drainedByHost = m_drained;
    view.models = m_models;
    view.slots = facts.slots;
    view.running = static_cast<int>(m_answers.size());
    view.tokensPerSecond = m_tokensPerSecond;
    view.processed = m_processed;
    view.failed = m_failed;
    view.promptTokens = m_promptTokens;
    view.outputTokens = m_outputTokens;
    view.ran = std::chrono::duration_cast<std::chrono::milliseconds>(m_ran);
    view.connectedAt = m_connectedAt;
    view.lastHeartbeat =
        wallClockMs() - std::chrono::duration_cast<std::chrono::milliseconds>(now - m_session.lastHeard()).count();
    view.lastError = m_lastError;
    view.hostName = facts.hostName;
    view.osName = facts.osName;
    view.osVersion = facts.osVersion;
    view.backendFamily = facts.backendFamily;
    view.backendVersion = facts.backendVersion;
    view.buildSha = facts.buildSha;
    view.buildDate = facts.buildDate;
    view.embeddingBatchSize = facts.embeddingBatchSize;
    view.cpuPercent = facts.cpuPercent;
    view.memoryPercent = facts.memoryPercent;
    return view;
}

// ---- running ----

WorkerRequest Worker::requestOf(const BackendRun& run, std::uint64_t number) const
{
    WorkerRequest request;
    request.number = number;
    request.endpoint = run.endpoint;
    request.streamed = run.order.form && run.order.form->streamed;
    request.body = run.body;
    const HeaderFields& fields = run.exchange.head().fields;
    for (const std::string_view name : fieldsTold)
        if (const std::string_view value = fields.get(name); !value.empty())
            request.headers.emplace_back(name, value);
    request.headers.emplace_back("X-Request-Id", run.order.requestId);
    return request;
}

Task<RelayEnd> Worker::answer(BackendRun& run)
{
    const auto self = shared_from_this();
    RelayEnd end;
    const std::uint64_t number = ++m_lastRequest;
    if (m_gone || !m_session.admitted()) {
        end.error = fail(Errc::BackendUnreachable, "it has left the pool");
        co_return end;
    }
    const WorkerRequest request = requestOf(run, number);
    if (const auto sent = m_session.request(request); !sent) {
        end.error = sent.error();
        co_return end;
    }
    PushedAnswer answer(run.exchange, run.order, m_around.unread, [this, number] { wake(number); });
    m_answers.emplace(number, &answer);
    /// However this ends, the worker does not go on for nobody.
    struct Leave {
        Worker& worker;
        BackendRun& run;
        std::uint64_t number;
        ~Leave()
        {
            run.abort = nullptr;
            const auto place = worker.m_answers.find(number);
            if (!place->second->ended())
                worker.m_session.cancel(number);
            worker.m_answers.erase(place);
            ++worker.m_processed;
        }
    } leave{*this, run, number};
    run.abort = [this, number, &answer] {
        if (answer.isDelivered()) // its end is on the way; until then the worker's slot is taken
            return;
        m_session.cancel(number);
        give(number, fail(Errc::Cancelled));
    };
    const TimePoint began = Clock::now();
    end = co_await answer.run();
    count(end, began);
    co_return end;
}

void Worker::count(const RelayEnd& end, TimePoint began)
{
    const auto ran = Clock::now() - began;
    m_ran += ran;
    const bool cancelled = end.error && end.error->code == Errc::Cancelled;
    if ((end.error && !cancelled) || end.status >= 400 || end.usage.error)
        ++m_failed;
    const std::uint64_t output = end.usage.outputTokens.value_or(end.pieces);
    m_promptTokens += end.usage.promptTokens.value_or(0);
    m_outputTokens += output;
    const double seconds = std::chrono::duration<double>(ran).count();
    if (end.whole && output > 1 && seconds > 0) {
        const double rate = static_cast<double>(output) / seconds;
        m_tokensPerSecond = m_tokensPerSecond == 0 ? rate : m_tokensPerSecond + 0.2 * (rate - m_tokensPerSecond);
    }
}

void Worker::failed(const Error& error)
{
    m_lastError =
        (error.detail.empty() ? std::string(describe(error.code)) : error.detail).substr(0, lastErrorBytesMax);
    m_around.log(LogLevel::Info,
        "worker gave no answer worker=\"" + m_name + "\" error=" + std::string(codeName(error.code)) + " detail=\""
            + m_lastError + '"');
}

void Worker::brokeOff(const Error& error)
{
    m_lastError =
        (error.detail.empty() ? std::string(describe(error.code)) : error.detail).substr(0, lastErrorBytesMax);
    m_around.log(LogLevel::Info, "worker broke off worker=\"" + m_name + "\" detail=\"" + m_lastError + '"');
}

/// The answer ends with this error, from our side.
void Worker::give(std::uint64_t number, const Error& error)
{
    if (const auto place = m_answers.find(number); place != m_answers.end())
        place->second->end(error);
}

/// In a turn of its own: it may be told from within the session.
void Worker::wake(std::uint64_t number)
{
    asio::post(m_around.io, [self = shared_from_this(), number] {
        if (const auto place = self->m_answers.find(number); place != self->m_answers.end())
            place->second->goOn();
    });
}

// ---- told by the session ----

void Worker::send(std::string frame)
{
    m_socket->send(std::move(frame));
}

void Worker::close(std::uint16_t code, std::string_view reason)
{
    m_socket->close(code, reason);
    if (!reason.empty())
        m_lastError = std::string(reason.substr(0, lastErrorBytesMax));
    asio::post(m_around.io, [self = shared_from_this()] { self->gone(); });
}

void Worker::registered()
{
    m_around.owner.registered(*this);
}

void Worker::changed()
{
    if (!m_gone && admitted())
        m_around.owner.changed(*this);
}

void Worker::head(std::uint64_t number, int status, PushedAnswer::Fields fields)
{
    const auto place = m_answers.find(number);
    if (place == m_answers.end())
        return;
    std::erase_if(fields, [](const auto& field) { return !isTold(field.first); });
    place->second->head(status, std::move(fields), m_now);
}

void Worker::piece(std::uint64_t number, std::string_view bytes)
{
    const auto place = m_answers.find(number);
    if (place != m_answers.end())
        place->second->piece(bytes, m_now);
}

void Worker::ended(std::uint64_t number, std::optional<PoolFault> fault)
{
    const auto place = m_answers.find(number);
    if (place == m_answers.end())
        return;
    if (!fault)
        return place->second->end({});
    const std::string text = fault->message.empty() ? fault->code : fault->message;
    place->second->end(fail(tookNothing(*fault) ? Errc::BackendUnreachable : Errc::BackendFailed, text));
}

} // namespace drover
