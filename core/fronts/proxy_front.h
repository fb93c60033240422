// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/log.h"
#include "core/backends/backend_set.h"
#include "core/fronts/callers.h"
#include "core/fronts/job_runner.h"
#include "core/net/exchange.h"
#include "core/protocol/origin_rules.h"
#include "core/protocol/request_inspector.h"
#include "core/protocol/routes.h"

#include <string>
#include <string_view>

namespace drover {

struct Admission;

/// The way in for apps of this machine: Ollama's, OpenAI's and Anthropic's API on one port. Core thread.
///
/// Inference waits in the queue (queued_request.cpp), everything else is forwarded at once (forwarded_request.cpp) or
/// answered here. Guards the queue against web pages: Host and Origin are checked as strictly as Ollama does.
class ProxyFront {
public:
    ProxyFront(asio::io_context& io, const Config& config, JobRunner& jobs, BackendSet& backends, Log log);

    void setConfig(const Config& config);
    void setDraining(bool draining) { m_draining = draining; }
    bool draining() const { return m_draining; }
    std::vector<KeyView> keys() const { return m_callers.keys(); }

    /// An HttpServer's handler.
    Task<> handle(Exchange& exchange);

    /// A request that a pool sends over our link: inference only, whatever it asks for.
    Task<> handlePooled(Exchange& exchange);

    /// A request of a client of the pool that this machine hosts; `route` is one that is queued. Who asks was checked.
    Task<> handleHosted(Exchange& exchange, const Route& route, const Admission& admission);

    /// Body for requests that never reach `handle`.
    static std::string errorBody(int status, std::string_view path, const Error& error);

private:
    friend class QueuedRequest;

    Task<> queued(Exchange& exchange, const Route& route, const Admission* admission);
    Task<Result<RequestFacts>> inspect(const std::string& body);

    Task<> forwarded(Exchange& exchange, const Route& route);
    Task<> managed(Exchange& exchange, const Route& route);
    Task<> show(Exchange& exchange, const Route& route);
    Task<> modelLists(Exchange& exchange, const Route& route);
    Task<> forward(
        Exchange& exchange, const Route& route, std::shared_ptr<HttpBackend> backend, std::optional<std::string> body);

    Task<> health(Exchange& exchange);
    Task<> queueList(Exchange& exchange);
    Task<> queueItem(Exchange& exchange);
    Task<> preflight(Exchange& exchange);

    Result<> guard(const Exchange& exchange);
    std::string commonLines(const Exchange& exchange) const; ///< CORS
    std::string requestId(const Exchange& exchange);
    BackendRun::ClientKey useOfKey(const HeaderFields& fields) const;
    Task<> refuse(Exchange& exchange, Dialect dialect, Errc code, std::string_view message, HeaderLines more = {},
        std::string id = {});

    asio::io_context& m_io;
    Config m_config;
    JobRunner& m_jobs;
    BackendSet& m_backends;
    Callers m_callers;
    Log m_log;
    HostRules m_hostRules;
    RequestInspector m_inspector; ///< for bodies that are read in one go
    std::string m_idPrefix; ///< differs for each start of Drover
    std::uint64_t m_lastRequest = 0;
    bool m_draining = false;
};

} // namespace drover
