// SPDX-License-Identifier: MIT
#pragma once

#include "core/backends/backend.h"

#include <map>
#include <memory>
#include <string_view>
#include <vector>

namespace drover {

/// All backends of the settings, in their order. Core thread.
class BackendSet {
public:
    /// `changed` is called when one can do something else than before; `removed` when it is out of the settings.
    struct Listener {
        std::function<void(Backend&)> changed;
        std::function<void(BackendId)> removed;
    };

    BackendSet(asio::io_context& io, Log log, Listener listener);
    ~BackendSet();

    /// Takes the settings' backends; those that stay the same are left alone. Fails with BadConfig, then nothing
    /// changes.
    Result<> configure(const std::vector<BackendConfig>& backends, int concurrency);

    const std::vector<std::shared_ptr<Backend>>& all() const { return m_backends; }
    std::shared_ptr<Backend> find(BackendId id) const; ///< null when it is out of the settings

    /// The first available one that has the model (normalised), else null.
    std::shared_ptr<Backend> withModel(std::string_view model) const;
    /// The first available one that speaks Ollama's own API, else null.
    std::shared_ptr<Backend> firstOllama() const;
    std::shared_ptr<Backend> firstAvailable() const;

    /// Lets a backend judge a model that no list has: Ollama its cloud models, which it need not list, and a server
    /// that is the only backend every name, since llama.cpp's takes any. False when none does.
    bool mayServeUnlisted(const std::string& model);

    /// Asks all of them now but those that rest, unless that was done in the last second, and waits for it.
    Task<> refresh();

    /// Has all of them asked soon; waits for nothing.
    void lookAgain();
    void freeMemory(); ///< of every Ollama; returns at once

    /// Drover started the Ollama that is the backend `name` for so many jobs at once; 0 when it did not.
    void startedWith(const std::string& name, int slots);

    /// Ends probes and connections.
    void close();

private:
    BackendSurroundings m_around;
    asio::thread_pool m_scanner{1};
    Listener m_listener;
    std::vector<std::shared_ptr<Backend>> m_backends;
    BackendId m_nextId = 1;
};

} // namespace drover
