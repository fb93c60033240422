// SPDX-License-Identifier: MIT
#include "core/fronts/host_gate.h"

#include "core/protocol/user_rules.h"

namespace drover {

void HostBooks::count(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Done:
        ++answered;
        return;
    case Outcome::Failed:
    case Outcome::Incomplete:
        ++failed;
        return;
    case Outcome::Refused:
        ++refused;
        return;
    case Outcome::Cancelled:
        ++cancelled;
        return;
    }
}

HostGate::HostGate(HostBooks& books, KeyLimits& limits, const std::optional<KeyRecord>& key, Ended told)
    : m_books(books)
    , m_limits(limits)
    , m_key(key)
    , m_told(std::move(told))
{
    ++m_books.accepted;
}

HostGate::~HostGate()
{
    if (!m_over)
        m_books.count(m_clientLeft ? Outcome::Cancelled : Outcome::Refused);
}

KeyLimits::Rates HostGate::rates() const
{
    if (!m_key)
        return {};
    return {m_key->allowance.requestsPerMinute, m_key->allowance.tokensPerMinute};
}

std::optional<GateRefusal> HostGate::admit(const LiveJob& job)
{
    const KeyLimits::Rates most = rates();
    if (most.requests == 0 && most.tokens == 0)
        return {};
    m_estimated = job.promptTokens;
    const KeyLimits::Verdict verdict = m_limits.admit(m_key->number, most, m_estimated, Clock::now());
    m_admitted = verdict.hit == KeyLimits::Hit::None;
    if (m_admitted)
        return {};
    return GateRefusal{
        Errc::RateLimited, rateRefusalText(m_key->name, allowance(), verdict.retryAfter), verdict.retryAfter};
}

MinuteAllowance HostGate::allowance() const
{
    const KeyLimits::Rates most = rates();
    if (most.requests == 0 && most.tokens == 0)
        return {};
    return m_limits.left(m_key->number, most, Clock::now());
}

void HostGate::ended(const LiveJob& job, const JobEnd& end)
{
    if (std::exchange(m_over, true))
        return;
    m_books.count(end.outcome);
    m_told(job, end);
    if (!m_admitted)
        return;
    const std::uint64_t prompt = end.promptTokens.value_or(job.promptTokens);
    const std::uint64_t output = end.outputTokens.value_or(job.outputTokens);
    const bool ran = job.running || end.outcome == Outcome::Done;
    m_limits.correct(m_key->number, m_estimated, ran ? prompt + output : 0, Clock::now());
}

} // namespace drover
