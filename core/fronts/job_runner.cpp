// SPDX-License-Identifier: MIT
#include "core/fronts/job_runner.h"

#include <algorithm>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t historySecondsMax = 600;
constexpr std::size_t rateSeconds = 5;

std::chrono::milliseconds between(TimePoint from, TimePoint to)
{
    return std::max(0ms, std::chrono::duration_cast<std::chrono::milliseconds>(to - from));
}

double mean(const std::deque<float>& values)
{
    const std::size_t count = std::min(rateSeconds, values.size());
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += static_cast<double>(values[values.size() - 1 - i]);
    return count > 0 ? sum / static_cast<double>(count) : 0;
}

std::int64_t wallClockMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

JobRunner::JobRunner(asio::io_context& io, const Config& config, Finished finished)
    : m_io(io)
    , m_config(config)
    , m_finished(std::move(finished))
    , m_dispatcher(policyOf(config))
    , m_users(config.limits.usersRememberedMax)
    , m_day(localDayOf(std::chrono::system_clock::now()))
    , m_today(config.limits.usersRememberedMax)
    , m_second(Clock::now())
{
    m_users.setRules(UserRules(config.users));
    m_users.setDay(m_day.date);
    m_today.beginDay(m_day.date);
}

QueuePolicy JobRunner::policyOf(const Config& config)
{
    QueuePolicy policy;
    policy.fairness = config.fairness;
    policy.shedding = config.shedding;
    for (const UserRule& rule : config.users)
        policy.users.emplace(rule.name, UserPolicy{rule.weight, rule.runningMax, rule.waitingMax});
    policy.waitingMax = config.limits.queueWaitingMax;
    policy.waitingPerUserMax = config.limits.queueWaitingPerUserMax;
    policy.bytesMax = config.limits.queueBytesMax;
    policy.codelTarget = config.codelTarget;
    policy.codelInterval = config.codelInterval;
    policy.laneAgeing = config.laneAgeing;
    return policy;
}

void JobRunner::setConfig(const Config& config)
{
    m_config = config;
    m_users.setUsersMax(config.limits.usersRememberedMax);
    m_users.setRules(UserRules(config.users));
    perform(m_dispatcher.setPolicy(policyOf(config), Clock::now()));
}

/// The front's coroutine goes on in a turn of its own: never inside the call that decided.
void JobRunner::wake(LiveJob& live)
{
    if (&live == m_submitting)
        return;
    asio::post(m_io, [this, id = live.job.id] {
        if (const auto found = m_live.find(id); found != m_live.end())
            found->second->news.set();
    });
}

void JobRunner::perform(const Actions& actions)
{
    for (const Action& action : actions) {
        ++m_version;
        if (const auto* start = std::get_if<StartJob>(&action)) {
            const auto found = m_live.find(start->id);
            if (found == m_live.end())
                continue;
            LiveJob& live = *found->second;
            live.start = start->backend;
            live.running = true;
            live.started = Clock::now();
            m_users.started(live.job.user);
            m_running.push_back(&live);
            wake(live);
        } else if (const auto* refusal = std::get_if<RefuseJob>(&action)) {
            const auto found = m_live.find(refusal->id);
            if (found == m_live.end())
                continue;
            found->second->refusal = *refusal;
            wake(*found->second);
        }
    }
}

std::optional<Errc> JobRunner::ruleAgainst(const LiveJob& live) const
{
    const UserRule& rule = ruleOf(live.job.user);
    if (rule.blocked)
        return Errc::UserBlocked;
    if (!allowsModel(rule, live.job.model))
        return Errc::ModelNotAllowed;
    if (rule.tokensPerDay > 0
        && m_users.tokensToday(live.job.user) + tokensUnderWay(live.job.user) >= rule.tokensPerDay)
        return Errc::DailyTokensUsed;
    return std::nullopt;
}

std::uint64_t JobRunner::tokensUnderWay(std::string_view user) const
{
    std::uint64_t tokens = 0;
    for (const auto& [id, live] : m_live)
        if (live->job.user == user)
            tokens += live->promptTokens + live->outputTokens;
    return tokens;
}

TokenAllowance JobRunner::allowanceOf(const std::string& user, WallTime now) const
{
    const UserRule& rule = ruleOf(user);
    if (rule.tokensPerDay == 0)
        return {};
    return {rule.tokensPerDay, m_users.tokensToday(user) + tokensUnderWay(user),
        std::chrono::system_clock::to_time_t(m_day.end),
        std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(m_day.end - now).count())};
}

void JobRunner::seedToday(const std::vector<std::pair<std::string, UsageSum>>& usage, WallTime now)
{
    m_day = localDayOf(now);
    m_users.setDay(m_day.date);
    m_today.beginDay(m_day.date);
    for (const auto& [user, used] : usage) {
        m_users.addTokensOfToday(user, used.promptTokens + used.outputTokens, Clock::now());
        m_today.add(user, used);
    }
    ++m_version;
}

void JobRunner::turnAway(LiveJob& live, const JobEnd& end)
{
    const TimePoint now = Clock::now();
    ++m_version;
    ++m_totals.requests;
    ++m_totals.refused;
    live.arrived = now;
    m_users.turnedAway({live.job.user, live.source, live.dialect}, now);
    FinishedJob finished;
    finished.job = viewOf(live, now);
    finished.outcome = end.outcome;
    finished.status = end.status;
    finished.reason = end.reason;
    finished.reasonCode = end.error ? codeName(*end.error) : std::string_view();
    finished.finishedAt = wallClockMs();
    keep(std::move(finished), std::chrono::nanoseconds(-1));
}

void JobRunner::keep(FinishedJob finished, std::chrono::nanoseconds toFirstPiece)
{
    if (m_finished)
        m_finished(finished, toFirstPiece);
    m_recent.push_front(std::move(finished));
    if (m_recent.size() > Snapshot::finishedShownMax)
        m_recent.pop_back();
}

void JobRunner::submit(LiveJob& live)
{
    live.arrived = Clock::now();
    m_live.emplace(live.job.id, &live);
    m_users.arrived({live.job.user, live.source, live.dialect}, live.arrived);
    ++m_version;
    ++m_totals.requests;
    m_submitting = &live;
    perform(m_dispatcher.submit(live.job, live.arrived));
    m_submitting = nullptr;
    m_poolJobs += live.source == IdentitySource::Pool ? 1 : 0;
    yieldToOwn();
    if (!live.running && !live.refusal)
        live.positionAtArrival = m_dispatcher.position(live.job.id);
}

/// Waits for nothing but a slot.
bool JobRunner::isKeptWaiting(const LiveJob& live) const
{
    if (live.running || live.start || live.refusal || live.cancelled || live.source == IdentitySource::Pool)
        return false;
    const std::uint32_t most = ruleOf(live.job.user).runningMax;
    const auto mine = std::ranges::count(m_running, live.job.user, [](const LiveJob* each) { return each->job.user; });
    return most == 0 || static_cast<std::uint32_t>(mine) < most;
}

/// For each own job that is kept waiting, the pools' youngest job on a backend that could take it is handed back; those
/// that are being handed back already count.
void JobRunner::yieldToOwn()
{
    if (!m_config.poolJobsYield || m_poolJobs == 0 || m_paused)
        return;
    std::vector<LiveJob*> victims; // the youngest first
    for (LiveJob* live : m_running)
        if (live->source == IdentitySource::Pool && live->start)
            victims.push_back(live);
    std::ranges::sort(victims, std::greater(), [](const LiveJob* live) { return live->started; });
    for (const auto& [id, live] : m_live) {
        if (victims.empty())
            return;
        if (!isKeptWaiting(*live))
            continue;
        const auto victim = std::ranges::find_if(victims,
            [&](const LiveJob* each) { return m_dispatcher.canServe(*each->start, live->job.model, live->job.realm); });
        if (victim == victims.end())
            continue;
        LiveJob* const job = *victim;
        victims.erase(victim);
        if (!job->cancelled && job->handBack)
            asio::post(m_io, [this, handed = job->job.id] {
                if (const auto found = m_live.find(handed); found != m_live.end() && found->second->handBack)
                    found->second->handBack();
            });
    }
}

void JobRunner::cancel(LiveJob& live)
{
    if (std::exchange(live.cancelled, true))
        return;
    ++m_version;
    if (live.running) {
        if (live.abort)
            live.abort();
    }
    wake(live);
}

bool JobRunner::cancel(JobId id)
{
    const auto found = m_live.find(id);
    if (found == m_live.end())
        return false;
    cancel(*found->second);
    return true;
}

void JobRunner::progress(LiveJob& live, std::uint64_t pieces)
{
    if (pieces <= live.outputTokens)
        return;
    if (live.outputTokens == 0)
        live.firstPiece = Clock::now();
    m_outputLive += pieces - live.outputTokens;
    live.outputTokens = pieces;
    ++m_version;
    m_dispatcher.progress(live.job.id, live.promptTokens, pieces, live.firstPiece);
}

/// For the dispatcher the job is over; `end` tells the rest when the client has had its answer.
void JobRunner::freeSlot(JobId id)
{
    asio::post(m_io, [this, id] {
        const auto found = m_live.find(id);
        if (found == m_live.end() || !found->second->running)
            return;
        const LiveJob& live = *found->second;
        const TimePoint now = Clock::now();
        m_dispatcher.progress(id, live.promptTokens, live.outputTokens, now);
        perform(m_dispatcher.finished(id, now));
    });
}

void JobRunner::handBack(LiveJob& live, Otherwise otherwise)
{
    ++m_version;
    stopRunning(live);
    live.start.reset();
    live.abort = nullptr;
    live.backend.clear();
    m_users.handedBack(live.job.user);
    perform(m_dispatcher.handBack(live.job.id, Clock::now(), otherwise));
}

void JobRunner::end(LiveJob& live, const JobEnd& end)
{
    const TimePoint now = Clock::now();
    ++m_version;
    if (end.promptTokens)
        live.promptTokens = *end.promptTokens;
    if (end.outputTokens) {
        m_outputLive += *end.outputTokens > live.outputTokens ? *end.outputTokens - live.outputTokens : 0;
        live.outputTokens = *end.outputTokens;
    }
    FinishedJob finished;
    finished.job = viewOf(live, now);
    finished.outcome = end.outcome;
    finished.status = end.status;
    finished.reason = end.reason;
    finished.reasonCode = end.error ? codeName(*end.error) : std::string_view();
    finished.finishedAt = wallClockMs();

    m_live.erase(live.job.id);
    m_poolJobs -= live.source == IdentitySource::Pool ? 1 : 0;
    m_users.left(live.job.user, live.running);
    if (live.running) {
        m_dispatcher.progress(live.job.id, live.promptTokens, live.outputTokens, now);
        m_runSeconds += 0.1 * (std::chrono::duration<double>(now - live.started).count() - m_runSeconds);
        const double charge = m_config.fairness == Fairness::Time
            ? std::chrono::duration<double>(now - live.started).count()
            : static_cast<double>(live.promptTokens + 2 * live.outputTokens);
        m_users.finished(live.job.user, live.promptTokens, live.outputTokens, charge, now);
        m_today.add(live.job.user,
            {.requests = 1,
                .promptTokens = live.promptTokens,
                .outputTokens = live.outputTokens,
                .ran = between(live.started, now)});
        m_totals.promptTokens += live.promptTokens;
        m_totals.outputTokens += live.outputTokens;
    }
    switch (end.outcome) {
    case Outcome::Done:
        ++m_totals.done;
        break;
    case Outcome::Incomplete:
    case Outcome::Failed:
        ++m_totals.failed;
        break;
    case Outcome::Refused:
        ++m_totals.refused;
        m_users.refused(live.job.user);
        break;
    case Outcome::Cancelled:
        ++m_totals.cancelled;
        break;
    }
    std::chrono::nanoseconds firstPiece{-1};
    if (live.firstPiece != TimePoint{})
        firstPiece = live.firstPiece - live.arrived;
    else if (end.outcome == Outcome::Done)
        firstPiece = now - live.arrived;
    keep(std::move(finished), firstPiece);
    const bool ran = live.running;
    stopRunning(live);
    perform(ran ? m_dispatcher.finished(live.job.id, now) : m_dispatcher.cancel(live.job.id, now));
}

void JobRunner::stopRunning(LiveJob& live)
{
    if (!std::exchange(live.running, false))
        return;
    const auto place = std::find(m_running.begin(), m_running.end(), &live);
    *place = m_running.back();
    m_running.pop_back();
}

void JobRunner::remindAt(LiveJob& live, TimePoint when)
{
    m_reminders.push({when, live.job.id});
}

void JobRunner::setBackend(BackendId id, BackendCapacity capacity)
{
    ++m_version;
    perform(m_dispatcher.setBackend(id, std::move(capacity), Clock::now()));
}

void JobRunner::removeBackend(BackendId id)
{
    ++m_version;
    perform(m_dispatcher.removeBackend(id, Clock::now()));
}

void JobRunner::startNext(JobId id)
{
    ++m_version;
    perform(m_dispatcher.startNext(id, Clock::now()));
}

void JobRunner::setPaused(bool paused)
{
    ++m_version;
    m_paused = paused;
    perform(m_dispatcher.setPaused(paused, Clock::now()));
}

void JobRunner::cancelAll()
{
    std::vector<LiveJob*> all;
    for (const auto& [id, live] : m_live)
        all.push_back(live);
    for (LiveJob* live : all)
        cancel(*live);
}

/// Only wakes them: each leaves the queue when its front ends it.
void JobRunner::refuseUnservable(TimePoint now, std::chrono::milliseconds longest)
{
    if (now < m_nextLookAtWaiting)
        return;
    m_nextLookAtWaiting = now + 1s;
    for (const auto& [id, live] : m_live) {
        if (live->running || live->refusal || live->start)
            continue;
        if (m_dispatcher.canServe(live->job.model, live->job.realm))
            live->unservableSince = TimePoint::max();
        else if (live->unservableSince == TimePoint::max())
            live->unservableSince = now;
        if (live->unservableSince == TimePoint::max() || now - live->unservableSince < longest)
            continue;
        live->refusal = RefuseJob{id, Errc::NoBackend, m_dispatcher.position(id)};
        wake(*live);
    }
}

void JobRunner::tick(TimePoint now)
{
    if (const LocalDay day = localDayOf(std::chrono::system_clock::now()); day != m_day) {
        m_day = day;
        m_users.setDay(day.date);
        m_today.beginDay(day.date);
        ++m_version;
    }
    perform(m_dispatcher.tick(now));
    yieldToOwn();
    while (!m_reminders.empty() && m_reminders.top().when <= now) {
        const auto found = m_live.find(m_reminders.top().id);
        m_reminders.pop();
        if (found != m_live.end()) {
            found->second->keepAliveDue = true;
            if (found->second->keepAlive)
                found->second->keepAlive();
            else
                wake(*found->second);
        }
    }
    if (now - m_second >= 1s)
        keepRates(now);
}

void JobRunner::keepRates(TimePoint now)
{
    const double seconds = std::chrono::duration<double>(now - m_second).count();
    m_second = now;
    const std::uint64_t ended = m_totals.done + m_totals.failed + m_totals.refused + m_totals.cancelled;
    const bool still = m_outputLive == m_outputAtSecond && ended == m_finishedAtSecond;
    const bool wasStill = mean(m_history) == 0 && mean(m_finishedHistory) == 0;
    m_history.push_back(static_cast<float>(static_cast<double>(m_outputLive - m_outputAtSecond) / seconds));
    m_finishedHistory.push_back(static_cast<float>(static_cast<double>(ended - m_finishedAtSecond) / seconds));
    m_outputAtSecond = m_outputLive;
    m_finishedAtSecond = ended;
    if (m_history.size() > historySecondsMax)
        m_history.pop_front();
    if (m_finishedHistory.size() > rateSeconds)
        m_finishedHistory.pop_front();
    if (!m_live.empty() || !still || !wasStill)
        ++m_version;
}

const LiveJob* JobRunner::find(JobId id) const
{
    const auto found = m_live.find(id);
    return found == m_live.end() ? nullptr : found->second;
}

std::chrono::milliseconds JobRunner::expectedWait() const
{
    const double slots = std::max<double>(1, static_cast<double>(m_dispatcher.running()));
    const double wait = m_runSeconds * (static_cast<double>(m_dispatcher.waiting()) + 1) / slots;
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::clamp(wait, 1.0, 600.0) * 1000));
}

JobView JobRunner::viewOf(const LiveJob& live, TimePoint now) const
{
    JobView view;
    view.id = live.job.id;
    view.requestId = live.requestId;
    view.user = live.job.user;
    view.pool = live.pool;
    view.hosted = live.job.realm == Realm::Pooled;
    view.model = live.model;
    view.path = live.path;
    view.backend = live.backend;
    view.dialect = live.dialect;
    view.lane = live.job.lane;
    view.state = live.running ? JobState::Running : JobState::Waiting;
    view.streamed = live.streamed;
    view.waited = between(live.arrived, live.running ? live.started : now);
    view.ran = live.running ? between(live.started, now) : 0ms;
    view.promptTokens = live.promptTokens;
    view.outputTokens = live.outputTokens;
    if (live.running && live.silentSince != TimePoint::max())
        view.silence = between(live.silentSince, now);
    if (live.running && live.firstPiece != TimePoint{}) {
        const double seconds = std::chrono::duration<double>(now - live.firstPiece).count();
        if (seconds > 0.05)
            view.tokensPerSecond = static_cast<double>(live.outputTokens) / seconds;
    }
    return view;
}

void JobRunner::describe(Snapshot& snapshot, TimePoint now) const
{
    snapshot.running = static_cast<std::uint32_t>(m_dispatcher.running());
    snapshot.waiting = static_cast<std::uint32_t>(m_dispatcher.waiting());
    snapshot.waitingBytes = m_dispatcher.waitingBytes();
    snapshot.paused = m_paused;
    std::vector<const LiveJob*> running(m_running.begin(), m_running.end());
    std::sort(running.begin(), running.end(), [](const LiveJob* a, const LiveJob* b) { return a->job.id < b->job.id; });
    running.resize(std::min(running.size(), Snapshot::jobsShownMax));
    for (const LiveJob* live : running)
        snapshot.jobs.push_back(viewOf(*live, now));
    std::uint32_t position = 0;
    for (const JobId id : m_dispatcher.order(Snapshot::jobsShownMax)) {
        ++position;
        if (const LiveJob* live = find(id)) {
            snapshot.jobs.push_back(viewOf(*live, now));
            snapshot.jobs.back().position = position;
        }
    }
    snapshot.users = m_users.views(Snapshot::usersShownMax, now);
    std::unordered_map<std::string_view, std::uint64_t> underWay;
    for (const LiveJob* live : m_running)
        underWay[live->job.user] += live->promptTokens + live->outputTokens;
    for (UserView& user : snapshot.users)
        if (const auto found = underWay.find(user.name); found != underWay.end())
            user.tokensToday += found->second;
    snapshot.finished.assign(m_recent.begin(), m_recent.end());
    snapshot.totals = m_totals;
    snapshot.today = m_today.view(Snapshot::usersShownMax);
    snapshot.tokensPerSecond = mean(m_history);
    snapshot.requestsPerSecond = mean(m_finishedHistory);
    snapshot.tokensHistory.assign(m_history.begin(), m_history.end());
}

} // namespace drover
