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
    counterChanged(*job.user);
}

void Dispatcher::State::counterChanged(User& user)
{
    queue.reposition(user);
    lastServed.reposition(user);
}

void Dispatcher::State::billTime(JobEntry& job)
{
    if (policy.fairness == Fairness::Time)
        bill(job, cost(0, 0, now - job.started));
}

/// A user who was away comes in level with those it competes with, so that nobody saves up credit. Waiting for a
/// backend that is not available is being away too.
void Dispatcher::State::comeIn(User& user, const Eligible& where)
{
    if (!Standings::waitsForAvailable(user))
        lift(user, levelAt(where));
}

void Dispatcher::State::lift(User& user, double level)
{
    if (user.counter >= level)
        return;
    user.counter = level;
    user.lastStart = 0;
    counterChanged(user);
}

/// The least level of these backends; of those that are available, if any is.
double Dispatcher::State::levelAt(const Eligible& where)
{
    const bool anyAvailable = backends.anyAvailable(where);
    double level = infinity;
    std::size_t asked = 0;
    const auto ask = [&](const ModelEntry& model) {
        for (auto offer = model.offers.begin(); offer != model.offers.end() && asked < levelsAskedMax; ++offer) {
            ++asked;
            const BackendEntry& backend = *(*offer)->backend;
            if (backend.takesRealm(where.realm) && where.allows(backend.id) && (backend.available || !anyAvailable))
                level = std::min(level, levelOf(backend));
        }
    };
    ask(*where.model);
    if (where.model != &backends.any())
        ask(backends.any());
    return level == infinity ? commonLevel : level;
}

/// The least counter of those who wait for the backend, else of who was served there last.
double Dispatcher::State::levelOf(const BackendEntry& backend)
{
    double least = infinity;
    if (backend.anyModel) {
        least = queue.standings().leastCounter();
    } else if (queue.size() > 0) {
        for (const Offer& offer : backend.offers)
            offer.model->forEachGroup([&](Group& group) {
                if (backend.takesRealm(group.realm) && group.eligible().allows(backend.id))
                    least = std::min(least, FairQueue::leastCounter(group));
            });
    }
    if (least != infinity)
        return least;
    const double level = backend.lastUser ? std::max(backend.level, backend.lastUser->counter) : backend.level;
    return backend.running == 0 ? std::max(level, commonLevel) : level;
}

double Dispatcher::State::levelOfLines(const User& user)
{
    const bool anyAvailable = Standings::waitsForAvailable(user);
    double level = infinity;
    std::size_t asked = 0;
    forEachLine(user, [&](const Line& line) {
        if (asked < levelsAskedMax && line.group->available == anyAvailable) {
            ++asked;
            level = std::min(level, levelAt(line.group->eligible()));
        }
    });
    return level;
}

/// The common level is the least at which anybody can come in where there is work. Idle users at or below it would come
/// in at it anyway.
void Dispatcher::State::raiseCommonLevel()
{
    const double least = std::min(queue.standings().leastCounter(), lastServed.leastCounter());
    if (least != infinity)
        commonLevel = std::max(commonLevel, least);
    ledger.forgetUpTo(commonLevel);
}

void Dispatcher::State::restartCounters()
{
    ledger.reset();
    queue.reorder();
    for (auto& [id, backend] : backends.all()) {
        lastServed.leave(backend);
        backend.level = 0;
    }
    for (JobEntry* job : running.items())
        job->charged = job->chargedAtStart = 0;
    ledger.forEach([this](User& user) { counterChanged(user); });
    commonLevel = 0;
    typicalRest = 0;
}

} // namespace drover
