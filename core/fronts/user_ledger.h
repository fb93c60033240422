// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"
#include "core/dispatch/job.h"

#include <list>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace drover {

/// Who asked so far and what they got. Remembers at most `usersMax` users: the one away longest is forgotten first.
/// Users with jobs are never forgotten. Core thread.
class UserLedger {
public:
    explicit UserLedger(std::size_t usersMax);

    void setUsersMax(std::size_t usersMax);
    void arrived(const std::string& user, IdentitySource source, TimePoint now);
    void started(const std::string& user);
    void handedBack(const std::string& user); ///< from running to waiting
    void left(const std::string& user, bool wasRunning);
    void finished(
        const std::string& user, std::uint64_t promptTokens, std::uint64_t outputTokens, double charge, TimePoint now);

    std::size_t size() const { return m_users.size(); }
    /// Those with jobs first, then the latest; at most `most`.
    std::vector<UserView> views(std::size_t most, const std::map<std::string, double>& weights, TimePoint now) const;

private:
    struct User {
        std::string name;
        IdentitySource source;
        std::uint32_t waiting = 0;
        std::uint32_t running = 0;
        std::uint64_t requests = 0;
        std::uint64_t promptTokens = 0;
        std::uint64_t outputTokens = 0;
        double recent = 0; ///< charged, halving every `recentHalf`
        TimePoint recentAt{};
        TimePoint lastSeen{};
    };
    static constexpr std::chrono::minutes recentHalf{5};

    User* find(std::string_view name);
    void forgetSome();
    static double recentAt(const User& user, TimePoint now);

    std::size_t m_usersMax;
    std::list<User> m_users; ///< the latest first
    std::unordered_map<std::string_view, std::list<User>::iterator> m_byName;
};

} // namespace drover
