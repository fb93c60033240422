// SPDX-License-Identifier: MIT
#include "core/protocol/pool_worker.h"

#include <algorithm>
#include <cmath>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr int closedNormally = 1000;
constexpr int closedGoingAway = 1001;
constexpr int closedProtocolError = 1002;
constexpr int closedUnsupported = 1003;
constexpr int closedBadText = 1007;
constexpr int closedByPolicy = 1008;
constexpr int closedTooLarge = 1009;
constexpr int closedServerError = 1011;

constexpr const char* handedBackCode = "worker_not_ready";

/// The only path that the first servers have, and no later one; they ignore every change after the registration.
constexpr std::string_view seedPath = "/workers/connect";

std::string_view pathOf(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    const std::string_view rest = scheme == url.npos ? url : url.substr(scheme + 3);
    const std::size_t slash = rest.find('/');
    return slash == rest.npos ? std::string_view("/") : rest.substr(slash, rest.find('?') - slash);
}

/// Printable, and short enough for a sentence.
std::string quoted(std::string_view words)
{
    constexpr std::size_t shownMax = 120;
    std::string text;
    for (const char c : words.substr(0, shownMax))
        text += static_cast<unsigned char>(c) < ' ' || c == 127 ? ' ' : c;
    return text;
}

} // namespace

PoolWorker::PoolWorker(PoolIdentity identity)
    : m_identity(std::move(identity))
    , m_seed(pathOf(m_identity.url) == seedPath)
    , m_requests(m_actions)
{
}

// ---- the connection ----

PoolActions PoolWorker::start(TimePoint now)
{
    if (m_phase == Phase::Idle && !m_draining)
        dial(now);
    return take();
}

void PoolWorker::dial(TimePoint now)
{
    m_since = now;
    if (m_offer.slots == 0) { // some servers never learn of what comes after the registration
        m_phase = Phase::Unready;
        m_reason.clear();
        m_fix.clear();
        return;
    }
    m_phase = Phase::Dialling;
    m_actions.emplace_back(PoolDial{});
}

PoolActions PoolWorker::opened(std::string workerId, TimePoint now, std::int64_t unixSeconds)
{
    if (m_phase != Phase::Dialling)
        return take();
    m_phase = Phase::Open;
    m_since = now;
    m_settled = false;
    m_workerId = std::move(workerId);
    m_told = m_offer;
    m_renewAt.reset();
    m_nextBeat = now + heartbeatEvery;
    m_nextPing = now + pingEvery;
    m_pingSent = now;
    m_beatSeconds = unixSeconds;
    m_actions.emplace_back(PoolSend{poolFrame(PoolRegister{.workerId = m_workerId,
        .workerName = m_identity.workerName,
        .key = m_identity.key,
        .models = m_told.models,
        .maxConcurrency = m_told.slots,
        .version = m_identity.version})});
    m_actions.emplace_back(PoolPing{}); // its answer says that the registration was read
    return take();
}

PoolActions PoolWorker::pong(TimePoint now)
{
    if (m_phase == Phase::Open && m_pingSent) {
        m_latency = std::chrono::duration_cast<std::chrono::milliseconds>(now - *m_pingSent);
        m_pingSent.reset();
        settle();
    }
    return take();
}

void PoolWorker::settle()
{
    m_settled = true;
    m_reason.clear();
    m_fix.clear();
}

PoolActions PoolWorker::frame(std::string_view text, double random, TimePoint now)
{
    return message(parsePoolMessage(text), random, now);
}

PoolActions PoolWorker::message(Result<PoolServerMessage> message, double random, TimePoint now)
{
    if (m_phase != Phase::Open)
        return take();
    if (++m_messages > messagesPerTickMax)
        return giveUp(PoolNuisance::Floods, random, now);
    settle();
    if (!message) // as every worker does: unreadable messages are nothing
        return take();
    if (auto* request = std::get_if<PoolProxyRequest>(&*message))
        m_requests.take(std::move(*request));
    else if (auto* job = std::get_if<PoolJobRequest>(&*message))
        m_requests.take(std::move(*job));
    else if (const auto* cancel = std::get_if<PoolProxyCancel>(&*message))
        m_requests.cancel(cancel->id);
    else if (const auto* cancelJob = std::get_if<PoolJobCancel>(&*message))
        m_requests.cancel(cancelJob->id);
    return take();
}

PoolActions PoolWorker::closed(const PoolClosed& how, double random, TimePoint now)
{
    if (m_phase != Phase::Dialling && m_phase != Phase::Open)
        return take();
    const bool refused = (how.code == closedByPolicy && how.reason.find("unauthorized") != how.reason.npos)
        || how.httpStatus == 401 || how.httpStatus == 403;
    explain(how);
    const bool dialled = m_phase == Phase::Dialling;
    lost(random, now);
    if (how.offline && dialled && m_phase == Phase::Resting) { // costs the server nothing, and ends with the outage
        --m_failures;
        rest(static_cast<double>(offlineRetryMost.count()) * (0.5 + std::clamp(random, 0.0, 1.0) / 2), now);
    }
    if (how.distrust == PoolDistrust::WrongPin && m_phase == Phase::Resting)
        m_phase = Phase::Refused;
    if (refused && m_phase == Phase::Resting) {
        m_phase = Phase::Refused;
        m_reason = m_identity.key.empty() ? "The pool wants a key, and none is set."
                                          : "The pool refuses the key: it is wrong, or was withdrawn.";
        m_fix = "Ask the pool's operator for a key, then join again with it.";
    }
    return take();
}

PoolActions PoolWorker::giveUp(PoolNuisance nuisance, double random, TimePoint now)
{
    if (m_phase != Phase::Open)
        return take();
    const bool floods = nuisance == PoolNuisance::Floods;
    hangUp(closedByPolicy, floods ? "too many messages" : "answers are not read");
    m_reason = floods ? "The pool sends more than anybody could answer, so Drover closed the connection."
                      : "The pool does not read the answers it asks for, so Drover closed the connection.";
    m_fix = "If this goes on, tell the pool's operator, or leave the pool.";
    lost(random, now);
    return take();
}

/// Everything that the connection carried is over; another one is dialled later.
void PoolWorker::lost(double random, TimePoint now)
{
    m_requests.lost();
    m_failures = m_phase == Phase::Open && now - m_since >= stableAfter ? 0 : std::min(m_failures + 1, 16);
    m_workerId.clear();
    m_pingSent.reset();
    m_renewAt.reset();
    m_since = now;
    if (m_draining) {
        m_phase = Phase::Idle;
        return;
    }
    const double longest =
        std::min(std::ldexp(1.0, std::max(m_failures - 1, 0)), static_cast<double>(retryMost.count()));
    rest(longest * (0.5 + std::clamp(random, 0.0, 1.0) / 2), now);
}

void PoolWorker::rest(double seconds, TimePoint now)
{
    m_dialAt = now + std::chrono::milliseconds(std::llround(seconds * 1000));
    m_phase = Phase::Resting;
}

void PoolWorker::explain(const PoolClosed& how)
{
    m_fix.clear();
    if (how.distrust != PoolDistrust::None)
        return explainDistrust(how);
    if (how.httpStatus == 404) {
        m_reason = "There is no pool at this address: the server answers 404.";
        m_fix = "Check the address; its path is usually /api/llm/connect, /api/workers/connect or /workers/connect.";
    } else if (how.httpStatus == 503) {
        m_reason = "The pool takes no workers at the moment (503).";
    } else if (how.httpStatus == 426) {
        m_reason = "Something between here and the pool does not let WebSockets through (426).";
        m_fix = "Ask who runs the proxy or the pool; a wss address often gets through.";
    } else if (how.httpStatus >= 500 && how.httpStatus != 511) {
        m_reason = "The pool's server has trouble: it answers " + std::to_string(how.httpStatus) + ".";
    } else if ((how.httpStatus >= 200 && how.httpStatus < 400) || how.httpStatus == 511) {
        m_reason = "What answers is no pool, perhaps a network's login page (" + std::to_string(how.httpStatus) + ").";
        m_fix = "Open a web page: the network may want a login first. Otherwise check the address.";
    } else if (how.httpStatus != 0) {
        m_reason = "The server at this address is no pool: it answers " + std::to_string(how.httpStatus) + ".";
    } else if (how.code == closedTooLarge) {
        m_reason = "The connection was closed over a message that was too large.";
    } else if (how.code == closedProtocolError || how.code == closedUnsupported || how.code == closedBadText) {
        m_reason = "The connection was closed over a message that was malformed.";
    } else if (how.code == closedServerError) {
        m_reason = "The pool's server had an error and closed the connection.";
    } else if (how.code == closedByPolicy) {
        m_reason = "The pool closed the connection: " + quoted(how.reason) + ".";
    } else if (how.code == closedNormally || how.code == closedGoingAway) {
        m_reason = "The pool closed the connection.";
    } else if (m_phase == Phase::Open) {
        m_reason = "The connection to the pool was lost" + (how.error.empty() ? "" : ": " + quoted(how.error)) + ".";
    } else if (how.offline) {
        m_reason = "The pool cannot be reached: this machine has no network, or the pool's name is not known.";
    } else {
        m_reason = "The pool cannot be reached" + (how.error.empty() ? "" : ": " + quoted(how.error)) + ".";
    }
}

void PoolWorker::explainDistrust(const PoolClosed& how)
{
    switch (how.distrust) {
    case PoolDistrust::None:
        return;
    case PoolDistrust::Unknown:
        m_reason = "The pool's certificate is not trusted: " + quoted(how.error) + ".";
        m_fix = "If the pool has an authority of its own, set its file as ca_file. Otherwise something in the network "
                "reads along, and nothing was sent.";
        return;
    case PoolDistrust::WrongName:
        m_reason = "The certificate at this address is another server's: " + quoted(how.error) + ".";
        m_fix = "Check the address. Nothing was sent.";
        return;
    case PoolDistrust::WrongTime:
        m_reason = "The pool's certificate is not valid at this time: " + quoted(how.error) + ".";
        m_fix = "Check this machine's clock; if it is right, tell the pool's operator.";
        return;
    case PoolDistrust::WrongPin:
        m_reason = "The pool's server does not have the key of the pin: " + quoted(how.error) + ".";
        m_fix = "Ask the pool's operator whether the key has changed, and set the pin anew. Nothing was sent.";
        return;
    }
}

void PoolWorker::hangUp(int code, std::string reason)
{
    m_actions.emplace_back(PoolHangUp{code, std::move(reason)});
}

// ---- the offer ----

PoolActions PoolWorker::offer(PoolOffer offer, TimePoint now)
{
    if (offer.permission != PoolPermission::Go)
        offer.slots = 0;
    if (offer == m_offer)
        return take();
    const bool same = offer.models == m_offer.models && offer.slots == m_offer.slots;
    m_offer = std::move(offer);
    m_requests.setRunningMax(m_offer.slots);
    if (m_offer.permission != PoolPermission::Go)
        m_requests.refuseWaiting(notTaking());
    if (m_offer.permission == PoolPermission::Stop)
        m_requests.handBackAll(notTaking());
    if (same)
        return take();
    if (m_phase == Phase::Unready && m_offer.slots > 0)
        dial(now);
    if (m_phase != Phase::Open || m_draining)
        return take();
    if (!isSeed())
        announce();
    else if (m_offer.models != m_told.models || m_offer.slots == 0)
        m_renewAt = m_renewAt.value_or(now + renewAfter);
    else
        m_renewAt.reset();
    return take();
}

void PoolWorker::announce()
{
    m_told = m_offer;
    m_actions.emplace_back(PoolSend{poolFrame(PoolStatusUpdate{.status = m_draining ? "draining"
            : m_offer.slots > 0                                                     ? "idle"
                                                                                    : "not_ready",
        .models = m_offer.models,
        .maxConcurrency = m_draining ? 0 : m_offer.slots})});
}

// ---- passing of time ----

PoolActions PoolWorker::tick(TimePoint now, std::int64_t unixSeconds, double random)
{
    m_messages = 0;
    if (m_phase == Phase::Resting && now >= m_dialAt)
        dial(now);
    if (m_phase == Phase::Dialling && now - m_since >= dialTimeMax) {
        hangUp(closedGoingAway, "too slow");
        m_reason = "The pool does not answer.";
        m_fix.clear();
        lost(random, now);
    }
    if (m_phase != Phase::Open)
        return take();
    const bool slept = unixSeconds - m_beatSeconds >= evictedAfterSeconds;
    if (slept || (m_pingSent && now - *m_pingSent >= pongTimeMax)) {
        hangUp(closedGoingAway, "no sign of life");
        m_reason = slept ? "This machine was asleep; the pool has dropped it meanwhile."
                         : "The pool gave no sign of life for 15 seconds.";
        m_fix.clear();
        lost(random, now);
        return take();
    }
    if (now - m_since >= settleTimeMax)
        settle();
    if (now >= m_nextBeat) {
        m_nextBeat = now + heartbeatEvery;
        m_beatSeconds = unixSeconds;
        m_actions.emplace_back(PoolSend{poolFrame(PoolHeartbeat{unixSeconds})});
    }
    if (now >= m_nextPing && !m_pingSent) {
        m_nextPing = now + pingEvery;
        m_pingSent = now;
        m_actions.emplace_back(PoolPing{});
    }
    if (m_renewAt && now >= *m_renewAt && m_requests.idle()) {
        hangUp(closedNormally, "models changed");
        m_requests.lost();
        m_renewAt.reset();
        m_workerId.clear();
        m_pingSent.reset();
        dial(now);
    }
    return take();
}

std::chrono::milliseconds PoolWorker::retryIn(TimePoint now) const
{
    if (m_phase != Phase::Resting || m_dialAt <= now)
        return 0ms;
    return std::chrono::duration_cast<std::chrono::milliseconds>(m_dialAt - now);
}

// ---- the end ----

PoolActions PoolWorker::drain()
{
    if (std::exchange(m_draining, true))
        return take();
    m_requests.drain();
    if (m_phase == Phase::Open) {
        announce();
        afterDrain();
    } else if (m_phase != Phase::Refused) {
        if (m_phase == Phase::Dialling)
            hangUp(closedGoingAway, "drained");
        m_phase = Phase::Idle;
    }
    return take();
}

void PoolWorker::afterDrain()
{
    if (!m_draining || m_phase != Phase::Open || !m_requests.idle())
        return;
    hangUp(closedNormally, "drained");
    m_workerId.clear();
    m_pingSent.reset();
    m_phase = Phase::Idle;
}

PoolActions PoolWorker::undrain(TimePoint now)
{
    if (!std::exchange(m_draining, false))
        return take();
    m_requests.undrain();
    if (m_phase == Phase::Open)
        announce();
    else if (m_phase == Phase::Idle)
        dial(now);
    return take();
}

std::string PoolWorker::reason() const
{
    if (state() != PoolState::Unready)
        return m_reason;
    return m_offer.permission != PoolPermission::Go && !m_offer.reason.empty()
        ? m_offer.reason
        : "No model is ready to be offered to this pool.";
}

PoolState PoolWorker::state() const
{
    switch (m_phase) {
    case Phase::Idle:
        return PoolState::Off;
    case Phase::Refused:
        return PoolState::Refused;
    case Phase::Unready:
        return PoolState::Unready;
    case Phase::Open:
        if (m_draining)
            return PoolState::Draining;
        return !m_settled ? PoolState::Connecting : m_offer.slots > 0 ? PoolState::Connected : PoolState::Unready;
    case Phase::Resting:
    case Phase::Dialling:
        break;
    }
    return PoolState::Connecting;
}

// ---- answers ----

PoolActions PoolWorker::answerHead(
    std::uint64_t number, int status, const std::vector<std::pair<std::string, std::string>>& headers)
{
    m_requests.answerHead(number, status, headers);
    return take();
}

PoolActions PoolWorker::answerPiece(std::uint64_t number, std::string_view bytes)
{
    m_requests.answerPiece(number, bytes);
    return take();
}

PoolActions PoolWorker::handBack(std::uint64_t number, std::string reason)
{
    m_requests.handBack(number, {handedBackCode, std::move(reason)});
    return take();
}

PoolFault PoolWorker::notTaking() const
{
    return {handedBackCode, m_offer.reason.empty() ? "This machine takes no requests at the moment." : m_offer.reason};
}

PoolActions PoolWorker::answerEnd(std::uint64_t number, std::optional<PoolFault> fault)
{
    m_requests.answerEnd(number, std::move(fault));
    afterDrain();
    return take();
}

} // namespace drover
