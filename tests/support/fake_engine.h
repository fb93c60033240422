// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/engine.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace drover {

/// An engine that does nothing but note what it was told and show the pictures it is given. One thread only.
class FakeEngine : public Engine {
public:
    Snapshot shown = {}; ///< what `snapshot` answers
    std::vector<std::string> told = {}; ///< each command in words: "cancelJob 7", "pause"
    Config config = {};
    RuntimeView runtime = {}; ///< given to `setRuntime`
    std::function<void()> drained = {}; ///< given to `drain`; call it when all is done
    std::chrono::milliseconds drainLimit{0};
    std::vector<LogLine> logLines = {}; ///< given to `addLog`
    SensorReadings readings = {}; ///< given to `setReadings`
    Snooze snoozed = {}; ///< given to `snooze`
    std::optional<WallTime> pausedUntil = {}; ///< of the last `pause`

    /// Shows the next picture, as the engine does after a change, and tells everyone who subscribed.
    void show(Snapshot snapshot)
    {
        shown = std::move(snapshot);
        const auto watchers = *m_watchers; // one may subscribe or leave meanwhile
        for (const auto& [id, changed] : watchers)
            changed(shown);
    }

    std::size_t watchers() const { return m_watchers->size(); }

    Result<> start() override
    {
        told.push_back("start");
        return {};
    }

    Result<> setConfig(Config next) override
    {
        told.push_back("setConfig");
        config = std::move(next);
        return {};
    }

    Snapshot snapshot() const override { return shown; }

    Subscription subscribe(std::function<void(const Snapshot&)> changed) override
    {
        const int id = ++m_lastWatcher;
        m_watchers->emplace(id, std::move(changed));
        return Subscription([id, left = std::weak_ptr(m_watchers)] {
            if (const auto watchers = left.lock())
                watchers->erase(id);
        });
    }

    void cancelJob(JobId id) override { told.push_back("cancelJob " + std::to_string(id)); }
    void startNext(JobId id) override { told.push_back("startNext " + std::to_string(id)); }
    void pause(std::optional<WallTime> until) override
    {
        told.push_back("pause");
        pausedUntil = until;
    }
    void resume() override { told.push_back("resume"); }
    void setRuntime(RuntimeView next) override
    {
        told.push_back("setRuntime " + next.reasonCode);
        runtime = std::move(next);
    }
    void lookAtBackends() override { told.push_back("lookAtBackends"); }
    void setReadings(SensorReadings next) override { readings = std::move(next); }
    void snooze(Snooze next) override
    {
        told.push_back("snooze " + std::string(name(next.kind)));
        snoozed = std::move(next);
    }
    void freeMemory() override { told.push_back("freeMemory"); }
    void commandWorker(WorkerNumber worker, WorkerCommand command) override
    {
        constexpr const char* words[] = {"drain", "undrain", "remove"};
        told.push_back("worker " + std::to_string(worker) + ' ' + words[static_cast<int>(command)]);
    }
    void undrain() override { told.push_back("undrain"); }
    void addLog(LogLine line) override { logLines.push_back(std::move(line)); }

    void drain(std::chrono::milliseconds limit, std::function<void()> done) override
    {
        told.push_back("drain");
        drainLimit = limit;
        drained = std::move(done);
    }

private:
    using Watchers = std::map<int, std::function<void(const Snapshot&)>>;
    int m_lastWatcher = 0;
    std::shared_ptr<Watchers> m_watchers = std::make_shared<Watchers>(); ///< a Subscription may outlive us
};

} // namespace drover
