// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/dispatch/job.h"
#include "core/net/relay.h"
#include "core/protocol/routes.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// A job on a backend: what is asked there and where the answer goes. Lives in the front's coroutine.
struct BackendRun {
    /// What becomes of the key that the client sent.
    enum class ClientKey {
        Forward,
        Drop ///< it is one of ours
    };

    Exchange& exchange;
    const RelayOrder& order;
    Endpoint endpoint = Endpoint::OllamaChat;
    std::string_view target = {}; ///< path and query, in the form of Ollama's API
    std::string_view body = {};
    ClientKey clientKey = ClientKey::Forward;
    std::function<void()> abort = {}; ///< set by the backend while the job can be ended there; may be called once
};

/// Something that answers: a server that we call, or a worker that called us. Core thread; shared by the requests under
/// way there, which may outlive its place in the set.
class Backend {
public:
    virtual ~Backend() = default;

    virtual BackendId id() const = 0;
    virtual const std::string& name() const = 0;
    virtual bool available() const = 0;
    virtual BackendCapacity capacity() const = 0;
    virtual bool lists(
        std::string_view model) const = 0; ///< it has this model (normalised), or had it when it was here
    virtual std::vector<std::string> modelNames() const = 0; ///< as it writes them

    /// Runs the job and carries its answer to the client, see `relayAnswer`. Throws boost::system::system_error when
    /// the client is gone. `run` outlives the coroutine.
    virtual Task<RelayEnd> answer(BackendRun& run) = 0;

    virtual void succeeded() = 0;
    virtual void failed(const Error& error) = 0; ///< it gave no answer
    virtual void brokeOff(const Error& error) = 0; ///< its answer was not whole

    /// Whether a job that it left without an answer may be tried there again when it is back.
    enum class AfterLoss {
        Wait, ///< it is likely to come back under the same name
        Elsewhere ///< once, on another backend
    };
    virtual AfterLoss afterLoss() const = 0;
};

} // namespace drover
