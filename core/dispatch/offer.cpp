// SPDX-License-Identifier: MIT
#include "core/dispatch/offer.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace drover {

namespace {

constexpr float kept = 0.875F; ///< of what was measured before, with each job
constexpr double stepsPerDoubling = 4;
constexpr double tokensMax = 1e8; ///< no figure is trusted beyond
constexpr double secondsMin = 1e-3;

} // namespace

void Speed::add(std::uint64_t outputTokens, std::chrono::nanoseconds ran)
{
    if (outputTokens == 0)
        return;
    const double seconds = std::max(secondsMin, std::chrono::duration<double>(ran).count());
    m_tokens = m_tokens * kept + static_cast<float>(std::min(tokensMax, static_cast<double>(outputTokens)));
    m_seconds = m_seconds * kept + static_cast<float>(seconds);
}

double Speed::tokensPerSecond() const
{
    return m_seconds > 0 ? static_cast<double>(m_tokens) / static_cast<double>(m_seconds) : 0;
}

std::int16_t Speed::step() const
{
    const double speed = tokensPerSecond();
    return speed > 0 ? static_cast<std::int16_t>(std::lround(stepsPerDoubling * std::log2(speed))) : unknown;
}

bool ByMerit::operator()(const Offer& a, const Offer& b) const
{
    return std::tie(b.loaded, b.freeSlots, b.speedStep, b.lastStart, a.id)
        < std::tie(a.loaded, a.freeSlots, a.speedStep, a.lastStart, b.id);
}

} // namespace drover
