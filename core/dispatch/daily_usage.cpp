// SPDX-License-Identifier: MIT
#include "core/dispatch/daily_usage.h"

#include <algorithm>

namespace drover {

namespace {

using Entry = std::pair<const std::string, UsageSum>;

bool usedMore(const Entry* a, const Entry* b)
{
    const auto weight = [](const UsageSum& usage) {
        return std::pair(usage.promptTokens + usage.outputTokens, usage.requests);
    };
    return weight(a->second) != weight(b->second) ? weight(a->second) > weight(b->second) : a->first < b->first;
}

} // namespace

DailyUsage::DailyUsage(std::size_t usersMax)
    : m_usersMax(std::max<std::size_t>(usersMax, 1))
{
}

void DailyUsage::beginDay(int date)
{
    m_date = date;
    m_all = {};
    m_users.clear();
}

void DailyUsage::add(const std::string& user, const UsageSum& usage)
{
    m_all += usage;
    if (m_users.size() >= m_usersMax && !m_users.contains(user))
        forgetSmallHalf();
    m_users[user] += usage;
}

UsageSum DailyUsage::of(std::string_view user) const
{
    const auto found = m_users.find(user);
    return found == m_users.end() ? UsageSum{} : found->second;
}

Today DailyUsage::view(std::size_t usersMost) const
{
    std::vector<const Entry*> entries;
    entries.reserve(m_users.size());
    for (const Entry& entry : m_users)
        entries.push_back(&entry);
    const auto shown = static_cast<std::ptrdiff_t>(std::min(usersMost, entries.size()));
    std::partial_sort(entries.begin(), entries.begin() + shown, entries.end(), usedMore);
    entries.resize(static_cast<std::size_t>(shown));
    Today today{.date = m_date, .all = m_all, .users = {}};
    today.users.reserve(entries.size());
    for (const Entry* entry : entries)
        today.users.push_back({entry->first, entry->second});
    return today;
}

void DailyUsage::forgetSmallHalf()
{
    const Today kept = view(m_usersMax / 2);
    m_users.clear();
    for (const UserToday& user : kept.users)
        m_users.emplace(user.name, user.usage);
}

} // namespace drover
