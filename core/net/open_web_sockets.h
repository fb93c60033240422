// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <list>

namespace drover {

/// The WebSockets that connections of one server have become: counted, and ended with it. Core thread. Shared by the
/// server and each of them, whichever goes last.
class OpenWebSockets {
public:
    class Member {
    public:
        virtual ~Member() = default;
        /// Closes the socket; `remove` was called when it returns. Its owner is told later.
        virtual void endNow() = 0;
    };
    using Place = std::list<Member*>::iterator;

    Place add(Member& member) { return m_members.insert(m_members.end(), &member); }
    void remove(Place place) { m_members.erase(place); }
    std::size_t size() const { return m_members.size(); }

    void endAll()
    {
        while (!m_members.empty())
            m_members.front()->endNow();
    }

private:
    std::list<Member*> m_members;
};

} // namespace drover
