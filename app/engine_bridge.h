// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/engine.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace drover::app {

/// Makes the engine that an EngineBridge runs. Tests give a fake one.
using EngineMaker = std::function<std::unique_ptr<drover::Engine>(drover::EngineHooks)>;

/// Runs an engine for the GUI thread and brings its news there. The only place where the two threads meet.
///
/// Of snapshots that come faster than the GUI thread takes them, only the newest is kept. Every signal is emitted on
/// the GUI thread. The destructor ends the engine at once.
class EngineBridge : public QObject {
    Q_OBJECT

public:
    EngineBridge(const EngineMaker& make, drover::Log log, QObject* parent = nullptr);
    ~EngineBridge() override;

    /// Starts the engine and listens to it. Call once; after a failure make another bridge.
    drover::Result<> start();

    drover::Engine& engine() { return *m_engine; }

    /// Lets the engine finish what it has, within `limit` (for ever when negative), then `drained` is emitted.
    void drain(std::chrono::milliseconds limit);

Q_SIGNALS:
    void changed(const drover::Snapshot& snapshot);
    void drained();
    /// Somebody with the control token asked for it.
    void shutdownAsked();
    void reloadAsked();

private:
    drover::EngineHooks hooks(drover::Log log);
    void take(const drover::Snapshot& snapshot);
    void deliver();

    std::mutex m_mutex; ///< guards m_pending, the one value that both threads touch
    std::optional<drover::Snapshot> m_pending;
    std::unique_ptr<drover::Engine> m_engine;
    drover::Subscription m_subscription; ///< its destructor waits for a running call, so `this` stays valid in it
};

} // namespace drover::app
