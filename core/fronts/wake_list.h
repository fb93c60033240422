// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/job.h"
#include "core/net/asio.h"

#include <list>

namespace drover {

/// Coroutines that wait for news or a point in time, whichever comes first. Core thread.
///
/// Waking is not remembered: look whether there is news, then wait, with no other await between.
class WakeList {
public:
    /// One that waits. Lives in its coroutine, no longer than the list.
    class Waiter {
    public:
        Waiter(WakeList& list, asio::io_context& io)
            : m_list(list)
            , m_timer(io.get_executor())
            , m_place(list.m_waiters.insert(list.m_waiters.end(), this))
        {
        }
        ~Waiter() { m_list.m_waiters.erase(m_place); }
        Waiter(const Waiter&) = delete;
        Waiter& operator=(const Waiter&) = delete;

        Task<> until(TimePoint end)
        {
            m_timer.expires_at(end);
            co_await m_timer.async_wait(quiet);
        }
        void wake() { m_timer.cancel(); }

    private:
        WakeList& m_list;
        Timer m_timer;
        std::list<Waiter*>::iterator m_place;
    };

    void wakeAll()
    {
        for (Waiter* waiter : m_waiters) // each goes on later, from the event loop
            waiter->wake();
    }
    std::size_t size() const { return m_waiters.size(); }

private:
    std::list<Waiter*> m_waiters;
};

} // namespace drover
