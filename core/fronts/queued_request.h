// SPDX-License-Identifier: MIT
#pragma once

#include "core/fronts/admission.h"
#include "core/fronts/proxy_front.h"
#include "core/net/relay.h"
#include "core/protocol/answer_shapes.h"

#include <memory>
#include <optional>
#include <string>

namespace drover {

/// One inference request from the moment it is understood to its end: waits, is kept alive, runs, is counted.
/// Lives in the coroutine of its connection. Whatever happens, its job ends exactly once.
class QueuedRequest {
public:
    /// `admission`: of a client of the pool that this machine hosts; null for all others. Outlives this.
    QueuedRequest(ProxyFront& front, Exchange& exchange, const Route& route, std::string body, RequestFacts facts,
        const Admission* admission);
    ~QueuedRequest();
    QueuedRequest(const QueuedRequest&) = delete;
    QueuedRequest& operator=(const QueuedRequest&) = delete;

    Task<> run();

private:
    /// What an attempt on a backend came to.
    enum class Attempt { Over, Again };

    Task<bool> modelIsServed();
    Task<bool> wait();
    Task<Attempt> attempt();
    Task<RelayEnd> ask(Backend& backend);
    void turnAway(JobEnd end);
    bool isServed() const;
    void useOtherName();
    Task<bool> passesGate();
    void account(const RelayEnd& end, const Backend& backend);

    Task<> keepAlive();
    void keepAliveWhileRunning();
    Task<> refused(Errc code, std::uint32_t position);
    Task<> refusedByRule(Errc code);
    Task<> tellError(Errc code, const std::string& message, std::chrono::milliseconds retryAfter);
    HeaderLines ourLines() const;
    void appendLimits(HeaderLines& lines) const;
    void end(JobEnd end);

    ProxyFront& m_front;
    Exchange& m_exchange;
    const Route& m_route;
    std::string m_body;
    RequestFacts m_facts;
    AnswerForm m_form;
    LiveJob m_live;
    const Admission* m_admission;
    std::optional<Error> m_lastFailure; ///< of a backend that was tried
    std::string m_otherName; ///< of the model that answers in place of the one asked for; mostly empty
    bool m_hasAllowance = false; ///< its user's tokens of a day are limited
    bool m_submitted = false;
    bool m_committed = false; ///< the answer was begun while waiting
    bool m_waited = false;
    int m_losses = 0; ///< workers that left before the first byte
};

} // namespace drover
