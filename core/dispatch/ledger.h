// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/dispatch/fair_queue.h"

#include <functional>
#include <string_view>
#include <unordered_map>

namespace drover {

/// The users and their counters: the Virtual Token Counter of Sheng et al., "Fairness in Serving Large Language
/// Models" (OSDI 2024).
///
/// Users who wait or run are kept; idle ones only while their counter is above the level at which anybody comes in, at
/// most `usersIdleMax` of them, those with the least counters dropped first: a user whose counter is at or below
/// that level would come in at the level anyway. Charges are whole tokens, milliseconds or jobs; a double counts these
/// exactly up to 2^53, which a machine does not reach in a thousand years.
class Ledger {
public:
    static constexpr std::size_t usersIdleMax = 10'000;

    /// `forgotten` is called for each user just before it goes.
    Ledger(UserPolicies policies, std::function<void(User&)> forgotten);

    /// The user of this name, made with counter 0 when it is not known. Call `settle` when done with it.
    User& open(std::string_view name);
    const User* find(std::string_view name) const;

    /// True when it has as many jobs running as it may.
    bool standsAside(std::string_view name) const;

    /// To be called when a user may have become idle: it is put aside.
    void settle(User& user);

    /// Forgets idle users whose counter is not above `level`.
    void forgetUpTo(double level);

    /// Adds `amount` divided by the user's weight; a negative one gives back. Never below 0.
    static void charge(User& user, double amount);

    /// Counters stay what they are; later charges count by the given weights.
    void setPolicies(UserPolicies policies);

    /// Starts all counters from 0 and forgets those who are idle.
    void reset();

    std::size_t size() const { return m_users.size(); }

    template <class Visit> void forEach(Visit visit)
    {
        for (auto& [name, user] : m_users)
            visit(user);
    }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    void forget(User& user);
    void obeyPolicy(User& user) const;

    UserPolicies m_policies;
    std::function<void(User&)> m_forgotten;
    std::unordered_map<std::string, User, Hash, std::equal_to<>> m_users;
    IndexedHeap<User, &User::idlePlace, ByCounter> m_idle;
};

} // namespace drover
