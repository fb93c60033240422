// SPDX-License-Identifier: MIT
// What jobs cost their users, and at which counter a user comes in: the part of Dispatcher::State about fairness.
#include "core/dispatch/dispatcher_state.h"

#include <algorithm>
#include <limits>

namespace drover {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

} // namespace

/// At least 1, so that jobs that cost nothing cannot keep everybody else waiting.
double Dispatcher::State::cost(
    std::uint64_t promptTokens, std::uint64_t outputTokens, std::chrono::nanoseconds ran) const
{
    switch (policy.fairness) {
    case Fairness::Tokens: {
        const std::uint64_t tokens =
            std::min(promptTokens, tokensOfAJobMax) + 2 * std::min(outputTokens, tokensOfAJobMax);
        return static_cast<double>(std::max<std::uint64_t>(1, tokens));
    }
    case Fairness::Time:
        return static_cast<double>(
            std::max<std::int64_t>(1, std::chrono::duration_cast<std::chrono::milliseconds>(ran).count()));
    case Fairness::Requests:
        return 1;
    }
    return 1;
}

void Dispatcher::State::bill(JobEntry& job, double amount)
{
    const double more = amount - job.charged;
    if (more == 0)
        return;
    job.charged = amount;
    Ledger::charge(*job.user, more);
    queue.reposition(*job.user);
}

void Dispatcher::State::billTime(JobEntry& job)
{
    if (policy.fairness == Fairness::Time)
        bill(job, cost(0, 0, now - job.started));
}

/// A user who was away comes in level with those it competes with, so that nobody saves up credit. Waiting for a
/// backend that is not available is being away too.
void Dispatcher::State::comeIn(User& user, const std::vector<BackendEntry*>& backendsEligible)
{
    if (!waitsForAvailable(user))
        lift(user, backendsEligible);
}

/// To the least level at which anybody comes in at these backends.
void Dispatcher::State::lift(User& user, const std::vector<BackendEntry*>& backendsEligible)
{
    findLeastWaiting();
    const bool anyAvailable = BackendTable::anyAvailable(backendsEligible);
    double level = infinity;
    for (const BackendEntry* backend : backendsEligible)
        if (backend->capacity.available || !anyAvailable)
            level = std::min(level, levelOf(*backend));
    if (level == infinity)
        level = commonLevel;
    if (user.counter >= level)
        return;
    user.counter = level;
    user.lastStart = 0;
    queue.reposition(user);
}

bool Dispatcher::State::waitsForAvailable(const User& user) const
{
    for (const Line* line = user.lines.get(); line; line = line->nextOfUser.get())
        if (BackendTable::anyAvailable(line->group->backends))
            return true;
    return false;
}

void Dispatcher::State::findLeastWaiting()
{
    leastWaiting.clear();
    for (const auto& group : queue.groups()) {
        const double least = group->leastCounter();
        if (least == infinity)
            continue;
        for (const BackendEntry* backend : group->backends) {
            double& known = leastWaiting.try_emplace(backend, least).first->second;
            known = std::min(known, least);
        }
    }
}

double Dispatcher::State::levelOf(const BackendEntry& backend) const
{
    const auto place = leastWaiting.find(&backend);
    if (place != leastWaiting.end())
        return place->second;
    const double level = backend.lastUser ? std::max(backend.level, backend.lastUser->counter) : backend.level;
    return backend.running == 0 ? std::max(level, commonLevel) : level;
}

/// The common level is the least at which anybody can come in where there is work. Idle users at or below it would come
/// in at it anyway.
void Dispatcher::State::raiseCommonLevel()
{
    findLeastWaiting();
    double least = infinity;
    for (const auto& [id, backend] : backends.all())
        if (backend.running > 0 || (backend.capacity.available && leastWaiting.contains(&backend)))
            least = std::min(least, levelOf(backend));
    if (least != infinity)
        commonLevel = std::max(commonLevel, least);
    ledger.forgetUpTo(commonLevel);
}

void Dispatcher::State::forgetLast(const User& user)
{
    for (auto& [id, backend] : backends.all()) {
        if (backend.lastUser != &user)
            continue;
        backend.level = std::max(backend.level, user.counter);
        backend.lastUser = nullptr;
    }
}

void Dispatcher::State::restartCounters()
{
    ledger.reset();
    for (auto& [id, backend] : backends.all()) {
        backend.lastUser = nullptr;
        backend.level = 0;
    }
    for (JobEntry* job : running.items())
        job->charged = job->chargedAtStart = 0;
    ledger.forEach([this](User& user) { queue.reposition(user); });
    commonLevel = 0;
    typicalRest = 0;
}

} // namespace drover
