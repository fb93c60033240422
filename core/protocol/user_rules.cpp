// SPDX-License-Identifier: MIT
#include "core/protocol/user_rules.h"

#include "core/protocol/model_name.h"
#include "core/protocol/refusal.h"
#include "core/protocol/rfc3339.h"
#include "core/protocol/wildcard.h"

#include <algorithm>
#include <cctype>

namespace drover {

namespace {

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](unsigned char letter) { return static_cast<char>(letter < 128 ? std::tolower(letter) : letter); });
    return lower;
}

/// As an argument of a shell, for names without quotes in them.
std::string argument(const std::string& name)
{
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char letter) {
        return letter < 128 && (std::isalnum(letter) || letter == '-' || letter == '_' || letter == '.');
    });
    return plain ? name : '"' + name + '"';
}

std::string howToChange(const std::string& user, std::string_view assignment)
{
    return " This rule was made by the person at this machine and is changed on the page Apps of Drover's window, or "
           "with: drover apps set "
        + argument(user) + " " + std::string(assignment);
}

std::uint64_t remainingOf(const TokenAllowance& allowance)
{
    return allowance.limit - std::min(allowance.limit, allowance.used);
}

/// `kind` is "tokens" or "requests".
std::string limitLines(const std::string& kind, const TokenAllowance& allowance, Dialect dialect)
{
    if (allowance.limit == 0)
        return {};
    const std::string limit = std::to_string(allowance.limit);
    const std::string remaining = std::to_string(remainingOf(allowance));
    std::string lines = "x-ratelimit-limit-" + kind + ": " + limit + "\r\nx-ratelimit-remaining-" + kind + ": "
        + remaining + "\r\nx-ratelimit-reset-" + kind + ": " + std::to_string(allowance.resetsIn) + "s\r\n";
    if (dialect == Dialect::Anthropic)
        lines += "anthropic-ratelimit-" + kind + "-limit: " + limit + "\r\nanthropic-ratelimit-" + kind + "-remaining: "
            + remaining + "\r\nanthropic-ratelimit-" + kind + "-reset: " + formatRfc3339(allowance.resetsAt) + "\r\n";
    return lines;
}

} // namespace

UserRules::UserRules(const std::vector<UserRule>& rules)
{
    for (const UserRule& rule : rules)
        m_rules.emplace(rule.name, rule);
}

const UserRule& UserRules::of(std::string_view user) const
{
    static const UserRule none;
    const auto found = m_rules.find(user);
    return found == m_rules.end() ? none : found->second;
}

bool allowsModel(const UserRule& rule, std::string_view model)
{
    return rule.models.empty() || std::any_of(rule.models.begin(), rule.models.end(), [model](const std::string& name) {
        return name.find('*') == name.npos ? normaliseModel(name) == model : matchesWildcard(model, lowerCase(name));
    });
}

Lane laneBy(const UserRule& rule, Lane asked)
{
    switch (rule.lane) {
    case LaneRule::Automatic:
        return asked;
    case LaneRule::Interactive:
        return Lane::Interactive;
    case LaneRule::Normal:
        return Lane::Normal;
    case LaneRule::Batch:
        return Lane::Batch;
    }
    return asked;
}

std::string ruleRefusalText(const UserRule& rule, const RuleRefusal& refusal)
{
    if (refusal.code == Errc::UserBlocked)
        return "Drover blocks " + refusal.user + "." + howToChange(refusal.user, "blocked=off");
    if (refusal.code == Errc::ModelNotAllowed) {
        std::string models;
        for (const std::string& name : rule.models)
            models += (models.empty() ? "" : ", ") + name;
        return "Drover lets " + refusal.user + " use only the models " + models + ", not " + refusal.model + "."
            + howToChange(refusal.user, "models=all");
    }
    return refusal.user + " has used " + std::to_string(refusal.tokensUsed) + " of the "
        + std::to_string(rule.tokensPerDay)
        + " tokens that Drover gives it for a day; there are more after midnight, in "
        + durationInWords(refusal.untilMidnight) + "." + howToChange(refusal.user, "cap=off");
}

TokenAllowance tokenAllowance(const RateAllowance& tokens, std::int64_t now)
{
    const std::int64_t resetsIn = std::chrono::ceil<std::chrono::seconds>(tokens.resetsIn).count();
    return {tokens.limit, tokens.limit - std::min(tokens.limit, tokens.remaining), now + resetsIn, resetsIn};
}

const TokenAllowance& tighter(const TokenAllowance& one, const TokenAllowance& other)
{
    if (one.limit == 0 || other.limit == 0)
        return one.limit == 0 ? other : one;
    return remainingOf(other) < remainingOf(one) ? other : one;
}

std::string requestLimitLines(const RateAllowance& requests, Dialect dialect, std::int64_t now)
{
    return limitLines("requests", tokenAllowance(requests, now), dialect);
}

std::string rateLimitLines(const TokenAllowance& allowance, Dialect dialect)
{
    return limitLines("tokens", allowance, dialect);
}

std::string rateLimitLines(const MinuteAllowance& left)
{
    return limitLines("requests", tokenAllowance(left.requests, 0), Dialect::OpenAi)
        + limitLines("tokens", tokenAllowance(left.tokens, 0), Dialect::OpenAi);
}

std::string rateRefusalText(std::string_view name, const MinuteAllowance& left, std::chrono::milliseconds retryAfter)
{
    std::string limits;
    if (left.requests.limit > 0)
        limits = std::to_string(left.requests.limit) + " requests";
    if (left.tokens.limit > 0)
        limits += (limits.empty() ? "" : " and ") + std::to_string(left.tokens.limit) + " tokens";
    return "The key " + std::string(name) + " may use " + limits + " a minute; try again in "
        + durationInWords(retryAfter) + ".";
}

} // namespace drover
