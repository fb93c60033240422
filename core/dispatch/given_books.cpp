// SPDX-License-Identifier: MIT
#include "core/dispatch/given_books.h"

namespace drover {

GivenSum givenBy(const FinishedJob& finished)
{
    const bool failed = finished.outcome == Outcome::Failed || finished.outcome == Outcome::Incomplete;
    return {.jobs = 1,
        .failed = failed ? std::uint64_t{1} : 0,
        .promptTokens = finished.job.promptTokens,
        .outputTokens = finished.job.outputTokens,
        .ran = finished.job.ran};
}

void GivenBooks::seed(const std::vector<GivenBefore>& before, int date)
{
    for (const GivenBefore& each : before)
        m_accounts[each.pool] = {.date = date, .today = each.today, .total = each.total};
}

void GivenBooks::add(const std::string& pool, const GivenSum& given, int date)
{
    Account& account = m_accounts[pool];
    if (account.date != date)
        account.today = {};
    account.date = date;
    account.today += given;
    account.total += given;
}

GivenSum GivenBooks::today(std::string_view pool, int date) const
{
    const auto found = m_accounts.find(pool);
    return found == m_accounts.end() || found->second.date != date ? GivenSum{} : found->second.today;
}

GivenSum GivenBooks::total(std::string_view pool) const
{
    const auto found = m_accounts.find(pool);
    return found == m_accounts.end() ? GivenSum{} : found->second.total;
}

} // namespace drover
