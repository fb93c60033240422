// SPDX-License-Identifier: MIT
#include "app/window/why_rows.h"

#include "app/window/rule_words.h"
#include "app/window/wording.h"

#include <QCoreApplication>

#include <algorithm>

namespace drover::app {

namespace {

/// Gives the texts of this file their context.
struct Why {
    Q_DECLARE_TR_FUNCTIONS(Why)
};

WhyRow ofState(const drover::Snapshot& snapshot)
{
    return {.subject = QStringLiteral("Drover"),
        .sentence = wording::reason(snapshot),
        .fix = wording::fix(snapshot),
        .action = snapshot.fixAction,
        .setting = wording::text(snapshot.fixSetting)};
}

WhyRow ofSharing(const drover::SharingView& sharing)
{
    return {.subject = Why::tr("Sharing"),
        .sentence = rule_words::reason(sharing),
        .fix = rule_words::fix(sharing),
        .action = sharing.fixAction,
        .setting = wording::text(sharing.fixSetting)};
}

WhyRow ofRuntime(const drover::RuntimeView& runtime)
{
    const auto* row = drover::findReason(runtime.reasonCode);
    if (row == nullptr)
        return {QStringLiteral("Ollama"), wording::text(runtime.reasonText), wording::text(runtime.fixText)};
    const bool starts = row->action == drover::FixAction::StartOllama || row->action == drover::FixAction::TryAgain;
    return {.subject = QStringLiteral("Ollama"),
        .sentence = wording::translated(row->sentence, runtime.reasonArguments),
        .fix = row->fix.empty() ? QString() : wording::translated(row->fix, runtime.reasonArguments),
        .action = starts && runtime.fix == drover::RuntimeFix::None ? drover::FixAction::None : row->action,
        .setting = wording::text(std::string(row->setting))};
}

WhyRow ofBackend(const drover::BackendView& backend)
{
    WhyRow row{.subject = wording::text(backend.name)};
    if (backend.state == drover::BackendState::Ready) {
        row.sentence = backend.slotsReason.empty()
            ? wording::state(backend.state)
            : Why::tr("%1: %2").arg(wording::state(backend.state), wording::text(backend.slotsReason));
        return row;
    }
    row.sentence = backend.reason.empty() ? wording::state(backend.state) : wording::told(backend.reason);
    if (backend.retryIn.count() > 0)
        row.fix = Why::tr("Drover tries it again in %1.").arg(wording::duration(backend.retryIn));
    return row;
}

WhyRow ofFinished(const drover::FinishedJob& finished)
{
    WhyRow row{.subject = wording::text(finished.job.user), .sentence = wording::told(finished.reason)};
    const auto* reason = drover::findReason(finished.reasonCode);
    if (reason == nullptr)
        return row;
    row.sentence = wording::translated(reason->sentence, {});
    row.fix = reason->fix.empty() ? QString() : wording::translated(reason->fix, {});
    row.action = reason->action;
    row.setting = wording::text(std::string(reason->setting));
    return row;
}

} // namespace

std::vector<WhyRow> whyRows(const drover::Snapshot& snapshot)
{
    constexpr std::size_t finishedRowsMax = 5;
    std::vector<WhyRow> rows{ofState(snapshot)};
    if (snapshot.sharing.present)
        rows.push_back(ofSharing(snapshot.sharing));
    if (snapshot.runtime.present && snapshot.runtime.reasonCode != snapshot.reasonCode)
        rows.push_back(ofRuntime(snapshot.runtime));
    for (const auto& backend : snapshot.backends)
        rows.push_back(ofBackend(backend));
    const std::size_t most = rows.size() + finishedRowsMax;
    for (const auto& finished : snapshot.finished) {
        const bool wrong = finished.outcome == drover::Outcome::Failed || finished.outcome == drover::Outcome::Refused;
        if (!wrong || rows.size() == most)
            continue;
        if (auto row = ofFinished(finished); std::ranges::find(rows, row) == rows.end())
            rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace drover::app
