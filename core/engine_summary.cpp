// SPDX-License-Identifier: MIT
#include "core/engine_summary.h"

#include <algorithm>

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

Reason noBackend(const Snapshot& snapshot)
{
    if (snapshot.backends.empty())
        return {EngineState::Error, "no_backend", "No backend is set up.",
            "Add one to the settings, or start Drover with --ollama-url."};
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
    if (ready == 0)
        return {EngineState::Starting, "starting", "Looking for the backends."};
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
        return {EngineState::Ready, "ready_degraded",
            "Ready, but " + counted(gone, gone == 1 ? "backend does" : "backends do") + " not answer.",
            "drover why tells which."};
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
