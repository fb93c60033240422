// SPDX-License-Identifier: MIT
#include "app/engine_bridge.h"

namespace drover::app {

EngineBridge::EngineBridge(drover::Engine& engine, QObject* parent)
    : QObject(parent)
    , m_subscription(engine.subscribe([this](const drover::Snapshot& snapshot) { take(snapshot); }))
{
}

void EngineBridge::take(const drover::Snapshot& snapshot)
{
    const std::lock_guard lock(m_mutex);
    const bool deliveryIsUnderWay = m_pending.has_value();
    m_pending = snapshot;
    if (!deliveryIsUnderWay)
        QMetaObject::invokeMethod(this, &EngineBridge::deliver, Qt::QueuedConnection);
}

void EngineBridge::deliver()
{
    std::optional<drover::Snapshot> newest;
    {
        const std::lock_guard lock(m_mutex);
        newest.swap(m_pending);
    }
    if (newest)
        Q_EMIT changed(*newest);
}

} // namespace drover::app
