// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/error.h"
#include "core/api/rate_allowance.h"
#include "core/api/snapshot.h"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// The rules of users by name. A value.
class UserRules {
public:
    UserRules() = default;
    /// Of several rules for one user the first counts.
    explicit UserRules(const std::vector<UserRule>& rules);

    /// The rule of a user; one without a name and with the defaults for everybody who has none.
    const UserRule& of(std::string_view user) const;

    const std::map<std::string, UserRule, std::less<>>& all() const { return m_rules; }

private:
    std::map<std::string, UserRule, std::less<>> m_rules;
};

/// Whether a rule lets its user have a model. `model` is normalised; the rule's names may have a `*` and are otherwise
/// normalised like it, so "llama3.2" is "llama3.2:latest".
bool allowsModel(const UserRule& rule, std::string_view model);

/// The lane of a job for which `asked` was found.
Lane laneBy(const UserRule& rule, Lane asked);

/// What a refusal by a rule is about.
struct RuleRefusal {
    Errc code = Errc::UserBlocked; ///< or ModelNotAllowed, DailyTokensUsed
    std::string user = {};
    std::string model = {}; ///< as the client wrote it
    std::uint64_t tokensUsed = 0; ///< today
    std::chrono::milliseconds untilMidnight{0};
};

/// Sentences for people: who made the rule, what it says, how it is changed.
std::string ruleRefusalText(const UserRule& rule, const RuleRefusal& refusal);

/// What is left of a user's tokens for today.
struct TokenAllowance {
    std::uint64_t limit = 0; ///< 0: none, nothing is told
    std::uint64_t used = 0;
    std::int64_t resetsAt = 0; ///< seconds since 1970
    std::int64_t resetsIn = 0; ///< seconds
};

/// Tokens per minute in the form of those per day, at `now` in seconds since 1970.
TokenAllowance tokenAllowance(const RateAllowance& tokens, std::int64_t now);

/// The one with fewer tokens left, which is the one to tell; one without a limit only when both are.
const TokenAllowance& tighter(const TokenAllowance& one, const TokenAllowance& other);

/// The same as the next, of requests ("x-ratelimit-limit-requests: ...").
std::string requestLimitLines(const RateAllowance& requests, Dialect dialect, std::int64_t now);

/// Both limits per minute, for clients of OpenAI's API.
std::string rateLimitLines(const MinuteAllowance& left);

/// A sentence for who must wait because the key called `name` has used what it may in a minute.
std::string rateRefusalText(std::string_view name, const MinuteAllowance& left, std::chrono::milliseconds retryAfter);

/// Header lines as OpenAI's API has them ("x-ratelimit-limit-tokens: ..."), for Anthropic's clients also theirs. Empty
/// when there is no limit.
std::string rateLimitLines(const TokenAllowance& allowance, Dialect dialect);

} // namespace drover
