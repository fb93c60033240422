// SPDX-License-Identifier: MIT
#include "app/apps/first_request.h"

#include <algorithm>
#include <utility>

namespace drover::app {

namespace {

/// The model of the user's latest job that is still shown.
std::string modelOf(const drover::Snapshot& snapshot, const std::string& user)
{
    const drover::JobView* latest = nullptr;
    const auto look = [&](const drover::JobView& job) {
        if (job.user == user && (!latest || job.id > latest->id))
            latest = &job;
    };
    for (const drover::JobView& job : snapshot.jobs)
        look(job);
    for (const drover::FinishedJob& finished : snapshot.finished)
        look(finished.job);
    return latest ? latest->model : std::string();
}

} // namespace

FirstRequest::FirstRequest(std::string cardId, const drover::Snapshot& now, Time began)
    : m_cardId(std::move(cardId))
    , m_began(began)
{
    for (const drover::UserView& user : now.users)
        m_before.emplace(user.name, user.requests);
}

void FirstRequest::see(const drover::Snapshot& snapshot, Time now)
{
    if (m_found)
        return;
    Match best = Match::None;
    for (const drover::UserView& user : snapshot.users) {
        std::uint64_t& before = m_before[user.name];
        if (user.requests < before)
            before = 0; // Drover was started again
        if (user.requests == before)
            continue;
        const Seen seen{user.name, modelOf(snapshot, user.name), user.dialect,
            now - std::max(std::chrono::milliseconds(0), user.lastSeen)};
        const Match match = matchApp(m_cardId, user.name, user.dialect);
        if (match == Match::None) {
            m_other = seen;
            before = user.requests;
        } else if (match > best) {
            best = match;
            m_found = seen;
        }
    }
}

std::chrono::seconds FirstRequest::waited(Time now) const
{
    return std::chrono::duration_cast<std::chrono::seconds>((m_found ? m_found->when : now) - m_began);
}

} // namespace drover::app
