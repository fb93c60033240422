// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/engine.h"

#include <QObject>

#include <mutex>
#include <optional>

namespace drover::app {

/// Brings the core's news to the GUI thread. The only place where the two threads meet.
///
/// Of snapshots that come faster than the GUI thread takes them, only the newest is kept. `changed` is emitted on
/// the GUI thread.
class EngineBridge : public QObject {
    Q_OBJECT

public:
    /// `engine` is borrowed and lives longer.
    explicit EngineBridge(drover::Engine& engine, QObject* parent = nullptr);

Q_SIGNALS:
    void changed(const drover::Snapshot& snapshot);

private:
    void take(const drover::Snapshot& snapshot);
    void deliver();

    std::mutex m_mutex; ///< guards m_pending, the one value that both threads touch
    std::optional<drover::Snapshot> m_pending;
    drover::Subscription m_subscription; ///< its destructor waits for a running call, so `this` stays valid in it
};

} // namespace drover::app
