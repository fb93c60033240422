// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/dispatcher.h"

#include <algorithm>
#include <deque>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace drover {

/// A dispatcher, a clock moved by hand, and a record of what became of each job.
class DispatchScene {
public:
    explicit DispatchScene(QueuePolicy policy = {})
        : dispatcher(std::move(policy))
    {
    }

    struct Running {
        std::string user;
        BackendId backend = 0;
    };

    /// A backend that takes every model.
    void backend(BackendId id, int slots)
    {
        take(dispatcher.setBackend(id, {.slots = slots, .available = true, .anyModel = true}, now));
    }
    void backend(BackendId id, int slots, std::vector<std::string> models, std::vector<std::string> loaded = {})
    {
        take(dispatcher.setBackend(
            id, {.slots = slots, .available = true, .models = std::move(models), .loaded = std::move(loaded)}, now));
    }
    void unavailable(BackendId id, std::vector<std::string> models)
    {
        take(dispatcher.setBackend(id, {.available = false, .models = std::move(models)}, now));
    }

    JobId submitJob(Job job)
    {
        job.id = ++m_lastId;
        if (job.model.empty())
            job.model = "m:latest";
        users[job.id] = job.user;
        take(dispatcher.submit(std::move(job), now));
        return m_lastId;
    }
    JobId submit(std::string user, Lane lane = Lane::Normal, std::uint32_t promptTokens = 10)
    {
        return submitJob({.user = std::move(user), .lane = lane, .promptTokens = promptTokens});
    }
    /// Several jobs of one user; their ids.
    std::vector<JobId> submitMany(
        std::string user, int count, Lane lane = Lane::Normal, std::uint32_t promptTokens = 10)
    {
        std::vector<JobId> ids;
        for (int i = 0; i < count; ++i)
            ids.push_back(submit(user, lane, promptTokens));
        return ids;
    }

    void finish(JobId id)
    {
        forget(id);
        take(dispatcher.finished(id, now));
    }
    void cancel(JobId id)
    {
        if (running.contains(id))
            forget(id);
        take(dispatcher.cancel(id, now));
    }
    void handBack(JobId id)
    {
        forget(id);
        take(dispatcher.handBack(id, now));
    }
    void startNext(JobId id) { take(dispatcher.startNext(id, now)); }
    void pause(bool paused) { take(dispatcher.setPaused(paused, now)); }
    void pass(std::chrono::milliseconds time)
    {
        now += time;
        take(dispatcher.tick(now));
    }

    /// Finishes the job that runs longest, until `count` were or none runs.
    void finishInTurn(int count)
    {
        for (; count > 0 && !inTurn.empty(); --count)
            finish(inTurn.front());
    }

    /// Users of the jobs started since the last call, in that order, such as "a b a".
    std::string startedUsers()
    {
        std::string text;
        for (; m_told < started.size(); ++m_told)
            text += (text.empty() ? "" : " ") + users[started[m_told].id];
        return text;
    }
    bool runs(JobId id) const { return running.contains(id); }
    bool wasStarted(JobId id) const
    {
        return std::any_of(started.begin(), started.end(), [id](const StartJob& one) { return one.id == id; });
    }
    BackendId where(JobId id) const { return running.at(id).backend; }
    /// The refusal of a job; one with id 0 when it was not refused.
    RefuseJob refusal(JobId id) const
    {
        const auto place = refused.find(id);
        return place == refused.end() ? RefuseJob{} : place->second;
    }

    Dispatcher dispatcher;
    TimePoint now = TimePoint{} + std::chrono::hours(1);
    std::map<JobId, std::string> users;
    std::map<JobId, Running> running;
    std::deque<JobId> inTurn; ///< running, first started first
    std::map<JobId, RefuseJob> refused;
    std::vector<StartJob> started;

    void take(const Actions& actions)
    {
        for (const Action& action : actions) {
            if (const auto* start = std::get_if<StartJob>(&action)) {
                if (!running.try_emplace(start->id, Running{users.at(start->id), start->backend}).second)
                    throw std::logic_error("a running job was started");
                inTurn.push_back(start->id);
                started.push_back(*start);
            } else {
                const auto& refusal = std::get<RefuseJob>(action);
                if (!refused.try_emplace(refusal.id, refusal).second)
                    throw std::logic_error("a job was refused twice");
            }
        }
    }

private:
    void forget(JobId id)
    {
        running.erase(id);
        std::erase(inTurn, id);
    }

    JobId m_lastId = 0;
    std::size_t m_told = 0;
};

} // namespace drover
