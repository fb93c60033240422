// SPDX-License-Identifier: MIT
#include "app/ollama/sleep_watch.h"

#include <utility>

namespace drover::app {

SleepWatch::SleepWatch(std::chrono::milliseconds pauseMax)
    : m_pauseMax(pauseMax)
{
}

bool SleepWatch::sleptUntil(const Moment& now)
{
    const std::optional<Moment> last = std::exchange(m_last, now);
    return last && (now.wall - last->wall > m_pauseMax || now.monotonic - last->monotonic > m_pauseMax);
}

} // namespace drover::app
