// SPDX-License-Identifier: MIT
#include "core/api/reason.h"

#include "core/api/snapshot.h"

#include <algorithm>

namespace drover {

std::string_view name(FixAction action)
{
    switch (action) {
    case FixAction::None:
        return "none";
    case FixAction::TryAgain:
        return "try_again";
    case FixAction::StartOllama:
        return "start_ollama";
    case FixAction::Resume:
        return "resume";
    case FixAction::Undrain:
        return "undrain";
    case FixAction::OpenSetting:
        return "open_setting";
    case FixAction::OpenLogs:
        return "open_logs";
    case FixAction::OpenModels:
        return "open_models";
    case FixAction::OpenApps:
        return "open_apps";
    case FixAction::RunDoctor:
        return "run_doctor";
    }
    return {};
}

std::span<const Reason> reasonTable()
{
    return reason_table::rows;
}

const Reason* findReason(std::string_view code)
{
    const auto found = std::ranges::find(reason_table::rows, code, &Reason::code);
    return found == reason_table::rows.end() ? nullptr : &*found;
}

namespace {

bool isPlaceholder(std::string_view pattern, std::size_t at)
{
    return pattern[at] == '%' && at + 1 < pattern.size() && pattern[at + 1] >= '1' && pattern[at + 1] <= '9';
}

ReasonGiven giveRow(const Reason& row, std::vector<std::string> arguments)
{
    ReasonGiven given{.code = std::string(row.code),
        .arguments = std::move(arguments),
        .action = row.action,
        .setting = std::string(row.setting)};
    given.text = filled(row.sentence, given.arguments);
    given.fix = filled(row.fix, given.arguments);
    return given;
}

} // namespace

ReasonGiven give(ReasonCode code, std::vector<std::string> arguments)
{
    return giveRow(*findReason(code.text()), std::move(arguments));
}

ReasonGiven give(Errc code)
{
    const Reason* row = findReason(codeName(code));
    return row == nullptr ? ReasonGiven{} : giveRow(*row, {});
}

void explain(Snapshot& snapshot, ReasonGiven reason)
{
    snapshot.reasonCode = std::move(reason.code);
    snapshot.reasonText = (snapshot.demo ? "Demo, answers are simulated. " : "") + std::move(reason.text);
    snapshot.reasonArguments = std::move(reason.arguments);
    snapshot.fixText = std::move(reason.fix);
    snapshot.fixAction = reason.action;
    snapshot.fixSetting = std::move(reason.setting);
}

std::string filled(std::string_view pattern, std::span<const std::string> arguments)
{
    std::string text;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const auto number =
            isPlaceholder(pattern, at) ? static_cast<std::size_t>(pattern[at + 1] - '1') : arguments.size();
        if (number < arguments.size()) {
            text += arguments[number];
            ++at;
        } else
            text += pattern[at];
    }
    return text;
}

namespace {

/// Finds what `pattern` was filled with to give `text`; the earliest place counts where several fit.
bool unfill(std::string_view pattern, std::string_view text, std::vector<std::string>& arguments)
{
    while (!pattern.empty() && !isPlaceholder(pattern, 0)) {
        if (text.empty() || text.front() != pattern.front())
            return false;
        pattern.remove_prefix(1);
        text.remove_prefix(1);
    }
    if (pattern.empty())
        return text.empty();
    const auto number = static_cast<std::size_t>(pattern[1] - '1');
    pattern.remove_prefix(2);
    std::size_t ownWords = 0;
    while (ownWords < pattern.size() && !isPlaceholder(pattern, ownWords))
        ++ownWords;
    const std::string_view after = pattern.substr(0, ownWords);
    if (after.empty() && !pattern.empty())
        return false; // nothing would tell the two apart
    if (arguments.size() <= number)
        arguments.resize(number + 1);
    if (after.empty()) {
        arguments[number] = text;
        return true;
    }
    for (auto end = text.find(after); end != text.npos; end = text.find(after, end + 1)) {
        arguments[number] = text.substr(0, end);
        if (unfill(pattern, text.substr(end), arguments))
            return true;
    }
    return false;
}

} // namespace

ReasonRead readReason(std::string_view text)
{
    constexpr std::size_t ownLeast = 8; // letters; with fewer anything might fit
    ReasonRead best;
    std::size_t most = ownLeast;
    for (const Reason& row : reason_table::rows) {
        std::vector<std::string> arguments;
        if (!unfill(row.sentence, text, arguments))
            continue;
        std::size_t own = text.size();
        for (const std::string& each : arguments)
            own -= std::min(own, each.size());
        if (own > most) {
            most = own;
            best = {&row, std::move(arguments)};
        }
    }
    return best;
}

} // namespace drover
