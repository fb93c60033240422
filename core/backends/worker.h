// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/hosting.h"
#include "core/api/log.h"
#include "core/backends/backend.h"
#include "core/net/asio.h"
#include "core/net/pushed_answer.h"
#include "core/net/web_socket.h"
#include "core/protocol/worker_session.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace drover {

class Worker;

/// What a worker asks of the host that it joined. Core thread.
class WorkerOwner {
public:
    virtual ~WorkerOwner() = default;
    /// It has said who it is: `admit` or `refuse` it.
    virtual void registered(Worker& worker) = 0;
    virtual void changed(Worker& worker) = 0; ///< its models, slots or state are others; only once it is admitted
    virtual void left(Worker& worker) = 0; ///< its connection is gone; once, also when it was never admitted
};

/// A machine that joined the pool that this machine hosts: a backend that called us, over one WebSocket. Core thread;
/// shared by the host and the requests under way there.
class Worker final : public Backend, private WorkerSession::Port, public std::enable_shared_from_this<Worker> {
public:
    /// What it is given at its connection. `unread` and `owner` outlive it; the config is that of its time.
    struct Surroundings {
        asio::io_context& io;
        const HostingConfig& config;
        PushedAnswer::Unread& unread;
        WorkerOwner& owner;
        Log log;
    };

    Worker(const Surroundings& around, BackendId id, std::unique_ptr<WebSocket> socket, std::string address);
    ~Worker() override;

    void begin(); ///< once
    void tick(TimePoint now);

    /// `key` is the name of its key, or empty.
    void admit(std::string key, std::int64_t keyNumber);
    void refuse(std::string_view reason) { m_session.refuse(reason); }
    bool admitted() const { return m_session.admitted(); }
    const WorkerFacts& facts() const { return m_session.facts(); }
    std::int64_t keyNumber() const { return m_keyNumber; } ///< of KeyRecord; 0 with a shared key or none
    const std::string& address() const { return m_address; }

    void setDrained(bool drained);
    bool drained() const { return m_drained; }
    /// Ends what runs there and closes it; `left` is told before this returns.
    void remove(std::uint16_t code, std::string_view reason);
    /// After `left`: its goodbye was said, and nothing of the connection is there any more.
    bool parted() const { return m_parted; }

    WorkerState state() const;
    WorkerView view(TimePoint now) const;

    /// The models it serves, as it wrote them, cut to those its key allows.
    const std::vector<std::string>& models() const { return m_models; }
    void setModels(std::vector<std::string> models) { m_models = std::move(models); }

    BackendId id() const override { return m_id; }
    const std::string& name() const override { return m_name; }
    bool available() const override;
    BackendCapacity capacity() const override;
    bool lists(std::string_view model) const override;
    std::vector<std::string> modelNames() const override { return m_models; }
    Task<RelayEnd> answer(BackendRun& run) override;
    void succeeded() override { }
    void failed(const Error& error) override;
    void brokeOff(const Error& error) override;
    AfterLoss afterLoss() const override { return AfterLoss::Elsewhere; }

private:
    void send(std::string frame) override;
    void close(std::uint16_t code, std::string_view reason) override;
    void registered() override;
    void changed() override;
    void head(std::uint64_t number, int status, PushedAnswer::Fields fields) override;
    void piece(std::uint64_t number, std::string_view bytes) override;
    void ended(std::uint64_t number, std::optional<PoolFault> fault) override;

    void wake(std::uint64_t number);
    void gone();
    void give(std::uint64_t number, const Error& error);
    void count(const RelayEnd& end, TimePoint began);
    WorkerRequest requestOf(const BackendRun& run, std::uint64_t number) const;

    Surroundings m_around;
    BackendId m_id;
    std::string m_address;
    std::string m_name;
    std::string m_key;
    std::int64_t m_keyNumber = 0;
    std::vector<std::string> m_models;
    std::unique_ptr<WebSocket> m_socket;
    WorkerSession m_session;
    std::unordered_map<std::uint64_t, PushedAnswer*> m_answers; ///< each in the coroutine that runs it
    std::uint64_t m_lastRequest = 0;
    TimePoint m_now{}; ///< of the message that is being read
    TimePoint m_nextPing{};
    bool m_drained = false;
    bool m_gone = false; ///< nothing is asked or answered any more
    bool m_parted = false;

    std::uint64_t m_processed = 0;
    std::uint64_t m_failed = 0;
    std::uint64_t m_promptTokens = 0;
    std::uint64_t m_outputTokens = 0;
    std::chrono::nanoseconds m_ran{0};
    double m_tokensPerSecond = 0;
    std::int64_t m_connectedAt;
    std::string m_lastError;
};

} // namespace drover
