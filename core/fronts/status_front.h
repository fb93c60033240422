// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/engine.h"
#include "core/fronts/log_ring.h"
#include "core/net/http_server.h"
#include "core/protocol/metrics_registry.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace drover {

struct StatusOptions {
    std::string token = {}; ///< that control calls and the log need; empty: there are none
    Limits limits = {}; ///< of the connections; see `statusLimits`
    std::size_t watchersMax = 64; ///< clients that wait for news or follow the log, each kind
    std::chrono::milliseconds waitMax{60'000}; ///< of a long poll
    std::chrono::milliseconds eventEvery{100}; ///< least time between two events to one reader
    std::chrono::milliseconds freshFor{100}; ///< how old the times in an unchanged status may be
    std::chrono::milliseconds commentEvery{15'000}; ///< of silence, so that dead readers are noticed
};

/// The proxy's limits made small enough for an address that only gets short questions.
Limits statusLimits(const Limits& proxy);

/// The status address: what the engine does, as JSON, events, metrics and log, and control over it for those who have
/// the token. A view on an Engine like the window. docs/status.md lists its paths and fields.
///
/// Web pages are kept out (see `admit`), and there are no CORS fields. Core thread. The engine, the metrics and the log
/// ring outlive it.
class StatusFront {
public:
    /// `hooks` tells what shutdown and reload do; its log gets a line for each control call.
    StatusFront(asio::io_context& io, Engine& engine, MetricsRegistry& metrics, LogRing& logs, EngineHooks hooks,
        StatusOptions options);
    ~StatusFront();

    /// Fails with PortTaken, BadConfig or Io.
    Result<> listen(const std::string& host, std::uint16_t port) { return m_server.listen(host, port); }
    Tcp::endpoint address() const { return m_server.address(); }

    void setLimits(const Limits& limits) { m_server.setLimits(limits); }

    /// Everything ends now; whoever waits is let go.
    void close();

private:
    struct State;
    std::shared_ptr<State> m_state; ///< shared with the coroutines of its connections, which may end after it
    HttpServer m_server;
};

} // namespace drover
