// SPDX-License-Identifier: MIT
#include "core/dispatch/ledger.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace drover {

Ledger::Ledger(std::map<std::string, double> weights, std::function<void(const User&)> forgotten)
    : m_weights(std::move(weights))
    , m_forgotten(std::move(forgotten))
{
}

User& Ledger::open(std::string_view name)
{
    auto place = m_users.find(name);
    if (place == m_users.end()) {
        place = m_users.try_emplace(std::string(name)).first;
        place->second.name = &place->first;
        place->second.weight = weightOf(place->first);
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

void Ledger::setWeights(std::map<std::string, double> weights)
{
    m_weights = std::move(weights);
    forEach([this](User& user) { user.weight = weightOf(*user.name); });
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

double Ledger::weightOf(const std::string& name) const
{
    const auto place = m_weights.find(name);
    if (place == m_weights.end() || !(place->second > 0))
        return 1;
    return std::clamp(place->second, 0.01, 100.0);
}

} // namespace drover
