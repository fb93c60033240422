// SPDX-License-Identifier: MIT
#include "core/dispatch/guess_limits.h"

#include <algorithm>
#include <cmath>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::duration<double> perFailure = 60s / double(GuessLimits::failuresPerMinuteMax);

} // namespace

GuessLimits::GuessLimits(std::size_t most)
    : m_most(std::max<std::size_t>(most, 1))
{
}

double GuessLimits::budgetAt(TimePoint now) const
{
    const std::chrono::duration<double> elapsed = now > m_budgetAt ? now - m_budgetAt : 0s;
    return std::min<double>(failuresPerMinuteMax, m_budget + elapsed / perFailure);
}

std::chrono::milliseconds GuessLimits::waitOf(std::string_view network, TimePoint now) const
{
    const auto known = m_byName.find(network);
    auto wait = 0ms;
    if (known != m_byName.end() && known->second->waitsUntil > now)
        wait = std::min(waitMax, std::chrono::ceil<std::chrono::milliseconds>(known->second->waitsUntil - now));
    if (const double budget = budgetAt(now); budget < 1)
        wait = std::max(wait, std::chrono::ceil<std::chrono::milliseconds>((1 - budget) * perFailure));
    return wait;
}

bool GuessLimits::isTrusted(std::string_view network, TimePoint now) const
{
    const auto known = m_byName.find(network);
    return known != m_byName.end() && known->second->trustedUntil > now;
}

GuessLimits::Entry& GuessLimits::entryOf(std::string_view network, TimePoint now)
{
    if (const auto known = m_byName.find(network); known != m_byName.end()) {
        m_networks.splice(m_networks.begin(), m_networks, known->second);
        Entry& entry = m_networks.front();
        if (entry.failures > 0 && now - entry.lastFailure >= rememberedFor)
            entry.failures = 0;
        return entry;
    }
    if (m_networks.size() >= m_most) {
        m_byName.erase(m_networks.back().network);
        m_networks.pop_back();
    }
    m_networks.push_front({.network = std::string(network)});
    m_byName.emplace(m_networks.front().network, m_networks.begin());
    return m_networks.front();
}

GuessLimits::Failure GuessLimits::failed(std::string_view network, TimePoint now)
{
    m_budget = std::max(0.0, budgetAt(now) - 1);
    m_budgetAt = std::max(m_budgetAt, now);
    Entry& entry = entryOf(network, now);
    entry.lastFailure = std::max(entry.lastFailure, now);
    const int beyond = ++entry.failures - failuresFree;
    if (beyond <= 0)
        return {};
    const auto wait = std::min(waitMax, waitMin * (1 << std::min(beyond - 1, 10)));
    entry.waitsUntil = std::max(entry.waitsUntil, now + wait);
    return {wait, beyond == 1};
}

void GuessLimits::succeeded(std::string_view network, TimePoint now)
{
    entryOf(network, now).trustedUntil = now + trustedFor;
}

} // namespace drover
