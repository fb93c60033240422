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

struct Reason {
    EngineState state;
    std::string_view code;
    std::string text;
    std::string fix = {};
};

/// Why the Ollama that Drover looks after does not answer; nothing where that is not the backend's trouble, or where
/// nothing more is known than that it does not answer.
std::optional<Reason> reasonOf(const RuntimeView& runtime)
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
    return Reason{state, runtime.reasonCode, runtime.reasonText, runtime.fixText};
}

const BackendView* ofRuntime(const Snapshot& snapshot)
{
    const auto found = std::ranges::find_if(
        snapshot.backends, [&](const auto& each) { return each.name == snapshot.runtime.backend; });
    return found == snapshot.backends.end() ? nullptr : &*found;
}

Reason noBackend(const Snapshot& snapshot)
{
    if (snapshot.backends.empty())
        return {EngineState::Error, "no_backend", "No backend is set up.",
            "Add one to the settings, or start Drover with --ollama-url."};
    const BackendView* const local = ofRuntime(snapshot);
    if (const auto reason = reasonOf(snapshot.runtime); reason && local && local->state != BackendState::Ready)
        return *reason;
    const BackendView& first = snapshot.backends.front();
    const bool all = snapshot.backends.size() > 1;
    const std::string text =
        all ? "None of the " + counted(snapshot.backends.size(), "backends answers.") : first.reason;
    if (first.state == BackendState::Resting)
        return {EngineState::Error, "backend_resting", text,
            "Look at the backend's own log; Drover tries again by itself."};
    if (first.kind == BackendKind::Ollama)
        return {EngineState::Error, "backend_unreachable", text,
            "Start Ollama (ollama serve), or set the address where it listens. Drover connects by itself."};
    return {EngineState::Error, "backend_unreachable", text,
        "Start the server at " + first.url + ". Drover connects by itself."};
}

Reason paused(const Snapshot& snapshot, WallTime now)
{
    const std::string jobs = counted(snapshot.running, "running") + ", " + counted(snapshot.waiting, "waiting");
    const auto until = pauseEnd(snapshot);
    if (!until)
        return {EngineState::Paused, "paused", "Paused: " + jobs + ". Nothing new starts.",
            "Resume the queue: drover resume."};
    return {EngineState::Paused, "paused",
        "Paused until " + clockText(*until, now) + ": " + jobs + ". New jobs wait until then.",
        "Resume the queue before: drover resume."};
}

Reason degraded(const Snapshot& snapshot, std::uint64_t gone)
{
    const std::string text = "Ready, but " + counted(gone, gone == 1 ? "backend does" : "backends do") + " not answer.";
    const BackendView* const local = ofRuntime(snapshot);
    if (const auto known = reasonOf(snapshot.runtime); known && local && local->state != BackendState::Ready)
        return {EngineState::Ready, "ready_degraded", text + ' ' + known->text, known->fix};
    return {EngineState::Ready, "ready_degraded", text, "drover why tells which."};
}

Reason reasonOf(const Snapshot& snapshot, WallTime now)
{
    const auto count = [&](BackendState state) {
        return std::count_if(snapshot.backends.begin(), snapshot.backends.end(),
            [state](const BackendView& backend) { return backend.state == state; });
    };
    const auto ready = count(BackendState::Ready);
    const auto unknown = count(BackendState::Unknown);
    if (ready == 0 && unknown == 0)
        return noBackend(snapshot);
    if (ready == 0) {
        const auto known = ofRuntime(snapshot) ? reasonOf(snapshot.runtime) : std::nullopt;
        return known ? *known : Reason{EngineState::Starting, "starting", "Looking for the backends."};
    }
    const std::string running = counted(snapshot.running, "running");
    const std::string waiting = counted(snapshot.waiting, "waiting");
    if (snapshot.draining)
        return {EngineState::Draining, "draining",
            "Finishing: " + running + ", " + waiting + ". New requests are refused.",
            "drover undrain takes new requests again."};
    if (snapshot.paused)
        return paused(snapshot, now);
    if (snapshot.running > 0 || snapshot.waiting > 0) {
        const std::string users = busyUsers(snapshot);
        return {EngineState::Busy, "busy", running + ", " + waiting + (users.empty() ? "." : " (" + users + ").")};
    }
    const auto gone =
        static_cast<std::uint64_t>(snapshot.backends.size()) - static_cast<std::uint64_t>(ready + unknown);
    if (gone > 0)
        return degraded(snapshot, gone);
    return {EngineState::Ready, "ready", "Ready. Apps connect to http://" + snapshot.address + "."};
}

} // namespace

void summarise(Snapshot& snapshot, WallTime now)
{
    Reason reason = reasonOf(snapshot, now);
    snapshot.state = reason.state;
    snapshot.reasonCode = reason.code;
    snapshot.reasonText = (snapshot.demo ? "Demo, answers are simulated. " : "") + std::move(reason.text);
    snapshot.fixText = std::move(reason.fix);
}

} // namespace drover
