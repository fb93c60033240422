// SPDX-License-Identifier: MIT
#pragma once

#include "core/backends/http_backend.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace drover {

/// All backends: those of the settings, in their order, and the workers that joined us. Core thread.
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

    /// Those of the settings.
    const std::vector<std::shared_ptr<HttpBackend>>& all() const { return m_backends; }
    std::shared_ptr<Backend> find(BackendId id) const; ///< null when it is in the set no more

    /// A model in another quantization than `model` (normalised), as an available backend wrote it, for a client of the
    /// hosted pool; the first by name. Nothing when there is none.
    std::optional<std::string> otherQuantization(std::string_view model);

    // Workers that joined.
    BackendId nextId() { return m_nextId++; }
    void join(std::shared_ptr<Backend> worker);
    void changed(Backend& worker) { tell(worker); }
    void leave(BackendId worker); ///< its jobs under way keep it alive
    const std::unordered_map<BackendId, std::shared_ptr<Backend>>& workers() const { return m_workers; }

    /// Whether those of the settings answer the clients of the hosted pool too; they do until this is said.
    void setTakesPooled(bool takes);

    /// The first available one that has the model (normalised), else null.
    std::shared_ptr<HttpBackend> withModel(std::string_view model) const;
    /// The first available one that speaks Ollama's own API, else null.
    std::shared_ptr<HttpBackend> firstOllama() const;
    std::shared_ptr<HttpBackend> firstAvailable() const;

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
    void tell(Backend& changed);
    void findFamilies();

    BackendSurroundings m_around;
    asio::thread_pool m_scanner{1};
    Listener m_listener;
    std::vector<std::shared_ptr<HttpBackend>> m_backends;
    std::unordered_map<BackendId, std::shared_ptr<Backend>> m_workers;
    BackendId m_nextId = 1;
    bool m_takesPooled = true;
    std::multimap<std::string, std::string, std::less<>> m_families; ///< names of models by their quantFamily
    bool m_familiesStale = true;
};

} // namespace drover
