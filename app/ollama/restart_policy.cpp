// SPDX-License-Identifier: MIT
#include "app/ollama/restart_policy.h"

#include "core/api/reason.h"

#include <algorithm>

namespace drover::app {

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
            .reason = drover::give("ollama_ended_often",
                {std::to_string(m_recent.size() + 1),
                    std::to_string(std::chrono::ceil<std::chrono::minutes>(m_rules.window).count())})
                          .text};
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
