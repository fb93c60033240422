// SPDX-License-Identifier: MIT
// What a QueuedRequest tells its client itself: signs of life, refusals, errors, our header lines.
#include "core/fronts/queued_request.h"

#include "core/protocol/refusal.h"
#include "core/protocol/rfc3339.h"
#include "core/protocol/user_rules.h"

#include <charconv>

namespace drover {

using namespace std::chrono_literals;

namespace {

void appendNumber(std::string& text, std::int64_t number)
{
    char digits[24];
    text.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

std::int64_t milliseconds(Clock::duration duration)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

/// Now, as Ollama writes `created_at`.
std::string wallClock()
{
    const auto since1970 = std::chrono::system_clock::now().time_since_epoch();
    return formatRfc3339Nanoseconds(std::chrono::duration_cast<std::chrono::nanoseconds>(since1970).count());
}

} // namespace

/// Begins the answer with the first, so that the client's own limit on silence does not end its wait (design.md D5).
Task<> QueuedRequest::keepAlive()
{
    if (!m_committed) {
        m_committed = true;
        co_await m_exchange.begin(200, answerContentType(m_form), ourLines());
    }
    const std::uint32_t position = m_live.running ? 0 : m_front.m_jobs.dispatcher().position(m_live.job.id);
    const std::string now = wallClock();
    const std::string piece = keepAlivePiece(m_form, {m_live.model, position, now});
    co_await m_exchange.piece(piece);
    m_front.m_jobs.remindAt(m_live, Clock::now() + m_front.m_config.keepAliveEvery);
}

/// While the backend loads the model nobody reads `news`: the piece is written from the reminder itself.
void QueuedRequest::keepAliveWhileRunning()
{
    m_live.keepAliveDue = false;
    if (!m_committed || m_live.firstPiece != TimePoint{} || m_exchange.clientLeft())
        return;
    const std::string now = wallClock();
    const std::string piece = keepAlivePiece(m_form, {m_live.model, 0, now});
    std::string chunk;
    if (m_exchange.head().version >= 11) {
        char size[20];
        chunk.append(size, std::to_chars(size, size + sizeof size, piece.size(), 16).ptr)
            .append("\r\n")
            .append(piece)
            .append("\r\n");
    } else {
        chunk = piece;
    }
    try {
        if (!m_exchange.tryRaw(chunk).empty()) // not even this fits: it has taken nothing for long
            m_exchange.cut();
    } catch (const boost::system::system_error&) {
        return; // it left, and `onLeave` has told so
    }
    m_front.m_jobs.remindAt(m_live, Clock::now() + m_front.m_config.keepAliveEvery);
}

Task<> QueuedRequest::refused(Errc code, std::uint32_t position)
{
    const Config& config = m_front.m_config;
    const Dispatcher& dispatcher = m_front.m_jobs.dispatcher();
    Refusal refusal;
    refusal.code = code;
    refusal.position = position;
    refusal.waiting = dispatcher.waiting();
    refusal.model = m_live.model;
    refusal.waited = m_submitted ? std::chrono::milliseconds(milliseconds(Clock::now() - m_live.arrived)) : 0ms;
    refusal.retryAfter = m_front.m_jobs.expectedWait();
    if (m_lastFailure)
        refusal.detail = m_lastFailure->detail;
    if (code == Errc::QueueFull) {
        const bool bytes = dispatcher.waiting() < config.limits.queueWaitingMax;
        refusal.limitName = bytes ? "queue.waiting_bytes_max" : "queue.waiting_max";
        refusal.limit = bytes ? config.limits.queueBytesMax : config.limits.queueWaitingMax;
    } else if (code == Errc::UserQueueFull) {
        refusal.limitName = "queue.waiting_per_user_max";
        refusal.limit = config.limits.queueWaitingPerUserMax;
        if (const std::uint32_t own = m_front.m_jobs.ruleOf(m_live.job.user).waitingMax; own > 0) {
            refusal.limitName = "waiting_max of [[user]] " + m_live.job.user;
            refusal.limit = own;
        }
        refusal.waiting = dispatcher.waitingOf(m_live.job.user);
    } else if (code == Errc::NoBackend || code == Errc::ShuttingDown) {
        refusal.retryAfter = 2s;
    }
    if (code == Errc::NoBackend && m_lastFailure && m_lastFailure->code == Errc::TooLarge) {
        end({Outcome::Refused, statusFor(Errc::TooLarge, m_route.dialect), m_lastFailure->detail, 0, 0,
            Errc::TooLarge});
        co_await tellError(Errc::TooLarge, m_lastFailure->detail, 0ms);
        co_return;
    }
    // A backend that was tried and failed says more than "no backend".
    if (m_lastFailure && m_submitted && code == Errc::NoBackend)
        refusal.code = code = m_lastFailure->code;
    const std::string text = refusalText(refusal);
    const bool backendFault = m_lastFailure && m_submitted;
    end({backendFault ? Outcome::Failed : Outcome::Refused, statusFor(code, m_route.dialect), text, 0, 0, code});
    co_await tellError(code, text, refusal.retryAfter);
}

/// The person at this machine does not want it; what it was is shown to them all the same.
Task<> QueuedRequest::refusedByRule(Errc code)
{
    const WallTime now = std::chrono::system_clock::now();
    const TokenAllowance allowance = m_front.m_jobs.allowanceOf(m_live.job.user, now);
    RuleRefusal refusal;
    refusal.code = code;
    refusal.user = m_live.job.user;
    refusal.model = m_live.model;
    refusal.tokensUsed = allowance.used;
    refusal.untilMidnight = std::chrono::seconds(allowance.resetsIn);
    const std::string text = ruleRefusalText(m_front.m_jobs.ruleOf(m_live.job.user), refusal);
    turnAway({Outcome::Refused, statusFor(code, m_route.dialect), text, {}, {}, code});
    std::chrono::milliseconds retryAfter = 0ms;
    if (code == Errc::DailyTokensUsed)
        retryAfter = refusal.untilMidnight;
    co_await tellError(code, text, retryAfter);
}

/// In the caller's own shape, with its real status unless the answer was begun already.
Task<> QueuedRequest::tellError(Errc code, const std::string& message, std::chrono::milliseconds retryAfter)
{
    const int status = statusFor(code, m_route.dialect);
    if (!m_committed) {
        HeaderLines lines = retryLines(retryAfter) + ourLines();
        if (code == Errc::DailyTokensUsed)
            lines += "x-should-retry: false\r\n"; // their libraries would try twice more
        co_await m_exchange.answer(status, "application/json",
            errorBody(m_route.dialect, status, message, m_live.requestId), std::move(lines));
        co_return;
    }
    const BrokenAnswer broken{message, m_live.requestId, status, '\n'};
    const std::string piece = m_form.streamed ? streamErrorPiece(m_form, broken)
                                              : errorBody(m_route.dialect, status, message, m_live.requestId);
    co_await m_exchange.piece(piece);
    m_exchange.cut();
}

/// What its user, or its key, may use: of the tokens of a minute and of a day those of which less is left.
void QueuedRequest::appendLimits(HeaderLines& lines) const
{
    if (!m_hasAllowance && !m_admission)
        return;
    const WallTime now = std::chrono::system_clock::now();
    const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    TokenAllowance tokens;
    if (m_hasAllowance)
        tokens = m_front.m_jobs.allowanceOf(m_live.job.user, now);
    if (m_admission) {
        const MinuteAllowance minute = m_admission->gate.allowance();
        lines.append(requestLimitLines(minute.requests, m_live.dialect, seconds));
        const TokenAllowance ofMinute = tokenAllowance(minute.tokens, seconds);
        tokens = TokenAllowance(tighter(ofMinute, tokens));
    }
    lines.append(rateLimitLines(tokens, m_live.dialect));
}

HeaderLines QueuedRequest::ourLines() const
{
    HeaderLines lines;
    lines.reserve(256);
    lines.append("X-Request-ID: ").append(m_live.requestId).append("\r\n");
    if (!m_live.backend.empty()) {
        const auto waited = milliseconds(m_live.started - m_live.arrived);
        lines.append("X-Queue-Wait-Ms: ");
        appendNumber(lines, waited);
        lines.append("\r\nX-Served-By: ").append(m_live.backend).append("\r\nServer-Timing: queue;dur=");
        appendNumber(lines, waited);
        lines.append(", backend;dur=");
        appendNumber(lines, milliseconds(Clock::now() - m_live.started));
        lines.append("\r\n");
    }
    if (!m_otherName.empty())
        lines.append("X-Model-Resolved: ").append(m_otherName).append("\r\n");
    if (m_live.arrived != TimePoint{}) {
        lines.append("X-Queue-Position: ");
        appendNumber(lines, m_live.positionAtArrival);
        lines.append("\r\n");
    }
    appendLimits(lines);
    if (m_exchange.head().fields.has("Origin"))
        lines.append(m_front.commonLines(m_exchange));
    return lines;
}

} // namespace drover
