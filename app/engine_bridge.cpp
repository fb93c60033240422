// SPDX-License-Identifier: MIT
#include "app/engine_bridge.h"

#include <utility>

namespace drover::app {

EngineBridge::EngineBridge(const EngineMaker& make, drover::Log log, QObject* parent)
    : QObject(parent)
    , m_engine(make(hooks(std::move(log))))
{
}

EngineBridge::~EngineBridge() = default;

drover::Result<> EngineBridge::start()
{
    auto started = m_engine->start();
    if (started)
        m_subscription = m_engine->subscribe([this](const drover::Snapshot& snapshot) { take(snapshot); });
    return started;
}

void EngineBridge::drain(std::chrono::milliseconds limit)
{
    m_engine->drain(limit, [this] { QMetaObject::invokeMethod(this, &EngineBridge::drained, Qt::QueuedConnection); });
}

drover::EngineHooks EngineBridge::hooks(drover::Log log)
{
    return {.log = std::move(log),
        .shutdownRequested =
            [this] { QMetaObject::invokeMethod(this, &EngineBridge::shutdownAsked, Qt::QueuedConnection); },
        .reloadRequested =
            [this] { QMetaObject::invokeMethod(this, &EngineBridge::reloadAsked, Qt::QueuedConnection); }};
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
