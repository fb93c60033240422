// SPDX-License-Identifier: MIT
#include "core/dispatch/last_served.h"

#include <algorithm>
#include <limits>

namespace drover {

void LastServed::started(BackendEntry& backend, User& user)
{
    if (backend.lastUser != &user) {
        if (backend.lastUser && backend.running > 1)
            removeBusy(*backend.lastUser);
        unlink(backend);
        backend.lastUser = &user;
        backend.nextOfLast = user.lastOn;
        if (user.lastOn)
            user.lastOn->previousOfLast = &backend;
        user.lastOn = &backend;
        addBusy(user);
    } else if (backend.running == 1) {
        addBusy(user);
    }
}

void LastServed::ended(BackendEntry& backend)
{
    if (backend.lastUser && backend.running == 0)
        removeBusy(*backend.lastUser);
}

void LastServed::forget(User& user)
{
    while (BackendEntry* backend = user.lastOn) {
        backend->level = std::max(backend->level, user.counter);
        leave(*backend);
    }
}

void LastServed::leave(BackendEntry& backend)
{
    if (backend.lastUser && backend.running > 0)
        removeBusy(*backend.lastUser);
    unlink(backend);
}

void LastServed::reposition(User& user)
{
    if (user.servedPlace != nowhere)
        m_busy.moved(user);
}

double LastServed::leastCounter() const
{
    return m_busy.empty() ? std::numeric_limits<double>::infinity() : m_busy.top()->counter;
}

void LastServed::unlink(BackendEntry& backend)
{
    if (!backend.lastUser)
        return;
    (backend.previousOfLast ? backend.previousOfLast->nextOfLast : backend.lastUser->lastOn) = backend.nextOfLast;
    if (backend.nextOfLast)
        backend.nextOfLast->previousOfLast = backend.previousOfLast;
    backend.nextOfLast = backend.previousOfLast = nullptr;
    backend.lastUser = nullptr;
}

void LastServed::addBusy(User& user)
{
    if (user.lastOnBusy++ == 0)
        m_busy.insert(user);
}

void LastServed::removeBusy(User& user)
{
    if (--user.lastOnBusy == 0)
        m_busy.remove(user);
}

} // namespace drover
