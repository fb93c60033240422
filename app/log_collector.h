// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/log.h"

#include <QObject>

#include <mutex>
#include <vector>

namespace drover::app {

/// Brings log lines from the core thread to the GUI thread, many at a time. Bounded: of lines that come faster than the
/// GUI thread takes them, the oldest are left out.
class LogCollector : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t pendingMax = 10'000;

    using QObject::QObject;

    /// On any thread.
    void take(const drover::LogLine& line);

Q_SIGNALS:
    /// On the thread of this object, in the order of the lines.
    void logged(const std::vector<drover::LogLine>& lines);

private:
    void deliver();

    std::mutex m_mutex; ///< guards m_pending, which both threads touch
    std::vector<drover::LogLine> m_pending;
};

} // namespace drover::app
