// SPDX-License-Identifier: MIT
#include "core/dispatch/key_limits.h"

#include <algorithm>
#include <cmath>

namespace drover {

using namespace std::chrono_literals;

void KeyLimits::Bucket::setLimit(double perMinute)
{
    if (limit == perMinute)
        return;
    level = limit == 0 ? perMinute : std::min(level, perMinute);
    limit = perMinute;
}

void KeyLimits::Bucket::fill(std::chrono::duration<double> elapsed)
{
    level = std::min(limit, level + limit * (elapsed / 60s));
}

std::chrono::milliseconds KeyLimits::Bucket::until(double wanted) const
{
    if (limit == 0 || level >= wanted)
        return 0ms;
    return std::max(1ms, std::chrono::milliseconds(std::llround(std::ceil((wanted - level) / limit * 60'000))));
}

RateAllowance KeyLimits::Bucket::left() const
{
    return {
        static_cast<std::uint64_t>(limit), static_cast<std::uint64_t>(std::max(0.0, std::floor(level))), until(limit)};
}

void KeyLimits::Entry::at(const Rates& rates, TimePoint now)
{
    if (now > seen) {
        requests.fill(now - seen);
        tokens.fill(now - seen);
        seen = now;
    }
    requests.setLimit(rates.requests);
    tokens.setLimit(static_cast<double>(rates.tokens));
}

KeyLimits::KeyLimits(std::size_t most)
    : m_most(std::max<std::size_t>(most, 1))
{
}

KeyLimits::Entry& KeyLimits::entryOf(std::int64_t key, TimePoint now)
{
    if (const auto known = m_keys.find(key); known != m_keys.end())
        return known->second;
    if (m_keys.size() >= m_most)
        m_keys.erase(std::min_element(m_keys.begin(), m_keys.end(),
            [](const auto& one, const auto& other) { return one.second.seen < other.second.seen; }));
    Entry& entry = m_keys[key];
    entry.seen = now;
    return entry;
}

KeyLimits::Verdict KeyLimits::admit(std::int64_t key, const Rates& rates, std::uint64_t tokens, TimePoint now)
{
    if (rates.requests == 0 && rates.tokens == 0)
        return {};
    Entry& entry = entryOf(key, now);
    entry.at(rates, now);
    const auto forRequest = entry.requests.until(1);
    const auto forTokens = entry.tokens.until(std::min(static_cast<double>(tokens), entry.tokens.limit));
    if (forRequest > 0ms || forTokens > 0ms)
        return {forRequest >= forTokens ? Hit::Requests : Hit::Tokens, std::max(forRequest, forTokens)};
    entry.requests.level -= 1;
    entry.tokens.level -= static_cast<double>(tokens);
    return {};
}

void KeyLimits::correct(std::int64_t key, std::uint64_t estimated, std::uint64_t actual, TimePoint now)
{
    const auto known = m_keys.find(key);
    if (known == m_keys.end() || known->second.tokens.limit == 0)
        return;
    Entry& entry = known->second;
    entry.at({static_cast<std::uint32_t>(entry.requests.limit), static_cast<std::uint64_t>(entry.tokens.limit)}, now);
    Bucket& bucket = entry.tokens;
    bucket.level = std::clamp(bucket.level + static_cast<double>(estimated) - static_cast<double>(actual),
        -bucket.limit * owedMinutesMax, bucket.limit);
}

MinuteAllowance KeyLimits::left(std::int64_t key, const Rates& rates, TimePoint now) const
{
    const auto known = m_keys.find(key);
    Entry entry = known == m_keys.end() ? Entry{} : known->second;
    entry.at(rates, now);
    return {entry.requests.left(), entry.tokens.left()};
}

} // namespace drover
