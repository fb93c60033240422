// SPDX-License-Identifier: MIT
#pragma once

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
    QueuedRequest(ProxyFront& front, Exchange& exchange, const Route& route, std::string body, RequestFacts facts);
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
    Task<RelayEnd> askAndRelay(Backend& backend);
    void account(const RelayEnd& end, const Backend& backend);

    Task<> keepAlive();
    void keepAliveWhileRunning();
    Task<> refused(Errc code, std::uint32_t position);
    Task<> refusedByRule(Errc code);
    Task<> tellError(Errc code, const std::string& message, std::chrono::milliseconds retryAfter);
    HeaderLines ourLines() const;
    void end(JobEnd end);

    ProxyFront& m_front;
    Exchange& m_exchange;
    const Route& m_route;
    std::string m_body;
    RequestFacts m_facts;
    AnswerForm m_form;
    LiveJob m_live;
    std::unique_ptr<BackendConnection> m_connection;
    std::optional<Error> m_lastFailure; ///< of a backend that was tried
    bool m_hasAllowance = false; ///< its user's tokens of a day are limited
    bool m_submitted = false;
    bool m_committed = false; ///< the answer was begun while waiting
    bool m_waited = false;
};

} // namespace drover
