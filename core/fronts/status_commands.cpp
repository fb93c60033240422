// SPDX-License-Identifier: MIT
#include "core/fronts/status_commands.h"

#include "core/fronts/status_rules.h"
#include "core/protocol/percent.h"
#include "core/protocol/rfc3339.h"

#include <algorithm>
#include <limits>

namespace drover {

using namespace std::chrono_literals;

std::span<const StatusCommands::Command> StatusCommands::all()
{
    static constexpr Command table[] = {
        {"pause", "start no waiting job; ?for=15m or ?until=TIME ends that by itself", &StatusCommands::pause},
        {"resume", "start waiting jobs again", &StatusCommands::resume},
        {"pause-sharing",
            "give pools nothing; ends by ?for=15m, ?until=TIME, ?until=plugged-in or ?pid=PROGRAM&name=NAME",
            &StatusCommands::pauseSharing},
        {"resume-sharing", "end a pause of sharing", &StatusCommands::resumeSharing},
        {"drain", "take no new jobs, finish those there are", &StatusCommands::drain},
        {"undrain", "take new jobs again", &StatusCommands::undrain},
        {"cancel", "?id=JOB: end a job", &StatusCommands::cancelJob},
        {"next", "?id=JOB: start a waiting job before all others", &StatusCommands::startNext},
        {"look", "ask every backend what it has", &StatusCommands::look},
        {"free-memory", "have every Ollama unload its models", &StatusCommands::freeMemory},
        {"start-runtime", "start the local Ollama, or try again", &StatusCommands::startRuntime},
        {"worker-drain", "?worker=NUMBER: give a machine of the hosted pool nothing more",
            &StatusCommands::drainWorker},
        {"worker-undrain", "?worker=NUMBER: give it work again", &StatusCommands::undrainWorker},
        {"worker-remove", "?worker=NUMBER: end its connection", &StatusCommands::removeWorker},
        {"reload", "read the settings again", &StatusCommands::reload},
        {"shutdown", "finish, then end", &StatusCommands::shutdown},
    };
    return table;
}

StatusCommands::StatusCommands(Engine& engine, EngineHooks hooks)
    : m_engine(engine)
    , m_hooks(std::move(hooks))
{
}

const StatusCommands::Command* StatusCommands::find(std::string_view path)
{
    constexpr std::string_view prefix = "/control/";
    if (!path.starts_with(prefix))
        return nullptr;
    for (const Command& command : all()) {
        if (command.word == path.substr(prefix.size()))
            return &command;
    }
    return nullptr;
}

namespace {

/// `for=900`, `for=15m` or `until=2026-11-21T18:00:00Z`; neither is until somebody resumes.
Result<std::optional<WallTime>> endOf(std::string_view target)
{
    const WallTime now = WallTime::clock::now();
    if (const auto length = queryValue(target, "for")) {
        const auto time = timeSpan(*length);
        if (!time || *time <= 0s || *time > pauseLengthMax)
            return fail(Errc::BadRequest, "?for= must be a time of at most 31 days, such as 900, 15m or 2h");
        return std::optional<WallTime>(now + *time);
    }
    if (const auto end = queryValue(target, "until")) {
        const auto seconds = parseRfc3339(percentDecoded(*end));
        const std::int64_t today = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
        // In seconds: the year 9999 is beyond what the clock's nanoseconds can count.
        if (!seconds || *seconds <= today || *seconds > today + std::chrono::seconds(pauseLengthMax).count())
            return fail(
                Errc::BadRequest, "?until= must be a time of the next 31 days, such as " + formatRfc3339(today + 3600));
        return std::optional<WallTime>(std::chrono::seconds(*seconds));
    }
    return std::optional<WallTime>();
}

} // namespace

Result<> StatusCommands::pause(std::string_view target)
{
    const auto until = endOf(target);
    if (!until)
        return until.error();
    m_engine.pause(*until);
    return {};
}

/// The same ends, and `until=plugged-in`; with `pid` it lasts while that program of this machine runs.
Result<> StatusCommands::pauseSharing(std::string_view target)
{
    Snooze snooze{.kind = SnoozeKind::Open};
    if (queryValue(target, "until") == "plugged-in") {
        snooze.kind = SnoozeKind::PluggedIn;
    } else if (const auto number = queryValue(target, "pid")) {
        const auto pid = naturalNumber(*number);
        if (!pid || *pid == 0 || *pid > std::numeric_limits<std::uint32_t>::max())
            return fail(Errc::BadRequest, "?pid= must be the number of a program");
        constexpr std::size_t nameMax = 200;
        const std::string name = percentDecoded(queryValue(target, "name").value_or(std::string_view()));
        snooze.kind = SnoozeKind::Program;
        snooze.pid = static_cast<std::int64_t>(*pid);
        snooze.program = name.empty() ? "program " + std::to_string(*pid) : name.substr(0, nameMax);
    } else {
        const auto until = endOf(target);
        if (!until)
            return until.error();
        snooze.until = *until;
        snooze.kind = snooze.until ? SnoozeKind::Until : SnoozeKind::Open;
    }
    m_engine.snooze(std::move(snooze));
    return {};
}

Result<> StatusCommands::resumeSharing(std::string_view)
{
    m_engine.snooze({});
    return {};
}

Result<> StatusCommands::resume(std::string_view)
{
    m_engine.resume();
    return {};
}

Result<> StatusCommands::drain(std::string_view)
{
    constexpr auto noLimit = -1ms;
    m_engine.drain(noLimit, [] {});
    return {};
}

Result<> StatusCommands::undrain(std::string_view)
{
    m_engine.undrain();
    return {};
}

Result<> StatusCommands::reload(std::string_view)
{
    if (!m_hooks.reloadRequested)
        return fail(Errc::Forbidden, "this Drover has no settings to read again");
    m_hooks.reloadRequested();
    return {};
}

Result<> StatusCommands::look(std::string_view)
{
    m_engine.lookAtBackends();
    return {};
}

Result<> StatusCommands::freeMemory(std::string_view)
{
    m_engine.freeMemory();
    return {};
}

Result<> StatusCommands::startRuntime(std::string_view)
{
    if (!m_hooks.runtimeStartRequested)
        return fail(Errc::Forbidden, "this Drover looks after no Ollama");
    const RuntimeView runtime = m_engine.snapshot().runtime;
    if (runtime.fix == RuntimeFix::None)
        return fail(Errc::Forbidden,
            runtime.reasonText.empty() ? "there is no Ollama that this Drover could start" : runtime.reasonText);
    m_hooks.runtimeStartRequested();
    return {};
}

Result<> StatusCommands::shutdown(std::string_view)
{
    if (!m_hooks.shutdownRequested)
        return fail(Errc::Forbidden, "this Drover ends in another way");
    m_hooks.shutdownRequested();
    return {};
}

/// The job that the target's `id` names. An id that is not among all the jobs there are is NotFound; where the snapshot
/// does not show all, the engine may know it.
Result<JobId> StatusCommands::jobOf(std::string_view target) const
{
    const auto id = naturalNumber(queryValue(target, "id").value_or(std::string_view()));
    if (!id)
        return fail(Errc::BadRequest, "?id= must be the number of a job");
    const Snapshot snapshot = m_engine.snapshot();
    const bool shown =
        std::any_of(snapshot.jobs.begin(), snapshot.jobs.end(), [&](const JobView& job) { return job.id == *id; });
    const bool showsAll = snapshot.jobs.size() >= std::size_t{snapshot.running} + snapshot.waiting;
    if (!shown && showsAll)
        return fail(Errc::NotFound, "there is no job " + std::to_string(*id));
    return JobId{*id};
}

Result<> StatusCommands::cancelJob(std::string_view target)
{
    const auto job = jobOf(target);
    if (!job)
        return job.error();
    m_engine.cancelJob(*job);
    return {};
}

Result<> StatusCommands::startNext(std::string_view target)
{
    const auto job = jobOf(target);
    if (!job)
        return job.error();
    m_engine.startNext(*job);
    return {};
}

Result<> StatusCommands::drainWorker(std::string_view target)
{
    return tellWorker(target, WorkerCommand::Drain);
}

Result<> StatusCommands::undrainWorker(std::string_view target)
{
    return tellWorker(target, WorkerCommand::Undrain);
}

Result<> StatusCommands::removeWorker(std::string_view target)
{
    return tellWorker(target, WorkerCommand::Remove);
}

/// A number that is not among all that are connected is NotFound; where the snapshot does not show all, the engine may
/// know it.
Result<> StatusCommands::tellWorker(std::string_view target, WorkerCommand command)
{
    const auto number = naturalNumber(queryValue(target, "worker").value_or(std::string_view()));
    if (!number || *number > std::numeric_limits<WorkerNumber>::max())
        return fail(Errc::BadRequest, "?worker= must be the number of a machine of the hosted pool");
    const HostView host = m_engine.snapshot().hosting;
    const bool isShown = std::ranges::any_of(host.workers,
        [&](const WorkerView& each) { return each.number == *number && each.state != WorkerState::Gone; });
    if (!isShown && host.workers.size() < HostView::workersShownMax)
        return fail(Errc::NotFound, "there is no machine " + std::to_string(*number) + " in the hosted pool");
    m_engine.commandWorker(static_cast<WorkerNumber>(*number), command);
    return {};
}

} // namespace drover
