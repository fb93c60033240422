// SPDX-License-Identifier: MIT
#include "core/api/snapshot.h"

namespace drover {

std::optional<WallTime> pauseEnd(const Snapshot& snapshot)
{
    if (snapshot.pausedUntil <= 0)
        return {};
    return WallTime(std::chrono::duration_cast<WallTime::duration>(std::chrono::milliseconds(snapshot.pausedUntil)));
}

std::string_view name(Lane lane)
{
    switch (lane) {
    case Lane::Interactive:
        return "interactive";
    case Lane::Normal:
        return "normal";
    case Lane::Batch:
        return "batch";
    case Lane::Pool:
        return "pool";
    }
    return {};
}

std::string_view name(LaneRule rule)
{
    switch (rule) {
    case LaneRule::Automatic:
        return "automatic";
    case LaneRule::Interactive:
        return "interactive";
    case LaneRule::Normal:
        return "normal";
    case LaneRule::Batch:
        return "batch";
    }
    return {};
}

std::string_view name(IdentitySource source)
{
    switch (source) {
    case IdentitySource::Key:
        return "key";
    case IdentitySource::UserHeader:
        return "user_header";
    case IdentitySource::Body:
        return "body";
    case IdentitySource::TitleHeader:
        return "title_header";
    case IdentitySource::Process:
        return "process";
    case IdentitySource::UserAgent:
        return "user_agent";
    case IdentitySource::Address:
        return "address";
    case IdentitySource::Pool:
        return "pool";
    }
    return {};
}

std::string_view name(WorkerState state)
{
    switch (state) {
    case WorkerState::Idle:
        return "idle";
    case WorkerState::Working:
        return "working";
    case WorkerState::NotReady:
        return "not_ready";
    case WorkerState::Draining:
        return "draining";
    case WorkerState::Gone:
        return "gone";
    }
    return "";
}

std::string_view name(PoolState state)
{
    switch (state) {
    case PoolState::Off:
        return "off";
    case PoolState::Connecting:
        return "connecting";
    case PoolState::Connected:
        return "connected";
    case PoolState::Unready:
        return "unready";
    case PoolState::Draining:
        return "draining";
    case PoolState::Refused:
        return "refused";
    }
    return {};
}

std::string_view name(Dialect dialect)
{
    switch (dialect) {
    case Dialect::Ollama:
        return "ollama";
    case Dialect::OpenAi:
        return "openai";
    case Dialect::Anthropic:
        return "anthropic";
    }
    return {};
}

std::string_view name(JobState state)
{
    switch (state) {
    case JobState::Waiting:
        return "waiting";
    case JobState::Running:
        return "running";
    }
    return {};
}

std::string_view name(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Done:
        return "done";
    case Outcome::Failed:
        return "failed";
    case Outcome::Refused:
        return "refused";
    case Outcome::Cancelled:
        return "cancelled";
    case Outcome::Incomplete:
        return "incomplete";
    }
    return {};
}

std::string_view name(EngineState state)
{
    switch (state) {
    case EngineState::Error:
        return "error";
    case EngineState::Starting:
        return "starting";
    case EngineState::Draining:
        return "draining";
    case EngineState::Paused:
        return "paused";
    case EngineState::Busy:
        return "busy";
    case EngineState::Ready:
        return "ready";
    }
    return {};
}

std::string_view name(BackendState state)
{
    switch (state) {
    case BackendState::Unknown:
        return "unknown";
    case BackendState::Ready:
        return "ready";
    case BackendState::Resting:
        return "resting";
    case BackendState::Down:
        return "down";
    }
    return {};
}

std::string_view name(RuntimeState state)
{
    switch (state) {
    case RuntimeState::Searching:
        return "searching";
    case RuntimeState::Starting:
        return "starting";
    case RuntimeState::Running:
        return "running";
    case RuntimeState::Silent:
        return "silent";
    case RuntimeState::Restarting:
        return "restarting";
    case RuntimeState::Stopping:
        return "stopping";
    case RuntimeState::Stopped:
        return "stopped";
    case RuntimeState::Absent:
        return "absent";
    case RuntimeState::Missing:
        return "missing";
    case RuntimeState::Blocked:
        return "blocked";
    case RuntimeState::GaveUp:
        return "gave_up";
    }
    return {};
}

std::string_view name(RuntimeFix fix)
{
    switch (fix) {
    case RuntimeFix::None:
        return "none";
    case RuntimeFix::Start:
        return "start";
    case RuntimeFix::TryAgain:
        return "try_again";
    }
    return {};
}

std::string_view name(BackendKind kind)
{
    switch (kind) {
    case BackendKind::Ollama:
        return "ollama";
    case BackendKind::OpenAi:
        return "openai";
    case BackendKind::Demo:
        return "demo";
    }
    return {};
}

std::string_view name(Fairness fairness)
{
    switch (fairness) {
    case Fairness::Tokens:
        return "tokens";
    case Fairness::Time:
        return "time";
    case Fairness::Requests:
        return "requests";
    }
    return {};
}

std::string_view name(Shedding shedding)
{
    switch (shedding) {
    case Shedding::None:
        return "none";
    case Shedding::Codel:
        return "codel";
    }
    return {};
}

} // namespace drover
