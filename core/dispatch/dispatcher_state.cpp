// SPDX-License-Identifier: MIT
#include "core/dispatch/dispatcher_state.h"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <tuple>
#include <utility>

namespace drover {

Dispatcher::State::State(QueuePolicy policyGiven)
    : policy(std::move(policyGiven))
    , ledger(policy.users, [this](const User& user) { forgetLast(user); })
    , queue(std::min<std::chrono::milliseconds>(policy.laneAgeing, longest))
{
}

JobEntry* Dispatcher::State::find(JobId id)
{
    const auto place = jobs.find(id);
    return place == jobs.end() ? nullptr : &place->second;
}

std::vector<BackendEntry*> Dispatcher::State::allowed(const JobEntry& job)
{
    std::vector<BackendEntry*> having = backends.withModel(job.model);
    const auto place = handedBackBy.find(job.id);
    if (place != handedBackBy.end()) {
        const std::vector<BackendId>& by = place->second;
        std::erase_if(
            having, [&by](const BackendEntry* one) { return std::find(by.begin(), by.end(), one->id) != by.end(); });
    }
    return having;
}

std::vector<BackendEntry*> Dispatcher::State::eligible(const JobEntry& job)
{
    std::vector<BackendEntry*> found = allowed(job);
    return found.empty() ? backends.withModel(job.model) : found;
}

bool Dispatcher::State::allowAgain(BackendId backend)
{
    bool any = false;
    for (auto& [id, by] : handedBackBy)
        any = std::erase(by, backend) > 0 || any;
    return any;
}

void Dispatcher::State::regroup()
{
    std::vector<JobEntry*> waitingJobs;
    std::unordered_map<std::string_view, std::vector<BackendEntry*>> byModel;
    bool same = true;
    for (auto& [id, job] : jobs) {
        if (!job.line)
            continue;
        waitingJobs.push_back(&job);
        if (!same)
            continue;
        if (handedBackBy.contains(id)) {
            same = eligible(job) == job.line->group->backends;
            continue;
        }
        auto [place, made] = byModel.try_emplace(job.model);
        if (made)
            place->second = backends.withModel(job.model);
        same = place->second == job.line->group->backends;
    }
    if (same)
        return;
    std::sort(waitingJobs.begin(), waitingJobs.end(), [](const JobEntry* a, const JobEntry* b) {
        return std::tuple(a->urgent, !a->handedBack, a->sequence) < std::tuple(b->urgent, !b->handedBack, b->sequence);
    });
    for (JobEntry* job : waitingJobs)
        queue.remove(*job);
    for (JobEntry* job : waitingJobs)
        queue.insert(*job, eligible(*job));
}

JobEntry& Dispatcher::State::make(Job job)
{
    User& user = ledger.open(job.user);
    JobEntry& entry = jobs.try_emplace(job.id).first->second;
    entry.id = job.id;
    entry.user = &user;
    entry.model = std::move(job.model);
    entry.bytes = job.bytes;
    entry.sequence = ++arrivals;
    entry.arrived = now;
    if (job.waitMax.count() > 0 && job.waitMax < longest)
        entry.deadline = now + job.waitMax;
    entry.promptTokens = job.promptTokens;
    entry.lane = job.lane;
    return entry;
}

void Dispatcher::State::wait(JobEntry& job, const std::vector<BackendEntry*>& backendsEligible)
{
    queue.insert(job, backendsEligible);
    ++job.user->waiting;
    waitingBytes += job.bytes;
    if (job.deadline != TimePoint::max())
        deadlines.insert(job);
}

void Dispatcher::State::leaveLine(JobEntry& job)
{
    queue.remove(job);
    --job.user->waiting;
    waitingBytes -= job.bytes;
    if (job.deadlinePlace != nowhere)
        deadlines.remove(job);
}

void Dispatcher::State::start(JobEntry& job)
{
    BackendEntry* backend = BackendTable::choose(job.line->group->backends, job.model);
    assert(backend);
    queue.takeTurn(*job.user, job.lane);
    leaveLine(job);
    ++backend->running;
    ++job.user->running;
    backend->lastUser = job.user;
    job.backend = backend;
    job.started = now;
    running.insert(job);
    bill(job, cost(job.promptTokens, 0, {}));
    job.chargedAtStart = job.charged;
    keepToMaximum(*job.user);
    actions.push_back(StartJob{job.id, backend->id});
}

void Dispatcher::State::freeSlot(JobEntry& job)
{
    running.remove(job);
    --job.backend->running;
    --job.user->running;
    job.backend = nullptr;
    keepToMaximum(*job.user);
    backends.eraseRemoved();
}

void Dispatcher::State::keepToMaximum(User& user)
{
    const bool aside = user.runningMax > 0 && user.running >= user.runningMax;
    if (aside == user.aside)
        return;
    if (!aside && user.lines) {
        std::vector<BackendEntry*> waitedFor;
        for (const Line* line = user.lines.get(); line; line = line->nextOfUser.get())
            waitedFor.insert(waitedFor.end(), line->group->backends.begin(), line->group->backends.end());
        lift(user, waitedFor);
    }
    queue.setAside(user, aside);
}

void Dispatcher::State::end(JobEntry& job)
{
    User& user = *job.user;
    handedBackBy.erase(job.id);
    jobs.erase(job.id);
    ledger.settle(user);
}

void Dispatcher::State::refuse(JobEntry& job, Errc code, std::uint32_t position)
{
    actions.push_back(RefuseJob{job.id, code, position});
    leaveLine(job);
    end(job);
}

std::optional<RefuseJob> Dispatcher::State::overLimit(const Job& job) const
{
    const auto position = static_cast<std::uint32_t>(queue.size() + 1);
    const User* user = ledger.find(job.user);
    const auto own = policy.users.find(job.user);
    const std::size_t mostOfUser =
        own != policy.users.end() && own->second.waitingMax > 0 ? own->second.waitingMax : policy.waitingPerUserMax;
    if ((user ? user->waiting : 0) >= mostOfUser)
        return RefuseJob{job.id, Errc::UserQueueFull, position};
    const bool bytesFit = waitingBytes <= policy.bytesMax && job.bytes <= policy.bytesMax - waitingBytes;
    if (queue.size() >= policy.waitingMax || !bytesFit)
        return RefuseJob{job.id, Errc::QueueFull, position};
    return std::nullopt;
}

bool Dispatcher::State::sheds(JobEntry& job)
{
    Line& line = *job.line;
    if (policy.shedding != Shedding::Codel || !line.user || job.handedBack)
        return false;
    if (!line.codel)
        line.codel = std::make_unique<Codel>();
    const auto waited = line.size > 1 ? now - job.arrived : TimePoint::duration::zero();
    return line.codel->shed(waited, now, {policy.codelTarget, policy.codelInterval});
}

void Dispatcher::State::startWhatCan()
{
    while (!paused && backends.anyFree()) {
        JobEntry* job = queue.best([](const Group& group) { return BackendTable::anyFree(group.backends); }, now);
        if (!job)
            break;
        if (sheds(*job))
            refuse(*job, Errc::WaitedTooLong, 1);
        else
            start(*job);
    }
}

Actions Dispatcher::State::take()
{
    startWhatCan();
    raiseCommonLevel();
    return std::exchange(actions, {});
}

Foresight Dispatcher::State::foresee() const
{
    return Foresight(queue, now, [this](const JobEntry& job) { return cost(job.promptTokens, 0, {}) + typicalRest; });
}

std::uint32_t Dispatcher::State::position(const JobEntry& job) const
{
    Foresight foresight = foresee();
    for (std::uint32_t place = 1; place <= exactPositionsMax; ++place)
        if (foresight.next() == &job)
            return place;
    return std::max(exactPositionsMax + 1, static_cast<std::uint32_t>(Foresight::guess(queue, job, now)));
}

} // namespace drover
