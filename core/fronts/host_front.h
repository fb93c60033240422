// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/log.h"
#include "core/fronts/host_workers.h"
#include "core/fronts/proxy_front.h"
#include "core/net/http_server.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace drover {

/// The pool that this machine hosts: the port where workers join and clients ask. Core thread.
///
/// A client's request becomes a job of the one queue (ProxyFront::handleHosted) once its key was looked at; everything
/// else is answered here. Nothing listens until `configure` says so. Beyond loopback it listens only with TLS and keys,
/// unless the config is `insecure`.
class HostFront {
public:
    struct Surroundings {
        asio::io_context& io;
        ProxyFront& front;
        JobRunner& jobs;
        BackendSet& backends;
        std::function<void()> changed = {}; ///< a picture of the pool would look different
        std::function<void(std::vector<UserRule>)> rulesChanged = {}; ///< what the keys allow their users
        std::function<std::string()> metrics = {}; ///< for GET /metrics, after the pool's own
        Log log = {};
    };

    HostFront(Surroundings around, const Config& config);
    ~HostFront();

    /// Starts, changes or ends hosting. Fails with PortTaken, BadConfig or Io; then it does not listen and `view` says
    /// why.
    Result<> configure(const Config& config);

    void tick(TimePoint now);
    void setDraining(bool draining);
    void command(WorkerNumber worker, WorkerCommand command);
    void close(); ///< everything ends now

    bool listening() const;
    int slots() const; ///< of all workers that take requests
    HostView view(TimePoint now) const;
    std::string metricsText() const; ///< the pool's own series; empty while it hosts none

private:
    struct State;
    std::shared_ptr<State> m_state; ///< shared with the coroutines of its connections, which may end after it
};

} // namespace drover
