// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/error.h"
#include "core/api/log.h"
#include "core/api/snapshot.h"
#include "core/backends/backend.h"
#include "core/dispatch/job.h"
#include "core/net/backend_connection.h"
#include "core/net/signal.h"
#include "core/protocol/model_lists.h"

#include <boost/asio/thread_pool.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace drover {

/// A whole answer of a backend to a small question of ours.
struct FetchedAnswer {
    int status = 0;
    std::string contentType = {};
    std::string body = {};
};

/// What every backend shares.
struct BackendSurroundings {
    asio::io_context& io;
    asio::thread_pool& scanner; ///< for what blocks: reading the process table
    std::shared_ptr<ConnectionSweep> sweep;
    Log log;
};

/// Something that answers: its address, its idle connections, what it can do, and whether it can be trusted at the
/// moment.
///
/// Trust is a circuit breaker: `failuresMax` failures in a row and it rests for `restFirst`, twice as long each time up
/// to `restLongest`; then it is tried again. A client that hangs up is never a failure. Core thread; shared by the
/// requests under way there, which may outlive its place in the settings.
class HttpBackend final : public Backend, public std::enable_shared_from_this<HttpBackend> {
public:
    using Changed = std::function<void(HttpBackend&)>;

    /// `changed` is called when the state, the slots or the models became others.
    HttpBackend(
        BackendSurroundings around, BackendId id, BackendConfig config, BackendAddress address, Changed changed);

    BackendId id() const override { return m_id; }
    const std::string& name() const override { return m_config.name; }
    const BackendConfig& config() const { return m_config; }
    const BackendAddress& address() const { return m_address; }
    bool available() const override { return m_state == BackendState::Ready; }
    BackendState state() const { return m_state; }

    enum class Reuse { Allowed, Never };

    /// An idle connection that is likely to be alive; null when there is none.
    std::unique_ptr<BackendConnection> takeIdle();

    /// An idle connection where that is allowed and there is one, else a fresh one. Fails with BackendUnreachable.
    Task<Result<std::unique_ptr<BackendConnection>>> connect(Reuse reuse);
    void giveBack(std::unique_ptr<BackendConnection> connection);

    /// One small request, on a connection as above. Fails like `connect`, or with BackendFailed or BackendTimeout.
    Task<Result<FetchedAnswer>> fetch(std::string_view method, std::string_view target, std::string_view body = {});

    /// A connection that was kept and turns out dead is replaced once.
    Task<RelayEnd> answer(BackendRun& run) override;

    /// The request line and fields as this backend gets them: everything of the client's but what concerns its
    /// connection to us, its web page, or a key of ours.
    std::string requestHead(const RequestHead& request, std::string_view target, BackendRun::ClientKey clientKey,
        std::optional<std::size_t> bodyBytes) const;

    void succeeded() override;
    /// It gave no answer: too many of these in a row, and it rests.
    void failed(const Error& error) override;
    /// Its answer broke off: it is asked at once whether it is there.
    void brokeOff(const Error& error) override;
    AfterLoss afterLoss() const override { return AfterLoss::Wait; }

    /// Its models were changed: its list is asked for at once, and before a model is called unknown.
    void modelsChanged();

    /// Has an Ollama unload the models in its memory, each as soon as it answers nothing with it; others keep theirs.
    /// (`keep_alive` of 0: docs/api.md of Ollama, "Unload a model".)
    Task<> freeMemory();

    /// Asks it what it is and has, when `force` or when that is due. Several callers at once share one probe.
    Task<> probe(bool force);

    /// Takes jobs for a model that its list does not have; false when it has too many of those.
    bool alsoServe(const std::string& model);
    static constexpr std::size_t unlistedMax = 256;

    BackendCapacity capacity() const override;
    BackendView view(TimePoint now) const;
    const ModelList& models() const { return m_models; }
    bool lists(
        std::string_view model) const override; ///< it has this model (normalised), or had it when it was last here
    std::vector<std::string> modelNames() const override;
    TimePoint probedAt() const { return m_probedAt; }

    /// Whether the clients of the pool that this machine hosts are answered too.
    void setTakesPooled(bool takes);

    /// Slots to use when the settings of this backend name none; 0 is automatic.
    void setConcurrency(int concurrency);
    /// Drover started it for so many jobs at once; counts where the processes do not tell. 0 when it did not.
    void startedWith(int slots) { m_startedWith = slots; }
    /// Probes for as long as it is in the settings; spawn once.
    Task<> watch();
    void retire(); ///< out of the settings: no probes and no idle connections any more

    static constexpr std::chrono::milliseconds connectTimeMax{3'000};
    static constexpr std::chrono::milliseconds fetchTimeMax{5'000};
    static constexpr std::size_t fetchedBytesMax = 16u << 20;
    static constexpr std::size_t idleConnectionsMax = 64;
    static constexpr std::chrono::milliseconds trustedIdle{
        1'000}; ///< one used so lately is not looked at before its next use
    static constexpr int failuresMax = 3;
    static constexpr std::chrono::milliseconds restFirst{2'000};
    static constexpr std::chrono::milliseconds restLongest{60'000};

private:
    Task<Result<>> askOllama();
    Task<Result<>> askOpenAi();
    Task<> findSlots();
    std::string downText(const Error& error) const;
    void setState(BackendState state, std::string reason);
    void setSlots(int slots, std::string reason);
    std::chrono::milliseconds untilProbe() const;

    BackendSurroundings m_around;
    BackendId m_id;
    BackendConfig m_config;
    BackendAddress m_address;
    std::shared_ptr<TlsContext> m_tls;
    Changed m_changed;
    std::vector<std::unique_ptr<BackendConnection>> m_idle;
    Timer m_wake; ///< of the next probe; cancelled to probe at once

    BackendState m_state = BackendState::Unknown;
    std::string m_reason;
    std::string m_version;
    ModelList m_models;
    std::vector<std::string> m_loaded; ///< normalised names, sorted
    ModelList m_memory{ModelListKind::Loaded, {}}; ///< the same as it told them
    std::vector<std::string> m_unlisted; ///< models it judges itself
    int m_slots = 1;
    std::string m_slotsReason;
    int m_concurrency = 0;
    int m_startedWith = 0;
    int m_failures = 0; ///< in a row
    int m_rests = 0; ///< in a row
    int m_failedProbes = 0;
    TimePoint m_restsUntil{};
    TimePoint m_probedAt{};
    TimePoint m_listedAt{};
    bool m_probing = false;
    bool m_retired = false;
    bool m_takesPooled = true;
    bool m_usedSinceProbe = true;
    std::vector<std::shared_ptr<Signal>> m_probeWaiters;
};

} // namespace drover
