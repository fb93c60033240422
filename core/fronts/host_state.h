// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/guess_limits.h"
#include "core/dispatch/key_limits.h"
#include "core/fronts/host_front.h"
#include "core/fronts/host_gate.h"
#include "core/fronts/host_keys.h"
#include "core/net/server_tls.h"
#include "core/protocol/forwarded_for.h"
#include "core/protocol/host_metrics.h"
#include "core/protocol/host_routes.h"

namespace drover {

/// What HostFront is made of: host_front.cpp has who may, host_pages.cpp what is answered here.
struct HostFront::State : std::enable_shared_from_this<State> {
    State(Surroundings surroundings, const Config& config);

    /// Who a request is from, once its key was looked at.
    struct Client {
        std::string user = {};
        IdentitySource source = IdentitySource::Address;
        std::optional<KeyRecord> key = {}; ///< of its own
    };

    // Who may.
    Result<> listen(const Config& config);
    Result<> mayListen(const HostingConfig& hosting) const;
    void stop();
    void tick(TimePoint now);
    Task<> handle(Exchange& exchange);
    Task<> dispatch(Exchange& exchange, const HostRoute& route, const std::string& address);
    std::optional<Error> againstPage(const Exchange& exchange) const;
    Task<std::optional<Client>> admit(Exchange& exchange, const HostRoute& route, const std::string& address);
    std::string addressOf(const Exchange& exchange) const;
    bool needsKey(KeyRole role) const;
    std::optional<WorkerAdmission> admitsWorker(const Worker& worker, std::string_view key);
    Task<> ask(Exchange& exchange, const HostRoute& route, const Client& client);
    Task<> takeWorker(Exchange& exchange, const std::string& address);
    Task<> refuse(Exchange& exchange, Dialect dialect, int status, std::string_view message, HeaderLines more = {});
    void tellRules();
    void countJob(const LiveJob& job, const JobEnd& end);

    // What is answered here.
    Task<> join(Exchange& exchange, const std::string& address);
    Task<> models(Exchange& exchange, const HostRoute& route);
    Task<> show(Exchange& exchange, const HostRoute& route);
    Task<> stateDocument(Exchange& exchange, const HostRoute& route);
    Task<> stateStream(Exchange& exchange, const HostRoute& route);
    Task<> page(Exchange& exchange, const HostRoute& route);
    Task<> metricsPage(Exchange& exchange);
    std::string stateText(const HostRoute& route);
    std::vector<ModelList> lists();
    HostView view(TimePoint now) const;

    Surroundings around;
    HostingConfig hosting;
    std::vector<std::string> origins;
    Limits limits;
    HostRules hostRules;
    TrustedProxies proxies;
    std::shared_ptr<ServerTls> tls;
    std::unique_ptr<HttpServer> server; ///< while it listens
    std::unique_ptr<HostKeys> keys;
    HostWorkers workers;
    GuessLimits guesses;
    KeyLimits rates;
    HostBooks books;
    HostMetrics metrics;
    std::string reason; ///< why it does not listen, or what is wrong
    std::string fix;
    std::string tlsWarning;
    std::size_t streams = 0; ///< of the state
    TimePoint startedAt = Clock::now();
    TimePoint nextTlsLook{};
    bool draining = false;
    bool loopbackOnly = true;

    static constexpr std::size_t streamsMax = 64;
    static constexpr std::chrono::seconds streamEvery{2};
    static constexpr std::chrono::seconds tlsLookEvery{5};
    static constexpr std::size_t tradeBytesMax = 16u << 10;
    static constexpr std::size_t showBytesMax = 1u << 20;
};

} // namespace drover
