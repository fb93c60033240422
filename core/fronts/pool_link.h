// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/log.h"
#include "core/api/pool_link.h"
#include "core/fronts/wake_list.h"
#include "core/net/exchange.h"
#include "core/protocol/pool_worker.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

namespace drover {

class LinkExchange;

/// What the links need from around them.
struct LinkSurroundings {
    std::function<Task<>(Exchange&)> handler = {}; ///< takes a pool's request to the queue
    PoolSocketMaker makeSocket = {};
    std::function<void()> changed = {}; ///< a picture of the links would look different
    Log log = {};
};

/// One pool that this machine works for: does what its PoolWorker decides. Core thread.
///
/// Shared by the front that has it and by the requests under way, which may end after it.
class PoolLink : public std::enable_shared_from_this<PoolLink> {
public:
    PoolLink(asio::io_context& io, PoolConfig config, const LinkSurroundings& around);
    ~PoolLink();

    /// Once, before anything else.
    void begin();
    void offer(const PoolOffer& whole);
    void tick(TimePoint now);
    void drain();
    void undrain();
    /// Ends at once; nothing of it is told any more.
    void shut();
    /// After `drain`: it has said its goodbye, or never had to.
    bool gone() const;

    const PoolConfig& config() const { return m_config; }
    const std::string& name() const { return m_config.name; }
    PoolView view(TimePoint now) const;

    // For its exchanges.
    bool hasRoom() const { return m_given - m_sent < unsentBytesMax; }
    bool hasSomeRoom() const { return m_given - m_sent < 2 * unsentBytesMax; }
    Task<bool> waitForRoom(); ///< false when there was none for `roomTimeMax`
    void answerHead(std::uint64_t number, int status, const std::vector<std::pair<std::string, std::string>>& headers);
    void answerPiece(std::uint64_t number, std::string_view bytes);
    void handBack(std::uint64_t number, const std::string& reason);

    static constexpr std::uint64_t unsentBytesMax = 256 * 1024; ///< of messages that wait for the socket
    static constexpr std::uint64_t unsentBytesMost = 8u << 20; ///< more is a server that does not read
    static constexpr std::size_t unreadBytesMost = 2 * poolFrameBytesMax; ///< of its messages, not yet looked at
    static constexpr std::chrono::seconds roomTimeMax{60};
    static constexpr std::chrono::seconds farewellTimeMax{2};

private:
    /// Of the server's messages on their way from the link thread.
    struct Inbox {
        std::atomic<std::size_t> bytes = 0;
    };

    static void take(asio::io_context& io, const std::weak_ptr<PoolLink>& weak, const std::shared_ptr<Inbox>& inbox,
        std::uint64_t connection, const std::string& text);
    void told(const PoolSocketEvent& event);
    void perform(PoolActions actions);
    void perform(PoolAction& action);
    void sendSoon(std::string frame);
    void sendNow();
    void startWork(PoolWork work);
    Task<> serve(std::shared_ptr<LinkExchange> exchange);
    void note(PoolState before);
    double random() { return std::uniform_real_distribution<double>(0, 1)(m_random); }
    std::string freshId();

    asio::io_context& m_io;
    PoolConfig m_config;
    const LinkSurroundings& m_around; ///< the front's
    std::string m_shownUrl; ///< without anything that may be a secret
    PoolWorker m_worker;
    std::unique_ptr<PoolSocket> m_socket;
    std::uint64_t m_connection = 0;
    std::optional<std::uint64_t> m_parting; ///< the connection that is being closed
    TimePoint m_partingUntil{};
    std::shared_ptr<Inbox> m_inbox = std::make_shared<Inbox>(); ///< shared with what is on its way
    std::deque<PoolAction> m_toDo;
    std::vector<std::string> m_unhanded; ///< frames that the socket gets at the end of this turn
    bool m_performing = false;
    std::unordered_map<std::uint64_t, std::shared_ptr<LinkExchange>> m_exchanges;
    WakeList m_waitingForRoom;
    std::uint64_t m_given = 0; ///< bytes, on this connection
    std::uint64_t m_sent = 0;
    std::uint64_t m_jobs = 0;
    std::uint64_t m_failed = 0;
    PoolState m_loggedState = PoolState::Off;
    std::string m_loggedReason;
    std::mt19937_64 m_random{std::random_device{}()};
};

} // namespace drover
