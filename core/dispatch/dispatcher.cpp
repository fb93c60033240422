// SPDX-License-Identifier: MIT
#include "core/dispatch/dispatcher.h"

#include "core/dispatch/dispatcher_state.h"

#include <algorithm>
#include <utility>

namespace drover {

Dispatcher::Dispatcher(QueuePolicy policy)
    : m_state(std::make_unique<State>(std::move(policy)))
{
}

Dispatcher::~Dispatcher() = default;

Actions Dispatcher::submit(const Job& job, TimePoint now)
{
    State& state = *m_state;
    state.setTime(now);
    if (state.find(job.id))
        return {};
    ModelEntry& model = state.backends.model(job.model);
    const Eligible where{&state.homeOf(model), job.realm};
    const bool mayStart = !state.paused && !state.ledger.standsAside(job.user);
    BackendEntry* backend = mayStart ? state.backends.best(where) : nullptr;
    if (!backend)
        if (const auto refusal = state.overLimit(job)) {
            state.backends.release(model);
            return {*refusal};
        }
    JobEntry& entry = state.make(job, model);
    state.comeIn(*entry.user, where);
    if (backend)
        state.start(entry, *backend); // nobody whose turn it is waits for a free backend
    else
        state.wait(entry, where);
    return state.take();
}

Actions Dispatcher::cancel(JobId id, TimePoint now)
{
    State& state = *m_state;
    state.setTime(now);
    JobEntry* job = state.find(id);
    if (!job)
        return {};
    if (job->line) {
        state.leaveLine(*job);
    } else {
        state.billTime(*job);
        state.raiseCommonLevel();
        state.freeSlot(*job);
    }
    state.end(*job);
    return state.take();
}

void Dispatcher::progress(JobId id, std::uint64_t promptTokens, std::uint64_t outputTokens, TimePoint now)
{
    State& state = *m_state;
    state.setTime(now);
    JobEntry* job = state.find(id);
    if (!job || !job->backend)
        return;
    const std::uint64_t prompt = promptTokens > 0 ? promptTokens : job->promptTokens;
    job->outputTokens = std::max(job->outputTokens, outputTokens);
    state.bill(*job, state.cost(prompt, outputTokens, state.now - job->started));
}

Actions Dispatcher::finished(JobId id, TimePoint now)
{
    State& state = *m_state;
    state.setTime(now);
    JobEntry* job = state.find(id);
    if (!job || !job->backend)
        return {};
    state.billTime(*job);
    state.raiseCommonLevel();
    const double rest = job->charged - job->chargedAtStart;
    state.typicalRest = std::max(0.0, state.typicalRest + (rest - state.typicalRest) / 8);
    BackendTable::measure(*job->backend, *job->model, job->outputTokens, state.now - job->started);
    state.freeSlot(*job);
    state.end(*job);
    return state.take();
}

Actions Dispatcher::handBack(JobId id, TimePoint now, Otherwise otherwise)
{
    State& state = *m_state;
    state.setTime(now);
    JobEntry* job = state.find(id);
    if (!job || !job->backend)
        return {};
    state.bill(*job, 0);
    State::HandedBack& record = state.handedBack[id];
    ++record.times;
    if (BackendEntry& backend = *job->backend; !backend.removed) {
        record.by.insert(std::upper_bound(record.by.begin(), record.by.end(), backend.id), backend.id);
        ++backend.unwanted;
    }
    job->handedBack = true;
    state.freeSlot(*job);
    const Eligible others = state.eligible(*job);
    if (otherwise == Otherwise::Wait || state.backends.anyAvailable(others)) {
        state.wait(*job, others);
    } else {
        state.actions.push_back(RefuseJob{id, Errc::NoBackend, 1});
        state.end(*job);
    }
    return state.take();
}

int Dispatcher::handedBack(JobId id) const
{
    const auto place = m_state->handedBack.find(id);
    return place == m_state->handedBack.end() ? 0 : place->second.times;
}

Actions Dispatcher::setBackend(BackendId id, const BackendCapacity& capacity, TimePoint now)
{
    m_state->setTime(now);
    m_state->change(id, capacity);
    return m_state->take();
}

Actions Dispatcher::removeBackend(BackendId id, TimePoint now)
{
    State& state = *m_state;
    state.setTime(now);
    BackendEntry* backend = state.backends.find(id);
    if (backend && !backend->removed)
        state.remove(*backend);
    return state.take();
}

Actions Dispatcher::tick(TimePoint now)
{
    State& state = *m_state;
    state.setTime(now);
    if (state.policy.fairness == Fairness::Time) {
        const std::vector<JobEntry*> running = state.running.items();
        for (JobEntry* job : running)
            state.billTime(*job);
    }
    const auto due = [&state] {
        JobEntry* first = state.deadlines.top();
        return first && first->deadline <= state.now ? first : nullptr;
    };
    if (due()) {
        const std::vector<JobId> line = order(exactPositionsMax);
        while (JobEntry* job = due()) {
            const auto place = std::find(line.begin(), line.end(), job->id) - line.begin();
            const auto guess = std::max(line.size() + 1, Foresight::guess(state.queue, *job, state.now));
            const bool exact = static_cast<std::size_t>(place) < line.size();
            state.refuse(*job, Errc::WaitedTooLong, static_cast<std::uint32_t>(exact ? place + 1 : guess));
        }
    }
    return state.take();
}

Actions Dispatcher::setPaused(bool paused, TimePoint now)
{
    m_state->setTime(now);
    m_state->paused = paused;
    if (!paused)
        m_state->queue.lookAtAll();
    return m_state->take();
}

Actions Dispatcher::startNext(JobId id, TimePoint now)
{
    State& state = *m_state;
    state.setTime(now);
    JobEntry* job = state.find(id);
    if (!job || !job->line)
        return {};
    if (job->handedBack && !state.backends.anyAvailable(state.eligible(*job)))
        state.allowAll(*job);
    const Eligible where = state.eligible(*job);
    state.queue.remove(*job);
    job->urgent = state.queue.nextTurn();
    state.queue.lookAt(state.queue.insert(*job, where, state.backends.anyAvailable(where)));
    return state.take();
}

Actions Dispatcher::setPolicy(QueuePolicy policy, TimePoint now)
{
    State& state = *m_state;
    state.setTime(now);
    const bool unitChanges = policy.fairness != state.policy.fairness;
    state.policy = std::move(policy);
    state.ledger.setPolicies(state.policy.users);
    if (unitChanges)
        state.restartCounters();
    state.ledger.forEach([&state](User& user) { state.keepToMaximum(user); });
    state.queue.setAgeing(std::min<std::chrono::milliseconds>(state.policy.laneAgeing, State::longest));
    return state.take();
}

bool Dispatcher::canServe(std::string_view model, Realm realm) const
{
    return m_state->backends.canServe(model, realm);
}

bool Dispatcher::canServe(BackendId backend, std::string_view model, Realm realm) const
{
    return m_state->backends.canServe(backend, model, realm);
}

double Dispatcher::tokensPerSecond(BackendId backend, std::string_view model) const
{
    return m_state->backends.tokensPerSecond(backend, model);
}

std::size_t Dispatcher::waiting() const
{
    return m_state->queue.size();
}

std::size_t Dispatcher::waitingOf(std::string_view user) const
{
    const User* known = m_state->ledger.find(user);
    return known ? known->waiting : 0;
}

std::size_t Dispatcher::waitingBytes() const
{
    return m_state->waitingBytes;
}

std::size_t Dispatcher::running() const
{
    return m_state->running.size();
}

int Dispatcher::running(BackendId backend) const
{
    const BackendEntry* known = m_state->backends.find(backend);
    return known ? known->running : 0;
}

std::size_t Dispatcher::usersKnown() const
{
    return m_state->ledger.size();
}

std::uint32_t Dispatcher::position(JobId id) const
{
    const JobEntry* job = m_state->find(id);
    return job && job->line ? m_state->position(*job) : 0;
}

std::vector<JobId> Dispatcher::order(std::size_t most) const
{
    std::vector<JobId> line;
    Foresight foresight = m_state->foresee();
    while (line.size() < most) {
        const JobEntry* job = foresight.next();
        if (!job)
            break;
        line.push_back(job->id);
    }
    return line;
}

double Dispatcher::charged(std::string_view user) const
{
    const User* known = m_state->ledger.find(user);
    return known ? known->counter : 0;
}

} // namespace drover
