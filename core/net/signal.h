// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/asio.h"

#include <optional>
#include <utility>

namespace drover {

/// Lets one coroutine wait until something is told to it. Remembers one telling; costs no allocation and no timer.
///
/// `set` resumes the waiting coroutine before it returns, so call it last. Core thread. At most one waits at a time,
/// and it must have been told before this is destroyed.
class Signal {
public:
    bool isSet() const { return m_set; }

    void set()
    {
        m_set = true;
        if (m_waiting) {
            Handler waiting = std::move(*m_waiting);
            m_waiting.reset();
            std::move(waiting)();
        }
    }

    /// Forgets a telling that nobody waited for.
    void clear() { m_set = false; }

    /// Returns at once when it was told; takes the telling.
    Task<> wait()
    {
        if (!m_set) {
            co_await asio::async_initiate<const asio::use_awaitable_t<Executor>&, void()>(
                [this](auto handler) { m_waiting.emplace(std::move(handler)); }, throwing);
        }
        m_set = false;
    }

private:
    using Handler = asio::async_result<asio::use_awaitable_t<Executor>, void()>::handler_type;
    std::optional<Handler> m_waiting;
    bool m_set = false;
};

} // namespace drover
