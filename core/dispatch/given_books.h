// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// What a job that a pool asked for, and that a backend was given, adds to the books.
GivenSum givenBy(const FinishedJob& finished);

/// What a pool was given before, as the ledger on disk tells it.
struct GivenBefore {
    std::string pool = {};
    GivenSum today = {};
    GivenSum total = {};
    bool operator==(const GivenBefore&) const = default;
};

/// What each pool was given today and ever. Survives a restart, since the engine fills it from the ledger at its start.
///
/// A job counts when it ends. A plain container without a clock: a day is LocalDay::date. Core thread.
class GivenBooks {
public:
    void seed(const std::vector<GivenBefore>& before, int date);
    void add(const std::string& pool, const GivenSum& given, int date);

    GivenSum today(std::string_view pool, int date) const; ///< nothing when the pool is not known
    GivenSum total(std::string_view pool) const;

private:
    struct Account {
        int date = 0; ///< of `today`
        GivenSum today = {};
        GivenSum total = {};
    };

    std::map<std::string, Account, std::less<>> m_accounts; ///< by pool; as many as there ever were
};

} // namespace drover
