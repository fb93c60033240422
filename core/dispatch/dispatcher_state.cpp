// SPDX-License-Identifier: MIT
#include "core/dispatch/dispatcher_state.h"

#include <algorithm>
#include <utility>

namespace drover {

Dispatcher::State::State(QueuePolicy policyGiven)
    : policy(std::move(policyGiven))
    , ledger(policy.users, [this](User& user) { lastServed.forget(user); })
    , queue(std::min<std::chrono::milliseconds>(policy.laneAgeing, longest))
{
}

JobEntry* Dispatcher::State::find(JobId id)
{
    const auto place = jobs.find(id);
    return place == jobs.end() ? nullptr : &place->second;
}

/// Jobs for a model that no backend lists share the groups of those that take any, so that the number of groups is
/// bounded by the models that are listed, whatever clients ask for.
ModelEntry& Dispatcher::State::homeOf(ModelEntry& model)
{
    return model.offers.empty() && !model.hasGroups() ? backends.any() : model;
}

Eligible Dispatcher::State::eligible(const JobEntry& job)
{
    Eligible eligible{&homeOf(*job.model), job.realm};
    if (job.handedBack)
        eligible.without = handedBack.at(job.id).by;
    return eligible;
}

void Dispatcher::State::change(BackendId id, const BackendCapacity& capacity)
{
    const BackendEntry* known = backends.find(id);
    const bool comesBack = capacity.available && !(known && known->available);
    const std::vector<ModelEntry*> affected = backends.set(id, capacity);
    BackendEntry& backend = *backends.find(id);
    settle(affected);
    if (comesBack)
        allowAgain(backend);
    if (backend.free())
        lookAtGroupsOf(backend);
    for (ModelEntry* model : affected)
        backends.release(*model);
}

void Dispatcher::State::remove(BackendEntry& backend)
{
    const std::vector<ModelEntry*> affected = backends.remove(backend);
    settle(affected);
    allowAgain(backend);
    for (ModelEntry* model : affected)
        backends.release(*model);
    if (backends.isGone(backend)) {
        lastServed.leave(backend);
        backends.erase(backend);
    }
}

void Dispatcher::State::settle(const std::vector<ModelEntry*>& affected)
{
    const auto check = [this](Group& group) { queue.setAvailable(group, backends.anyAvailable(group.eligible())); };
    for (ModelEntry* model : affected) {
        if (model == &backends.any())
            for (const auto& group : queue.groups())
                check(*group);
        else if (!model->offers.empty() && model->strangers > 0)
            adopt(*model);
        model->forEachGroup(check);
    }
}

void Dispatcher::State::adopt(ModelEntry& model)
{
    std::vector<JobEntry*> found;
    backends.any().forEachGroup([&](const Group& group) {
        const std::vector<JobEntry*> strangers = FairQueue::strangers(group, model);
        found.insert(found.end(), strangers.begin(), strangers.end());
    });
    moveHome(found);
}

void Dispatcher::State::moveHome(std::vector<JobEntry*>& waitingJobs)
{
    std::sort(waitingJobs.begin(), waitingJobs.end(),
        [](const JobEntry* a, const JobEntry* b) { return a->order() < b->order(); });
    for (JobEntry* job : waitingJobs) {
        const Eligible where = eligible(*job);
        queue.lookAt(queue.move(*job, where, backends.anyAvailable(where)));
    }
}

void Dispatcher::State::allowAgain(BackendEntry& backend)
{
    if (backend.unwanted == 0)
        return;
    std::vector<JobEntry*> waitingJobs;
    for (auto& [id, record] : handedBack) {
        if (std::erase(record.by, backend.id) == 0)
            continue;
        JobEntry* job = find(id);
        if (job->line)
            waitingJobs.push_back(job);
    }
    backend.unwanted = 0;
    moveHome(waitingJobs);
}

void Dispatcher::State::allowAll(JobEntry& job)
{
    for (const BackendId id : std::exchange(handedBack.at(job.id).by, {}))
        --backends.find(id)->unwanted;
}

void Dispatcher::State::lookAtGroupsOf(const BackendEntry& backend)
{
    if (backend.anyModel)
        return queue.lookAtAll();
    for (const Offer& offer : backend.offers)
        offer.model->forEachGroup([this](Group& group) { queue.lookAt(group); });
}

JobEntry& Dispatcher::State::make(const Job& job, ModelEntry& model)
{
    User& user = ledger.open(job.user);
    JobEntry& entry = jobs.try_emplace(job.id).first->second;
    entry.id = job.id;
    entry.user = &user;
    entry.model = &model;
    entry.realm = job.realm;
    entry.bytes = job.bytes;
    entry.sequence = ++arrivals;
    entry.arrived = now;
    if (job.waitMax.count() > 0 && job.waitMax < longest)
        entry.deadline = now + job.waitMax;
    entry.promptTokens = job.promptTokens;
    entry.lane = job.lane;
    ++model.jobs;
    return entry;
}

void Dispatcher::State::wait(JobEntry& job, const Eligible& where)
{
    queue.lookAt(queue.insert(job, where, backends.anyAvailable(where)));
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

void Dispatcher::State::start(JobEntry& job, BackendEntry& backend)
{
    queue.takeTurn(*job.user, job.lane);
    backends.start(backend, *job.model, queue.turn());
    lastServed.started(backend, *job.user);
    ++job.user->running;
    job.backend = &backend;
    job.started = now;
    job.outputTokens = 0;
    running.insert(job);
    bill(job, cost(job.promptTokens, 0, {}));
    job.chargedAtStart = job.charged;
    keepToMaximum(*job.user);
    actions.push_back(StartJob{job.id, backend.id});
}

void Dispatcher::State::freeSlot(JobEntry& job)
{
    BackendEntry& backend = *std::exchange(job.backend, nullptr);
    running.remove(job);
    backends.freeSlot(backend);
    lastServed.ended(backend);
    --job.user->running;
    keepToMaximum(*job.user);
    if (backends.isGone(backend)) {
        lastServed.leave(backend);
        backends.erase(backend);
    } else if (backend.free()) {
        lookAtGroupsOf(backend);
    }
}

void Dispatcher::State::keepToMaximum(User& user)
{
    const bool aside = user.runningMax > 0 && user.running >= user.runningMax;
    if (aside == user.aside)
        return;
    if (!aside && user.standings)
        lift(user, levelOfLines(user));
    queue.setAside(user, aside);
    if (!aside)
        forEachLine(user, [this](Line& line) { queue.lookAt(*line.group); });
}

void Dispatcher::State::end(JobEntry& job)
{
    User& user = *job.user;
    ModelEntry& model = *job.model;
    if (job.handedBack) {
        allowAll(job);
        handedBack.erase(job.id);
    }
    jobs.erase(job.id);
    --model.jobs;
    backends.release(model);
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

/// Between events nothing that can be chosen waits for a free backend, so only groups that this event has come by are
/// looked at.
void Dispatcher::State::startWhatCan()
{
    while (!paused) {
        queue.keepLookingAt([this](const Group& group) { return backends.best(group.eligible()); });
        JobEntry* job = queue.best(now);
        if (!job)
            break;
        if (sheds(*job)) {
            refuse(*job, Errc::WaitedTooLong, 1);
            continue;
        }
        BackendEntry* backend = backends.best(job->line->group->eligible());
        leaveLine(*job);
        start(*job, *backend);
    }
}

Actions Dispatcher::State::take()
{
    startWhatCan();
    raiseCommonLevel();
    return std::exchange(actions, {});
}

Foresight Dispatcher::State::foresee()
{
    return Foresight(queue, now, [this](const JobEntry& job) { return cost(job.promptTokens, 0, {}) + typicalRest; });
}

std::uint32_t Dispatcher::State::position(const JobEntry& job)
{
    const auto guess = static_cast<std::uint32_t>(Foresight::guess(queue, job, now));
    if (guess > positionsPlayedMax)
        return guess;
    Foresight foresight = foresee();
    for (std::uint32_t place = 1; place <= exactPositionsMax; ++place)
        if (foresight.next() == &job)
            return place;
    return std::max(exactPositionsMax + 1, guess);
}

} // namespace drover
