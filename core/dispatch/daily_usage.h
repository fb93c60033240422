// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace drover {

/// What each user got since midnight. Survives a restart, since the engine fills it from the history at its start.
///
/// A job counts when it ends. `JobRunner::today().of(user)` tells it on the core thread.
///
/// Remembers at most `usersMax` users: when there are more, the half that used least is forgotten (they still count in
/// `all`). A plain container without a clock. Core thread.
class DailyUsage {
public:
    explicit DailyUsage(std::size_t usersMax);

    /// Forgets everything: a day begins. `date` is LocalDay::date.
    void beginDay(int date);

    void add(const std::string& user, const UsageSum& usage);

    UsageSum of(std::string_view user) const; ///< nothing used when the user is not known
    const UsageSum& all() const { return m_all; }

    /// Everything, with the users who used most tokens first; at most `usersMost` of them.
    Today view(std::size_t usersMost) const;

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    void forgetSmallHalf();

    std::size_t m_usersMax;
    int m_date = 0;
    UsageSum m_all = {};
    std::unordered_map<std::string, UsageSum, Hash, std::equal_to<>> m_users;
};

} // namespace drover
