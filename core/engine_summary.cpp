// SPDX-License-Identifier: MIT
#include "core/engine_summary.h"

#include <algorithm>
#include <optional>

namespace drover {
namespace {

std::string counted(std::uint64_t count, std::string_view what)
{
    return std::to_string(count) + ' ' + std::string(what);
}

/// "Zed, Open WebUI and 3 more"
std::string busyUsers(const Snapshot& snapshot)
{
    constexpr std::size_t namedMax = 2;
    std::string names;
    std::size_t busy = 0;
    for (const UserView& user : snapshot.users) {
        if (user.running == 0 && user.waiting == 0)
            continue;
        if (++busy <= namedMax)
            names += (names.empty() ? "" : ", ") + user.name;
    }
    if (busy > namedMax)
        names += " and " + counted(busy - namedMax, "more");
    return names;
}

struct Summary {
    EngineState state;
    ReasonGiven reason;
};

/// The same reason; where its button would start an Ollama that Drover cannot start, the doctor's instead.
ReasonGiven startable(ReasonGiven reason, const RuntimeView& runtime)
{
    const bool starts = reason.action == FixAction::StartOllama || reason.action == FixAction::TryAgain;
    if (starts && runtime.fix == RuntimeFix::None)
        reason.action = FixAction::RunDoctor;
    return reason;
}

/// Why the Ollama that Drover looks after does not answer; nothing where that is not the backend's trouble, or where
/// nothing more is known than that it does not answer.
std::optional<Summary> summaryOf(const RuntimeView& runtime)
{
    if (!runtime.present)
        return {};
    EngineState state = EngineState::Error;
    switch (runtime.state) {
    case RuntimeState::Running: // the backend's own reason says more
        return {};
    case RuntimeState::Searching:
    case RuntimeState::Starting:
    case RuntimeState::Restarting:
        state = EngineState::Starting;
        break;
    case RuntimeState::Silent:
    case RuntimeState::Stopping:
    case RuntimeState::Stopped:
    case RuntimeState::Absent:
    case RuntimeState::Missing:
    case RuntimeState::Blocked:
    case RuntimeState::GaveUp:
        break;
    }
    const Reason* const row = findReason(runtime.reasonCode);
    ReasonGiven reason{.code = runtime.reasonCode,
        .arguments = runtime.reasonArguments,
        .text = runtime.reasonText,
        .fix = runtime.fixText,
        .action = row ? row->action : FixAction::None,
        .setting = row ? std::string(row->setting) : std::string()};
    return Summary{state, startable(std::move(reason), runtime)};
}

const BackendView* ofRuntime(const Snapshot& snapshot)
{
    const auto found = std::ranges::find_if(
        snapshot.backends, [&](const auto& each) { return each.name == snapshot.runtime.backend; });
    return found == snapshot.backends.end() ? nullptr : &*found;
}

Summary noMachine(const Snapshot& snapshot)
{
    if (snapshot.backends.empty())
        return {EngineState::Error, give("no_machine")};
    const BackendView* const local = ofRuntime(snapshot);
    if (auto known = summaryOf(snapshot.runtime); known && local && local->state != BackendState::Ready)
        return *std::move(known);
    const BackendView& first = snapshot.backends.front();
    if (first.state == BackendState::Resting)
        return {EngineState::Error, give("machine_resting", {first.name, first.reason})};
    if (snapshot.backends.size() > 1)
        return {EngineState::Error, give("machines_unreachable", {std::to_string(snapshot.backends.size())})};
    if (local == &first && snapshot.runtime.reasonCode == "ollama_service_unreachable")
        return {EngineState::Error,
            startable(give("ollama_service_unreachable", snapshot.runtime.reasonArguments), snapshot.runtime)};
    if (first.kind == BackendKind::Ollama)
        return {EngineState::Error, startable(give("ollama_unreachable", {first.url}), snapshot.runtime)};
    return {EngineState::Error, give("machine_unreachable", {first.name, first.url})};
}

Summary paused(const Snapshot& snapshot, WallTime now)
{
    std::vector<std::string> jobs{std::to_string(snapshot.running), std::to_string(snapshot.waiting)};
    const auto until = pauseEnd(snapshot);
    if (!until)
        return {EngineState::Paused, give("paused", std::move(jobs))};
    jobs.push_back(clockText(*until, now));
    return {EngineState::Paused, give("paused_until", std::move(jobs))};
}

Summary degraded(const Snapshot& snapshot, std::uint64_t gone)
{
    std::vector<std::string> numbers{std::to_string(gone), std::to_string(snapshot.backends.size())};
    const BackendView* const local = ofRuntime(snapshot);
    if (auto known = summaryOf(snapshot.runtime); known && local && local->state != BackendState::Ready) {
        numbers.push_back(known->reason.text);
        ReasonGiven reason = give("ready_degraded_ollama", std::move(numbers));
        reason.fix = known->reason.fix;
        reason.action = known->reason.action;
        reason.setting = known->reason.setting;
        return {EngineState::Ready, std::move(reason)};
    }
    return {EngineState::Ready, give("ready_degraded", std::move(numbers))};
}

Summary summaryOf(const Snapshot& snapshot, WallTime now)
{
    const auto count = [&](BackendState state) {
        return std::count_if(snapshot.backends.begin(), snapshot.backends.end(),
            [state](const BackendView& backend) { return backend.state == state; });
    };
    const auto ready = count(BackendState::Ready);
    const auto unknown = count(BackendState::Unknown);
    const HostView& host = snapshot.hosting;
    const bool hosts = host.listening && host.connected > 0;
    if (ready == 0 && unknown == 0 && !hosts) {
        if (!host.listening || !snapshot.backends.empty())
            return noMachine(snapshot);
        if (snapshot.draining)
            return {EngineState::Draining, give("draining", {"0", "0"})};
        return {EngineState::Ready, give("hosting_no_worker", {host.name, host.publicUrl})};
    }
    if (ready == 0 && !hosts) {
        auto known = ofRuntime(snapshot) ? summaryOf(snapshot.runtime) : std::nullopt;
        return known ? *std::move(known) : Summary{EngineState::Starting, give("starting")};
    }
    const std::string running = std::to_string(snapshot.running);
    const std::string waiting = std::to_string(snapshot.waiting);
    if (snapshot.draining)
        return {EngineState::Draining, give("draining", {running, waiting})};
    if (snapshot.paused)
        return paused(snapshot, now);
    if (const SharingView& sharing = snapshot.sharing; sharing.holdsOwn)
        return {EngineState::Paused,
            {.code = sharing.reasonCode,
                .arguments = sharing.reasonArguments,
                .text = sharing.reasonText,
                .fix = sharing.fixText,
                .action = sharing.fixAction,
                .setting = sharing.fixSetting}};
    if (snapshot.running > 0 || snapshot.waiting > 0) {
        const std::string users = busyUsers(snapshot);
        return {EngineState::Busy, give("busy", {running, waiting, users.empty() ? "" : " (" + users + ")"})};
    }
    if (snapshot.backends.empty() && hosts)
        return {EngineState::Ready, give("hosting", {host.name, std::to_string(host.connected), host.publicUrl})};
    const auto gone =
        static_cast<std::uint64_t>(snapshot.backends.size()) - static_cast<std::uint64_t>(ready + unknown);
    if (gone > 0)
        return degraded(snapshot, gone);
    return {EngineState::Ready, give("ready", {snapshot.address})};
}

} // namespace

void summarise(Snapshot& snapshot, WallTime now)
{
    Summary summary = summaryOf(snapshot, now);
    snapshot.state = summary.state;
    explain(snapshot, std::move(summary.reason));
}

} // namespace drover
