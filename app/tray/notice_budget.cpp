// SPDX-License-Identifier: MIT
#include "app/tray/notice_budget.h"

#include <algorithm>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr auto window = 1h;

} // namespace

NoticeBudget::NoticeBudget(std::chrono::milliseconds gatherTime)
    : m_gatherTime(gatherTime)
{
}

void NoticeBudget::add(NoticeKind kind, const QString& subject, TimePoint now)
{
    const auto [entry, isFirst] = m_pending.try_emplace(kind, Pending{.since = now});
    auto& subjects = entry->second.subjects;
    if (subject.isEmpty())
        return;
    subjects.removeAll(subject);
    if (subjects.size() < subjectsMax)
        subjects << subject;
}

void NoticeBudget::forget(TimePoint now)
{
    while (!m_shown.empty() && now - m_shown.front() >= window)
        m_shown.pop_front();
    std::erase_if(m_pending, [now](const auto& each) { return now - each.second.since > window; });
}

std::optional<Notice> NoticeBudget::take(TimePoint now)
{
    forget(now);
    if (m_shown.size() >= perHourMax)
        return {};
    const auto ripe = std::find_if(
        m_pending.begin(), m_pending.end(), [&](const auto& each) { return now - each.second.since >= m_gatherTime; });
    if (ripe == m_pending.end())
        return {};
    auto notice = noticeOf(ripe->first, ripe->second.subjects);
    m_pending.erase(ripe);
    m_shown.push_back(now);
    return notice;
}

std::optional<NoticeBudget::TimePoint> NoticeBudget::nextAt() const
{
    std::optional<TimePoint> next;
    for (const auto& [kind, pending] : m_pending)
        next = std::min(next.value_or(TimePoint::max()), pending.since + m_gatherTime);
    if (next && m_shown.size() >= perHourMax)
        next = std::max(*next, m_shown.front() + window);
    return next;
}

} // namespace drover::app
