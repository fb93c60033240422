// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/http_server.h"

#include <functional>
#include <memory>
#include <string>

namespace drover {

/// An address of its own for Prometheus, as llamapool's workers have with --metrics-addr: `GET /metrics` and nothing
/// else. Web pages are kept out as at the status address. Core thread; what `text` speaks of outlives it.
class MetricsFront {
public:
    /// `text`: what it tells.
    MetricsFront(asio::io_context& io, std::function<std::string()> text, const Limits& limits, Log log);
    ~MetricsFront();

    /// Fails with PortTaken, BadConfig or Io.
    Result<> listen(const std::string& host, std::uint16_t port) { return m_server.listen(host, port); }
    void setLimits(const Limits& limits) { m_server.setLimits(limits); }
    void close();

private:
    struct State;
    std::shared_ptr<State> m_state; ///< shared with the coroutines of its connections, which may end after it
    HttpServer m_server;
};

} // namespace drover
