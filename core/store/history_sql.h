// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"

#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace drover::history {

/// A piece of SQL with its values in their order. What people wrote is only ever a value.
struct Sql {
    using Value = std::variant<std::int64_t, double, std::string>;

    std::string text = {};
    std::vector<Value> values = {};

    Sql& add(std::string_view piece);
    Sql& add(std::string_view piece, Value value); ///< `piece` has one `?`
    void bindTo(SQLite::Statement& statement) const;
};

/// "WHERE ..." for the filter; it always has one condition, so that " AND ..." may follow.
Sql whereOf(const HistoryFilter& filter);

/// The columns that `rowOf` reads.
extern const std::string_view rowColumns;
HistoryRow rowOf(SQLite::Statement& statement);

/// The five columns from `at` on: jobs, failed, prompt_tokens, output_tokens, ran_ms.
GivenSum givenOf(SQLite::Statement& statement, int at);

/// The whole SELECT of a query; without its limit when `limit` is 0.
Sql selectOf(const HistoryQuery& query, std::size_t limit);

/// The value of an enumeration by its name(); the first one for an unknown word.
template <class Enum> Enum wordOf(std::string_view word)
{
    for (int index = 0;; ++index) {
        const std::string_view known = name(static_cast<Enum>(index));
        if (known.empty())
            return Enum{};
        if (known == word)
            return static_cast<Enum>(index);
    }
}

} // namespace drover::history
