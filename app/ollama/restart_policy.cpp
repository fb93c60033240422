// SPDX-License-Identifier: MIT
#include "app/ollama/restart_policy.h"

#include <algorithm>

namespace drover::app {

namespace {

std::string timeText(std::chrono::milliseconds time)
{
    using namespace std::chrono;
    if (time >= 2min)
        return std::to_string(duration_cast<minutes>(time).count()) + " minutes";
    return std::to_string(duration_cast<seconds>(time).count()) + " seconds";
}

} // namespace

RestartPolicy::RestartPolicy(RestartRules rules)
    : m_rules(rules)
{
}

RestartDecision RestartPolicy::ended(TimePoint now)
{
    while (!m_recent.empty() && now - m_recent.front() >= m_rules.window)
        m_recent.pop_front();
    if (static_cast<int>(m_recent.size()) >= m_rules.restartsMax)
        return {.delay = {},
            .reason = "It ended " + std::to_string(m_recent.size() + 1) + " times within " + timeText(m_rules.window)
                + ", so it is not started again."};
    std::chrono::milliseconds delay = m_rules.delayFirst;
    for (std::size_t i = 0; i < m_recent.size() && delay < m_rules.delayMost; ++i)
        delay *= 2;
    m_recent.push_back(now);
    ++m_restarts;
    return {.delay = std::min(delay, m_rules.delayMost), .reason = {}};
}

void RestartPolicy::forget()
{
    m_recent.clear();
    m_restarts = 0;
}

} // namespace drover::app
