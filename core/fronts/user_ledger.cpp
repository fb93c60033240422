// SPDX-License-Identifier: MIT
#include "core/fronts/user_ledger.h"

#include <algorithm>
#include <cmath>

namespace drover {

UserLedger::UserLedger(std::size_t usersMax)
    : m_usersMax(usersMax)
{
}

void UserLedger::setUsersMax(std::size_t usersMax)
{
    m_usersMax = usersMax;
    forgetSome();
}

UserLedger::User* UserLedger::find(std::string_view name)
{
    const auto found = m_byName.find(name);
    return found == m_byName.end() ? nullptr : &*found->second;
}

void UserLedger::arrived(const std::string& user, IdentitySource source, TimePoint now)
{
    const auto found = m_byName.find(user);
    if (found == m_byName.end()) {
        m_users.push_front({user, source});
        m_byName.emplace(m_users.front().name, m_users.begin());
    } else {
        m_users.splice(m_users.begin(), m_users, found->second);
    }
    User& latest = m_users.front();
    latest.source = source;
    latest.lastSeen = now;
    ++latest.requests;
    ++latest.waiting;
    forgetSome();
}

void UserLedger::started(const std::string& user)
{
    if (User* known = find(user)) {
        --known->waiting;
        ++known->running;
    }
}

void UserLedger::handedBack(const std::string& user)
{
    if (User* known = find(user)) {
        ++known->waiting;
        --known->running;
    }
}

void UserLedger::left(const std::string& user, bool wasRunning)
{
    if (User* known = find(user))
        --(wasRunning ? known->running : known->waiting);
}

void UserLedger::finished(
    const std::string& user, std::uint64_t promptTokens, std::uint64_t outputTokens, double charge, TimePoint now)
{
    User* known = find(user);
    if (!known)
        return;
    known->promptTokens += promptTokens;
    known->outputTokens += outputTokens;
    known->recent = recentAt(*known, now) + charge;
    known->recentAt = now;
    known->lastSeen = now;
}

double UserLedger::recentAt(const User& user, TimePoint now)
{
    const std::chrono::duration<double> age = now - user.recentAt;
    return user.recent == 0 ? 0 : user.recent * std::exp2(-age / std::chrono::duration<double>(recentHalf));
}

/// Looks at a few of the oldest only, so that it costs the same with 10 users and with 100,000.
void UserLedger::forgetSome()
{
    auto oldest = m_users.end();
    for (int looks = 0; looks < 8 && m_users.size() > m_usersMax && oldest != m_users.begin(); ++looks) {
        --oldest;
        if (oldest->waiting == 0 && oldest->running == 0) {
            m_byName.erase(oldest->name);
            oldest = m_users.erase(oldest);
        }
    }
}

std::vector<UserView> UserLedger::views(
    std::size_t most, const std::map<std::string, double>& weights, TimePoint now) const
{
    double all = 0;
    std::vector<const User*> chosen;
    chosen.reserve(std::min(most * 2, m_users.size()));
    for (const User& user : m_users) {
        all += recentAt(user, now);
        if (user.waiting > 0 || user.running > 0 || chosen.size() < most)
            chosen.push_back(&user);
    }
    std::stable_sort(chosen.begin(), chosen.end(), [](const User* a, const User* b) {
        return std::pair(a->running > 0, a->waiting > 0) > std::pair(b->running > 0, b->waiting > 0);
    });
    chosen.resize(std::min(most, chosen.size()));
    std::vector<UserView> views;
    views.reserve(chosen.size());
    for (const User* user : chosen) {
        UserView view;
        view.name = user->name;
        view.source = user->source;
        const auto weight = weights.find(user->name);
        view.weight = weight == weights.end() ? 1 : weight->second;
        view.waiting = user->waiting;
        view.running = user->running;
        view.requests = user->requests;
        view.promptTokens = user->promptTokens;
        view.outputTokens = user->outputTokens;
        view.share = all > 0 ? recentAt(*user, now) / all : 0;
        view.lastSeen = std::chrono::duration_cast<std::chrono::milliseconds>(now - user->lastSeen);
        views.push_back(std::move(view));
    }
    return views;
}

} // namespace drover
