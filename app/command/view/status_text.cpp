// SPDX-License-Identifier: MIT
#include "app/command/view/status_text.h"

#include "app/command/view/sharing_text.h"
#include "app/command/view/table_text.h"
#include "app/command/view/text_width.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace drover::app {

namespace {

std::string usersText(const drover::Snapshot& snapshot)
{
    std::vector<std::vector<std::string>> rows;
    for (const drover::UserView& user : snapshot.users)
        rows.push_back({user.name, std::to_string(user.running), std::to_string(user.waiting),
            std::to_string(std::lround(user.share * 100)) + "%", countText(user.requests), countText(user.promptTokens),
            countText(user.outputTokens)});
    return tableText({{"USER"}, {"RUNNING", Align::Right}, {"WAITING", Align::Right}, {"SHARE", Align::Right},
                         {"REQUESTS", Align::Right}, {"PROMPT", Align::Right}, {"OUTPUT", Align::Right}},
        rows);
}

std::string backendsText(const drover::Snapshot& snapshot)
{
    std::vector<std::vector<std::string>> rows;
    for (const drover::BackendView& backend : snapshot.backends) {
        const auto loaded = std::ranges::count_if(backend.models, &drover::ModelView::loaded);
        rows.push_back({backend.name, std::string(drover::name(backend.kind)), std::string(drover::name(backend.state)),
            std::to_string(backend.running) + "/" + std::to_string(backend.slots),
            std::to_string(backend.models.size()) + (loaded > 0 ? " (" + std::to_string(loaded) + " loaded)" : ""),
            backend.reason});
    }
    return tableText(
        {{"BACKEND"}, {"KIND"}, {"STATE"}, {"RUNNING", Align::Right}, {"MODELS"}, {"", Align::Left, 80}}, rows);
}

/// The first jobs, running ones first, and how many more there are.
std::string jobsText(const drover::Snapshot& snapshot, std::size_t most)
{
    std::vector<std::vector<std::string>> rows;
    for (const drover::JobView& job : std::span(snapshot.jobs).first(std::min(most, snapshot.jobs.size()))) {
        const bool runs = job.state == drover::JobState::Running;
        rows.push_back({std::to_string(job.id), runs ? "running" : "waiting", runs ? "" : std::to_string(job.position),
            job.user, job.model, std::string(drover::name(job.lane)), durationText(job.waited),
            runs ? durationText(job.ran) : "", runs ? countText(job.outputTokens) : "",
            runs ? rateText(job.tokensPerSecond) : "", job.backend});
    }
    std::string text = tableText({{"ID", Align::Right}, {"STATE"}, {"PLACE", Align::Right}, {"USER"}, {"MODEL"},
                                     {"LANE"}, {"WAITED", Align::Right}, {"RAN", Align::Right},
                                     {"TOKENS", Align::Right}, {"TOK/S", Align::Right}, {"BACKEND"}},
        rows);
    const std::size_t all = std::size_t{snapshot.running} + snapshot.waiting;
    if (all > rows.size())
        text += "  ... and " + std::to_string(all - rows.size()) + " more\n";
    return text;
}

std::string sentence(const drover::Snapshot& snapshot)
{
    return printable(snapshot.reasonText.empty() ? drover::name(snapshot.state) : snapshot.reasonText);
}

/// Nothing when it is not paused. A pause is not always the state's reason: there may be trouble too.
std::string pausedLine(const drover::Snapshot& snapshot, const std::string& title)
{
    if (!snapshot.paused)
        return {};
    const auto until = drover::pauseEnd(snapshot);
    return title
        + (until ? "until " + drover::clockText(*until, drover::WallTime::clock::now()) : "until somebody resumes")
        + "\n";
}

} // namespace

std::string durationText(std::chrono::milliseconds time)
{
    const auto twoDigits = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    const std::int64_t seconds = std::max<std::int64_t>(0, time.count() / 1000);
    if (seconds < 60)
        return std::to_string(seconds) + "s";
    if (seconds < 3600)
        return std::to_string(seconds / 60) + "m " + twoDigits(seconds % 60) + "s";
    if (seconds < 86'400)
        return std::to_string(seconds / 3600) + "h " + twoDigits(seconds / 60 % 60) + "m";
    return std::to_string(seconds / 86'400) + "d " + std::to_string(seconds / 3600 % 24) + "h";
}

std::string rateText(double rate)
{
    constexpr double most = 1e9;
    if (!std::isfinite(rate))
        return "0.0";
    const auto tenths = std::llround(std::clamp(rate, 0.0, most) * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string countText(std::uint64_t count)
{
    constexpr std::uint64_t exactMost = 9'999;
    if (count <= exactMost)
        return std::to_string(count);
    const auto number = static_cast<double>(count);
    return count < 1'000'000    ? rateText(number / 1e3) + "k"
        : count < 1'000'000'000 ? rateText(number / 1e6) + "M"
                                : rateText(number / 1e9) + "G";
}

std::string statusText(const drover::Snapshot& snapshot)
{
    std::string text = sentence(snapshot) + "\n";
    if (snapshot.demo)
        text += "DEMONSTRATION: every answer is simulated.\n";
    text += "\n  apps use   http://" + printable(snapshot.address) + "\n";
    if (!snapshot.statusAddress.empty())
        text += "  status     http://" + printable(snapshot.statusAddress) + "\n";
    text += pausedLine(snapshot, "  paused     ");
    if (snapshot.runtime.present)
        text += "  ollama     " + printable(snapshot.runtime.reasonText) + "\n";
    text += "  running    " + std::to_string(snapshot.running) + " of " + std::to_string(snapshot.slots)
        + (snapshot.slots == 1 ? " slot\n" : " slots\n");
    text += "  waiting    " + std::to_string(snapshot.waiting) + "\n";
    text += "  speed      " + rateText(snapshot.tokensPerSecond) + " tokens/s\n";
    text += "  since      " + durationText(snapshot.upTime) + ": " + countText(snapshot.totals.requests) + " requests, "
        + countText(snapshot.totals.outputTokens) + " tokens, " + countText(snapshot.totals.failed) + " failed, "
        + countText(snapshot.totals.refused) + " refused\n";
    constexpr std::size_t jobsMost = 10;
    if (!snapshot.jobs.empty())
        text += "\n" + jobsText(snapshot, jobsMost);
    if (!snapshot.users.empty())
        text += "\n" + usersText(snapshot);
    if (!snapshot.backends.empty())
        text += "\n" + backendsText(snapshot);
    return text;
}

std::string runtimeText(const drover::Snapshot& snapshot)
{
    const drover::RuntimeView& runtime = snapshot.runtime;
    if (!runtime.present)
        return "Drover does not look after an Ollama here."
            + std::string(runtime.fix == drover::RuntimeFix::Start ? " Let it: drover ollama start\n" : "\n");
    std::string text = printable(runtime.reasonText) + "\n";
    const auto addLine = [&](const char* what, const std::string& value) {
        if (!value.empty())
            text += what + printable(value) + "\n";
    };
    addLine("  to do    ", runtime.fixText);
    addLine("  reason   ", runtime.reasonCode);
    addLine("  state    ", std::string(drover::name(runtime.state)) + ", " + runtime.mode);
    addLine("  version  ", runtime.version);
    addLine("  process  ", runtime.pid == 0 ? "" : std::to_string(runtime.pid));
    addLine("  slots    ", runtime.slots == 0 ? "" : std::to_string(runtime.slots));
    addLine("  restarts ", runtime.restarts == 0 ? "" : std::to_string(runtime.restarts));
    return text;
}

std::string whyText(const drover::Snapshot& snapshot)
{
    std::string text = sentence(snapshot) + "\n";
    text += "  reason   " + printable(snapshot.reasonCode) + "\n";
    if (!snapshot.fixText.empty())
        text += "  to do    " + printable(snapshot.fixText) + "\n";
    text += pausedLine(snapshot, "  paused   ");
    text += sharingLines(snapshot);
    if (snapshot.runtime.present && snapshot.runtime.reasonText != snapshot.reasonText)
        text += "\nOllama: " + runtimeText(snapshot);
    for (const drover::BackendView& backend : snapshot.backends) {
        text += "\n" + printable(backend.name) + ": " + std::string(drover::name(backend.state));
        if (!backend.reason.empty())
            text += ". " + printable(backend.reason);
        if (backend.retryIn.count() > 0)
            text += " (tried again in " + durationText(backend.retryIn) + ")";
        text += "\n  slots    " + std::to_string(backend.slots)
            + (backend.slotsReason.empty() ? "" : ": " + printable(backend.slotsReason)) + "\n";
    }
    return text;
}

std::string queueText(const drover::Snapshot& snapshot)
{
    return snapshot.jobs.empty() ? "Nothing runs and nothing waits.\n" : jobsText(snapshot, snapshot.jobs.size());
}

} // namespace drover::app
