// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/error.h"
#include "core/api/log.h"
#include "core/api/pause.h"
#include "core/api/pool_link.h"
#include "core/api/snapshot.h"
#include "core/api/subscription.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace drover {

/// What the engine asks of the program around it. Each is called on the core thread and must return at once.
struct EngineHooks {
    Log log = {};
    std::function<void(const LogLine&)> logged = {}; ///< each line that `GET /logs` has, whoever wrote it
    std::function<void()> shutdownRequested = {}; ///< somebody with the control token asked Drover to end
    std::function<void()> reloadRequested = {}; ///< ... to read its settings again
    std::function<void(const Pause&)> pauseChanged = {}; ///< a pause began, got another end, or is over
    std::function<void()> runtimeStartRequested = {}; ///< ... to start its Ollama, see RuntimeFix
    std::function<void()> freeMemoryRequested = {}; ///< a rule of sharing wants the models unloaded
    std::function<void(const Snooze&)> snoozed = {}; ///< a pause of sharing began or is over
    PoolSocketMaker makePoolSocket = {}; ///< without it no pool is joined
};

/// The queue, its ways in and its ways out: everything Drover does without a window.
///
/// Owns one thread, the core thread. Every method may be called from any thread and returns quickly; commands are
/// posted and take effect soon after. The destructor ends everything at once; call `drain` before for a gentle end.
class Engine {
public:
    virtual ~Engine() = default;

    /// Listens on the proxy's and the status address. Fails with PortTaken (the detail says by whom, where the system
    /// tells), BadConfig or Io; then nothing listens. Call once. Blocks for milliseconds.
    virtual Result<> start() = 0;

    /// Live change of everything but addresses; a changed address fails with BadConfig ("needs a restart").
    /// Backends that stay keep their jobs; those that go finish what they run.
    virtual Result<> setConfig(Config config) = 0;

    /// The newest picture. Costs a copy.
    virtual Snapshot snapshot() const = 0;

    /// `changed` is called on the core thread with each new picture, at most ten times a second, first soon after.
    virtual Subscription subscribe(std::function<void(const Snapshot&)> changed) = 0;

    /// Ends a job, waiting or running. Unknown ids are no error: it may just have ended.
    virtual void cancelJob(JobId id) = 0;

    /// Makes a waiting job the next to start.
    virtual void startNext(JobId id) = 0;

    /// No waiting job starts until `resume` or, by itself, until that time; running ones go on and new ones may still
    /// wait. Replaces a pause that there is. A time that is over resumes; one beyond `pauseLengthMax` is moved to it.
    /// May be called before `start`, so that nothing slips through.
    virtual void pause(std::optional<WallTime> until) = 0;
    /// Ends that pause, and one of sharing.
    virtual void resume() = 0;

    /// Refuses new jobs, lets waiting and running ones finish. `done` is called once, on the core thread, when none is
    /// left or `limit` is over (what still runs is then cancelled); no limit when negative, at once when zero.
    virtual void drain(std::chrono::milliseconds limit, std::function<void()> done) = 0;

    /// What is known of the local Ollama; shown in the snapshot, and the reason of its state where it is the cause.
    virtual void setRuntime(RuntimeView runtime) = 0;

    /// Asks every backend soon what it has: something was loaded, pulled or deleted there.
    virtual void lookAtBackends() = 0;

    /// What the sensors of this machine tell; the rules of sharing are asked soon after, see SharingRules.
    virtual void setReadings(SensorReadings readings) = 0;

    /// Pauses sharing, so that a pool gets nothing while the apps go on; replaces a pause of sharing that there is.
    /// Kind None ends it, as `resume` does. A program that has ended already ends it at once.
    virtual void snooze(Snooze snooze) = 0;

    /// Has every Ollama unload its models, so that other programs have the memory of the GPU: each when its running
    /// jobs are done. The next job loads its model again.
    virtual void freeMemory() = 0;

    /// What a person does with a worker of the pool that this machine hosts. Unknown numbers are no error: it may just
    /// have left.
    virtual void commandWorker(WorkerNumber worker, WorkerCommand command) = 0;

    /// Takes new jobs again after a drain.
    virtual void undrain() = 0;

    /// A line of the program around the engine, or of the Ollama that it started, for `GET /logs` and `hooks.logged`.
    /// It goes nowhere else. No line may have a secret in it.
    virtual void addLog(LogLine line) = 0;
};

std::unique_ptr<Engine> makeEngine(Config config, EngineHooks hooks);

/// "0.1.0", "0.1.0 (git 1a2b3c4, built 2026-11-21, Boost 1.81.0)".
std::string_view versionNumber();
std::string_view revision();
std::string_view buildDate();
std::string_view boostVersion();

} // namespace drover
