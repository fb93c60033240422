// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/engine.h"
#include "core/fronts/wake_list.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace drover {

/// A snapshot in the form in which clients get it.
class StatusPicture {
public:
    explicit StatusPicture(const Snapshot& snapshot);

    std::uint64_t sequence() const { return m_sequence; }
    std::string_view json() const;
    const std::string& event() const { return m_event; } ///< the same as a server-sent event

private:
    std::uint64_t m_sequence;
    std::size_t m_jsonBegin = 0;
    std::string m_event;
};

/// The newest picture, made once for all who ask for it. Core thread.
///
/// It watches the engine only while somebody waits, so that an unwatched engine need not make pictures.
class StatusFeed {
public:
    /// A picture older than `freshFor` is made again, though nothing but time has changed.
    StatusFeed(Engine& engine, std::chrono::milliseconds freshFor);

    using Picture = std::shared_ptr<const StatusPicture>; ///< shared: a slow reader holds its own while newer ones come

    /// The newest one, as the engine is at this moment; times in it are right to `freshFor`.
    Picture latest();

    /// One that waits for newer pictures. Lives no longer than the feed.
    class Watcher {
    public:
        Watcher(StatusFeed& feed, asio::io_context& io);
        ~Watcher();
        Watcher(const Watcher&) = delete;
        Watcher& operator=(const Watcher&) = delete;

        Picture newest() const { return m_feed.m_newest; } ///< as last told by the engine
        Task<> until(TimePoint end) { return m_waiter.until(end); } ///< or news, or `wake`
        void wake() { m_waiter.wake(); }

    private:
        StatusFeed& m_feed;
        WakeList::Waiter m_waiter;
    };

    std::size_t watchers() const { return m_waiting.size(); }

    /// Forgets the engine and wakes everyone who waits.
    void close();

private:
    void show(const Snapshot& snapshot);
    void make(const Snapshot& snapshot);

    Engine* m_engine;
    std::chrono::milliseconds m_freshFor;
    TimePoint m_madeAt{};
    Picture m_newest;
    WakeList m_waiting;
    Subscription m_subscription;
};

} // namespace drover
