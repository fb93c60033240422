// SPDX-License-Identifier: MIT
#include "core/dispatch/ledger.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace drover {

Ledger::Ledger(UserPolicies policies, std::function<void(User&)> forgotten)
    : m_policies(std::move(policies))
    , m_forgotten(std::move(forgotten))
{
}

User& Ledger::open(std::string_view name)
{
    auto place = m_users.find(name);
    if (place == m_users.end()) {
        place = m_users.try_emplace(std::string(name)).first;
        place->second.name = &place->first;
        obeyPolicy(place->second);
    }
    User& user = place->second;
    if (user.idlePlace != nowhere)
        m_idle.remove(user);
    return user;
}

const User* Ledger::find(std::string_view name) const
{
    const auto place = m_users.find(name);
    return place == m_users.end() ? nullptr : &place->second;
}

bool Ledger::standsAside(std::string_view name) const
{
    const User* known = find(name);
    return known && known->aside;
}

void Ledger::settle(User& user)
{
    if (user.waiting > 0 || user.running > 0 || user.idlePlace != nowhere)
        return;
    m_idle.insert(user);
    if (m_idle.size() > usersIdleMax)
        forget(*m_idle.top());
}

void Ledger::forgetUpTo(double level)
{
    while (!m_idle.empty() && m_idle.top()->counter <= level)
        forget(*m_idle.top());
}

void Ledger::charge(User& user, double amount)
{
    user.counter = std::max(0.0, user.counter + amount / user.weight);
}

void Ledger::setPolicies(UserPolicies policies)
{
    m_policies = std::move(policies);
    forEach([this](User& user) { obeyPolicy(user); });
}

void Ledger::reset()
{
    forgetUpTo(std::numeric_limits<double>::infinity());
    forEach([](User& user) {
        user.counter = 0;
        user.lastStart = 0;
    });
}

void Ledger::forget(User& user)
{
    m_forgotten(user);
    m_idle.remove(user);
    m_users.erase(m_users.find(*user.name));
}

void Ledger::obeyPolicy(User& user) const
{
    const auto place = m_policies.find(*user.name);
    const UserPolicy policy = place == m_policies.end() ? UserPolicy{} : place->second;
    user.weight = policy.weight > 0 ? std::clamp(policy.weight, 0.01, 100.0) : 1;
    user.runningMax = policy.runningMax;
}

} // namespace drover
