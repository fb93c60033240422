// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/fair_queue.h"

namespace drover {

/// Whose job each backend started last: where nobody waits, that user's counter is the level at which others come in.
///
/// Users and backends are borrowed, and linked with each other by their own members, so that all costs O(log users).
class LastServed {
public:
    /// A job of the user has taken a slot there.
    void started(BackendEntry& backend, User& user);
    /// A job has freed its slot there.
    void ended(BackendEntry& backend);

    /// The user is about to go: its counter stays as a level at its backends. O(those).
    void forget(User& user);
    /// The backend is about to go.
    void leave(BackendEntry& backend);

    /// Call after a user's counter has changed.
    void reposition(User& user);

    /// Least counter of those who were last served by backends with running jobs; infinity when there are none.
    double leastCounter() const;

private:
    void unlink(BackendEntry& backend);
    void addBusy(User& user);
    void removeBusy(User& user);

    IndexedHeap<User, &User::servedPlace, ByCounter> m_busy;
};

} // namespace drover
