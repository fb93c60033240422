// SPDX-License-Identifier: MIT
#include "app/log_collector.h"

#include <QMetaObject>

namespace drover::app {

void LogCollector::take(const drover::LogLine& line)
{
    const std::lock_guard lock(m_mutex);
    const bool deliveryIsUnderWay = !m_pending.empty();
    if (m_pending.size() == pendingMax)
        m_pending.erase(m_pending.begin(), m_pending.begin() + pendingMax / 2);
    m_pending.push_back(line);
    if (!deliveryIsUnderWay)
        QMetaObject::invokeMethod(this, &LogCollector::deliver, Qt::QueuedConnection);
}

void LogCollector::deliver()
{
    std::vector<drover::LogLine> lines;
    {
        const std::lock_guard lock(m_mutex);
        lines.swap(m_pending);
    }
    if (!lines.empty())
        Q_EMIT logged(lines);
}

} // namespace drover::app
