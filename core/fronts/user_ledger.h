// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"
#include "core/dispatch/job.h"
#include "core/protocol/user_rules.h"

#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace drover {

/// Who asked so far and what they got. Remembers at most `usersMax` users: the one away longest is forgotten first.
/// Users with jobs are never forgotten, nor those whose tokens of today count. Core thread.
class UserLedger {
public:
    explicit UserLedger(std::size_t usersMax);

    /// How somebody was recognised who asks for something.
    struct Arrival {
        std::string user = {};
        IdentitySource source = IdentitySource::Address;
        Dialect dialect = Dialect::Ollama;
    };

    void setUsersMax(std::size_t usersMax);
    void setRules(UserRules rules) { m_rules = std::move(rules); }
    const UserRules& rules() const { return m_rules; }

    void arrived(const Arrival& arrival, TimePoint now);
    void turnedAway(const Arrival& arrival, TimePoint now); ///< refused before it became a job
    void started(const std::string& user);
    void handedBack(const std::string& user); ///< from running to waiting
    void left(const std::string& user, bool wasRunning);
    void refused(const std::string& user); ///< after `left`
    void finished(
        const std::string& user, std::uint64_t promptTokens, std::uint64_t outputTokens, double charge, TimePoint now);

    /// The tokens of all users begin from 0 when the day is another one.
    void setDay(int date);
    /// What a user had used of the day before this ledger knew it: adds it once to the day's count.
    void addTokensOfToday(const std::string& user, std::uint64_t tokens, TimePoint now);
    std::uint64_t tokensToday(std::string_view user) const; ///< of jobs that are over

    std::size_t size() const { return m_users.size(); }
    /// Those with jobs first, then the latest, then those of whom only a rule is known; at most `most`.
    std::vector<UserView> views(std::size_t most, TimePoint now) const;

private:
    struct User {
        std::string name;
        IdentitySource source = IdentitySource::Address;
        Dialect dialect = Dialect::Ollama;
        bool seen = false; ///< it asked for something since start
        std::uint32_t waiting = 0;
        std::uint32_t running = 0;
        std::uint64_t requests = 0;
        std::uint64_t promptTokens = 0;
        std::uint64_t outputTokens = 0;
        std::uint64_t refused = 0;
        std::uint64_t tokensToday = 0;
        double recent = 0; ///< charged, halving every `recentHalf`
        TimePoint recentAt{};
        TimePoint lastSeen{};
    };
    static constexpr std::chrono::minutes recentHalf{5};

    User* find(std::string_view name);
    User& open(const std::string& name); ///< it is the latest then
    User& note(const Arrival& arrival, TimePoint now);
    UserView viewOf(const User& user, double charged, TimePoint now) const;
    void forgetSome();
    static double recentAt(const User& user, TimePoint now);

    std::size_t m_usersMax;
    UserRules m_rules;
    int m_day = 0;
    std::list<User> m_users; ///< the latest first
    std::unordered_map<std::string_view, std::list<User>::iterator> m_byName;
};

} // namespace drover
