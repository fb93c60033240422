// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/log.h"
#include "core/net/asio.h"

#include <chrono>
#include <memory>
#include <string>

namespace drover {

/// How the simulated model behaves.
struct DemoPace {
    std::chrono::milliseconds wordEvery{40};
    int slots = 2; ///< answers at once; others wait silently, as in Ollama
};

/// A simulated model behind Ollama's API, on a free loopback port of this process, so that Drover can be tried where
/// no model is installed. Everything it says is labelled as simulated.
///
/// Speaks the native API and OpenAI's and Anthropic's beside it, streamed and not; honours the client's limit on the
/// answer's length; stops within a word when the client leaves. Core thread.
class DemoBackend {
public:
    DemoBackend(asio::io_context& io, Log log, DemoPace pace = {});
    ~DemoBackend();
    DemoBackend(const DemoBackend&) = delete;
    DemoBackend& operator=(const DemoBackend&) = delete;

    /// Listens and returns its url, "http://127.0.0.1:40123". Fails with Io. Call once.
    Result<std::string> start();

    /// Ends every answer and listens no more.
    void stop();

    /// Answers under way and waiting for a slot.
    std::size_t running() const;
    std::size_t waiting() const;

private:
    struct State;
    std::shared_ptr<State> m_state; ///< shared with its requests' coroutines, which may end after it
};

} // namespace drover
