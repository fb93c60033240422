// SPDX-License-Identifier: MIT
#include "core/protocol/worker_session.h"

#include "core/protocol/worker_message.h"
#include "core/protocol/worker_requests.h"

#include <algorithm>
#include <type_traits>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr std::uint16_t closedGoingAway = 1001;
constexpr std::uint16_t closedByPolicy = 1008;

/// The host's own sleep, or work that kept it from ticking, is not the worker's silence.
constexpr std::chrono::seconds tickMax{2};

constexpr std::string_view draining = "draining";

template <class Message>
constexpr bool answersRequest =
    std::is_same_v<Message,
        WorkerAnswerHead> || std::is_same_v<Message, WorkerAnswerChunk> || std::is_same_v<Message, WorkerAnswerEnd> || std::is_same_v<Message, WorkerJobAnswer> || std::is_same_v<Message, WorkerJobError>;

bool carriesAnswer(const WorkerMessage& message)
{
    return std::visit([]<class Message>(const Message&) { return answersRequest<Message>; }, message);
}

} // namespace

struct WorkerSession::State {
    enum class Phase {
        New, ///< it has said nothing
        Asking, ///< registered, neither admitted nor refused
        Admitted,
        Over
    };

    State(Port& owner, const HostLimits& hostLimits, TimePoint now)
        : port(owner)
        , limits(hostLimits)
        , requests(owner)
        , lastTick(now)
        , lastHeard(now)
    {
    }

    void close(std::uint16_t code, std::string_view reason, const PoolFault& fault);
    void read(std::string_view text);
    void take(WorkerRegister registration);
    void take(const WorkerHeartbeat& heartbeat);
    void take(WorkerStatusUpdate update);
    void take(WorkerUnknown) { }
    void noteDrain(const std::optional<PoolFault>& fault);

    Port& port;
    HostLimits limits;
    WorkerRequests requests;
    WorkerFacts facts;
    Phase phase = Phase::New;
    TimePoint lastTick;
    TimePoint lastHeard;
    Clock::duration silence{0}; ///< by the ticks
    int messages = 0; ///< since the last tick, without answers
};

void WorkerSession::State::close(std::uint16_t code, std::string_view reason, const PoolFault& fault)
{
    if (std::exchange(phase, Phase::Over) == Phase::Over)
        return;
    port.close(code, reason);
    requests.endAll(fault);
}

void WorkerSession::State::take(WorkerRegister registration)
{
    if (phase != Phase::New)
        return;
    phase = Phase::Asking;
    facts = std::move(registration.facts);
    requests.setReach(registration.reach, registration.anySize);
    port.registered();
}

void WorkerSession::State::take(const WorkerHeartbeat& heartbeat)
{
    facts.cpuPercent = heartbeat.cpuPercent.value_or(facts.cpuPercent);
    facts.memoryPercent = heartbeat.memoryPercent.value_or(facts.memoryPercent);
}

void WorkerSession::State::take(WorkerStatusUpdate update)
{
    if (facts.dialect == WorkerDialect::Llamapool)
        facts.dialect = WorkerDialect::Infero; // the first that send updates
    const bool differs = facts.slots != update.slots || (update.models && *update.models != facts.models)
        || (update.status && *update.status != facts.status);
    facts.slots = update.slots;
    if (update.models)
        facts.models = std::move(*update.models);
    if (update.status)
        facts.status = std::move(*update.status);
    if (update.configured) {
        facts.backendFamily = std::move(update.backendFamily);
        facts.backendVersion = std::move(update.backendVersion);
        facts.embeddingBatchSize = update.embeddingBatchSize;
    }
    if (differs && phase == Phase::Admitted)
        port.changed();
}

/// The first workers tell that they drain only by refusing.
void WorkerSession::State::noteDrain(const std::optional<PoolFault>& fault)
{
    if (phase != Phase::Admitted || !fault || fault->code != "worker_draining" || facts.slots == 0)
        return;
    facts.slots = 0;
    facts.status = draining;
    port.changed();
}

void WorkerSession::State::read(std::string_view text)
{
    auto message = parseWorkerMessage(text, limits);
    if (phase == Phase::New) {
        auto* const registration = message ? std::get_if<WorkerRegister>(&*message) : nullptr;
        if (!registration)
            return close(closedByPolicy, "expected register", {});
        return take(std::move(*registration));
    }
    const bool answers = message && carriesAnswer(*message);
    if (!answers && ++messages > messagesPerTickMax)
        return close(closedByPolicy, "too many messages", {"worker_lost", "The worker sends too many messages."});
    if (!message) // as every server does: unreadable messages are nothing
        return;
    std::visit(
        [this]<class Message>(Message& each) {
            if constexpr (answersRequest<Message>)
                requests.take(std::move(each));
            else
                take(std::move(each));
        },
        *message);
    if (const auto* end = std::get_if<WorkerAnswerEnd>(&*message))
        noteDrain(end->fault);
    else if (const auto* error = std::get_if<WorkerJobError>(&*message))
        noteDrain(error->fault);
}

WorkerSession::WorkerSession(Port& port, const HostLimits& limits, TimePoint now)
    : m_state(std::make_unique<State>(port, limits, now))
{
}

WorkerSession::~WorkerSession() = default;

void WorkerSession::received(std::string_view text, TimePoint now)
{
    State& state = *m_state;
    if (state.phase == State::Phase::Over)
        return;
    state.lastHeard = std::max(state.lastHeard, now);
    if (state.phase != State::Phase::New)
        state.silence = Clock::duration(0);
    if (state.phase == State::Phase::Admitted && state.requests.takePlain(text))
        return;
    state.read(text);
}

void WorkerSession::closed()
{
    if (std::exchange(m_state->phase, State::Phase::Over) != State::Phase::Over)
        m_state->requests.endAll({"worker_lost", "The connection to the worker ended."});
}

void WorkerSession::tick(TimePoint now)
{
    State& state = *m_state;
    if (state.phase == State::Phase::Over)
        return;
    state.silence += std::clamp<Clock::duration>(now - state.lastTick, Clock::duration(0), tickMax);
    state.lastTick = std::max(state.lastTick, now);
    state.messages = 0;
    state.requests.rest();
    if (state.phase == State::Phase::New && state.silence >= registerTimeMax)
        state.close(closedByPolicy, "expected register", {});
    else if (state.silence >= silenceMax)
        state.close(closedGoingAway, "no heartbeat", {"worker_silent", "The worker was silent for too long."});
}

void WorkerSession::admit()
{
    if (m_state->phase == State::Phase::Asking)
        m_state->phase = State::Phase::Admitted;
}

void WorkerSession::refuse(std::string_view reason)
{
    m_state->close(closedByPolicy, reason, {"worker_lost", "The worker was refused."});
}

Result<> WorkerSession::request(const WorkerRequest& request)
{
    if (!admitted())
        return fail(Errc::BackendUnreachable, "The worker is not connected.");
    return m_state->requests.send(request);
}

void WorkerSession::cancel(std::uint64_t number)
{
    if (admitted())
        m_state->requests.cancel(number);
}

bool WorkerSession::takes(Endpoint endpoint) const
{
    return m_state->requests.takes(endpoint);
}

bool WorkerSession::admitted() const
{
    return m_state->phase == State::Phase::Admitted;
}

const WorkerFacts& WorkerSession::facts() const
{
    return m_state->facts;
}

std::size_t WorkerSession::underWay() const
{
    return m_state->requests.underWay();
}

TimePoint WorkerSession::lastHeard() const
{
    return m_state->lastHeard;
}

} // namespace drover
