// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/hosting.h"
#include "core/backends/backend_set.h"
#include "core/backends/worker.h"
#include "core/protocol/model_lists.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace drover {

/// Who a worker is by its key.
struct WorkerAdmission {
    std::string key = {}; ///< its name; empty with the shared key, or where none is needed
    std::int64_t number = 0; ///< of KeyRecord; 0 where `key` is empty
    std::vector<std::string> models = {}; ///< that it may offer, `*` is a wildcard; empty means all
};

/// The workers that joined the pool of this machine, from their connection to their end; each admitted one is a backend
/// of the set. Core thread.
class HostWorkers final : private WorkerOwner {
public:
    struct Surroundings {
        asio::io_context& io;
        BackendSet& backends;
        /// Nothing: it is refused. The key is a secret.
        std::function<std::optional<WorkerAdmission>(const Worker& worker, std::string_view key)> admits = {};
        std::function<void()> changed = {}; ///< a picture of them would look different
        std::function<void(const Worker&)> joined = {}; ///< it was admitted
        std::function<void(BackendId)> forgotten = {}; ///< it left, and is not among the views any more
        Log log = {};
    };

    explicit HostWorkers(Surroundings around);
    ~HostWorkers() override;

    /// For workers that join from now on, and limits at once.
    void setConfig(const HostingConfig& config);

    /// A worker has connected. `key` is the one of its handshake, or empty. Closed with 1013 when there are too many.
    void join(std::unique_ptr<WebSocket> socket, std::string address, std::string key);

    void tick(TimePoint now);
    void command(WorkerNumber worker, WorkerCommand command);
    /// Drops those whose key is not good any more.
    void dropKeys(const std::function<bool(std::int64_t keyNumber)>& isGood);
    void closeAll(); ///< with 1001

    bool has(BackendId worker) const { return m_workers.contains(worker); }
    /// A model (normalised) as that worker wrote it.
    std::string nameOf(BackendId worker, std::string_view model) const;

    std::size_t size() const { return m_workers.size(); }
    /// Connected ones by number, then those that left, the latest first; at most `most`.
    std::vector<WorkerView> views(TimePoint now, std::size_t most) const;
    std::uint32_t connected() const;
    int slots() const; ///< of those that are available

    /// Every model that an admitted worker has, each once, with the names of some that have it as its owners.
    const ModelList& models();
    static constexpr std::size_t ownersShownMax = 16;

private:
    void registered(Worker& worker) override;
    void changed(Worker& worker) override;
    void left(Worker& worker) override;

    void update(Worker& worker);
    void forgetSome();

    Surroundings m_around;
    HostingConfig m_config;
    PushedAnswer::Unread m_unread;
    struct Joined {
        std::shared_ptr<Worker> worker;
        std::string key = {}; ///< of the handshake, until it is admitted
        WorkerAdmission admission = {};
        bool isBackend = false;
    };
    std::map<BackendId, Joined> m_workers;
    std::vector<std::shared_ptr<Worker>> m_parting; ///< left, but not all was said
    std::deque<WorkerView> m_gone; ///< the latest first
    std::map<std::string, std::int64_t> m_firstSeen; ///< of the models that there are; seconds since 1970
    ModelList m_models{ModelListKind::OpenAi, {}};
    bool m_modelsStale = false;
};

} // namespace drover
