// SPDX-License-Identifier: MIT
#include "core/fronts/user_ledger.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

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

UserLedger::User& UserLedger::open(const std::string& name)
{
    const auto found = m_byName.find(name);
    if (found == m_byName.end()) {
        m_users.push_front({.name = name});
        m_byName.emplace(m_users.front().name, m_users.begin());
    } else {
        m_users.splice(m_users.begin(), m_users, found->second);
    }
    return m_users.front();
}

UserLedger::User& UserLedger::note(const Arrival& arrival, TimePoint now)
{
    User& user = open(arrival.user);
    user.source = arrival.source;
    user.dialect = arrival.dialect;
    user.seen = true;
    user.lastSeen = now;
    ++user.requests;
    return user;
}

void UserLedger::arrived(const Arrival& arrival, TimePoint now)
{
    ++note(arrival, now).waiting;
    forgetSome();
}

void UserLedger::turnedAway(const Arrival& arrival, TimePoint now)
{
    ++note(arrival, now).refused;
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

void UserLedger::refused(const std::string& user)
{
    if (User* known = find(user))
        ++known->refused;
}

void UserLedger::finished(
    const std::string& user, std::uint64_t promptTokens, std::uint64_t outputTokens, double charge, TimePoint now)
{
    User* known = find(user);
    if (!known)
        return;
    known->promptTokens += promptTokens;
    known->outputTokens += outputTokens;
    known->tokensToday += promptTokens + outputTokens;
    known->recent = recentAt(*known, now) + charge;
    known->recentAt = now;
    known->lastSeen = now;
}

void UserLedger::setDay(int date)
{
    if (std::exchange(m_day, date) == date)
        return;
    for (User& user : m_users)
        user.tokensToday = 0;
}

void UserLedger::addTokensOfToday(const std::string& user, std::uint64_t tokens, TimePoint now)
{
    User& known = open(user);
    known.tokensToday += tokens;
    if (!known.seen)
        known.lastSeen = now;
    forgetSome();
}

std::uint64_t UserLedger::tokensToday(std::string_view user) const
{
    const auto found = m_byName.find(user);
    return found == m_byName.end() ? 0 : found->second->tokensToday;
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
        const bool counts = oldest->tokensToday > 0 && m_rules.of(oldest->name).tokensPerDay > 0;
        if (oldest->waiting == 0 && oldest->running == 0 && !counts) {
            m_byName.erase(oldest->name);
            oldest = m_users.erase(oldest);
        }
    }
}

UserView UserLedger::viewOf(const User& user, double charged, TimePoint now) const
{
    UserView view;
    view.name = user.name;
    view.source = user.source;
    view.dialect = user.dialect;
    view.rule = m_rules.of(user.name);
    view.waiting = user.waiting;
    view.running = user.running;
    view.requests = user.requests;
    view.refused = user.refused;
    view.promptTokens = user.promptTokens;
    view.outputTokens = user.outputTokens;
    view.tokensToday = user.tokensToday;
    view.share = charged > 0 ? recentAt(user, now) / charged : 0;
    view.lastSeen =
        user.seen ? std::chrono::duration_cast<std::chrono::milliseconds>(now - user.lastSeen) : UserView::neverSeen;
    return view;
}

std::vector<UserView> UserLedger::views(std::size_t most, TimePoint now) const
{
    double charged = 0;
    std::vector<const User*> chosen;
    chosen.reserve(std::min(most * 2, m_users.size()));
    for (const User& user : m_users) {
        charged += recentAt(user, now);
        if (user.waiting > 0 || user.running > 0 || chosen.size() < most)
            chosen.push_back(&user);
    }
    std::stable_sort(chosen.begin(), chosen.end(), [](const User* a, const User* b) {
        return std::tuple(a->running > 0, a->waiting > 0, a->seen)
            > std::tuple(b->running > 0, b->waiting > 0, b->seen);
    });
    chosen.resize(std::min(most, chosen.size()));
    std::vector<UserView> views;
    views.reserve(chosen.size());
    for (const User* user : chosen)
        views.push_back(viewOf(*user, charged, now));
    for (const auto& [name, rule] : m_rules.all())
        if (views.size() < most && !m_byName.contains(name))
            views.push_back({.name = name, .rule = rule, .lastSeen = UserView::neverSeen});
    return views;
}

} // namespace drover
