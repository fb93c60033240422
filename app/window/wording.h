// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QDateTime>
#include <QString>

#include <chrono>
#include <string>

namespace drover::app {

/// Numbers, durations and names as people read them, in the language of the application. Pure.
namespace wording {

QString text(const std::string& utf8);

/// "0.4 s", "8 s", "2 min 05 s", "1 h 12 min".
QString duration(std::chrono::milliseconds duration);

/// A moment in milliseconds since 1970, as a person reads it at `now`: "15:40", "tomorrow 08:00", "Tuesday 08:00", else
/// with its date. Seconds are rounded up, so that what is announced is never late.
QString clock(qint64 millisecondsSince1970, const QDateTime& now = QDateTime::currentDateTime());

/// "1,234"; from a million on "1.2 M".
QString count(std::uint64_t number);

/// "41 tok/s"; one decimal below ten.
QString rate(double tokensPerSecond);

/// "2 running, 3 waiting"; "1 running" when nothing waits; "Nothing to do" when there is no job.
QString jobs(const drover::Snapshot& snapshot);

/// "Zed, Open WebUI and 2 more": whose jobs run or wait, busiest first; empty when nobody's.
QString busyUsers(const drover::Snapshot& snapshot);

/// "Ollama: ready, llama3.2 loaded" or why not; with several backends how many of them are ready.
QString backends(const drover::Snapshot& snapshot);

/// The snapshot's reason as one sentence in the language of the application, by its code; the engine's own words where
/// they are not those of the table. Without the remark that answers are simulated.
QString reason(const drover::Snapshot& snapshot);

/// What to do about it; empty when there is nothing.
QString fix(const drover::Snapshot& snapshot);

/// The text of the button that does it; empty for FixAction::None.
QString button(drover::FixAction action);

/// A text of core/api/reason_table.h with its particulars, in the language of the application.
QString translated(std::string_view pattern, const std::vector<std::string>& arguments);

/// A text that came ready-made, such as why a job ended: in the language of the application where it is one of the
/// table's sentences or begins with one, else as it is. What is filled in is read the same way.
QString told(const std::string& english);

/// A detail of an error as a sentence: its first letter large, a full stop at its end.
QString sentence(const std::string& detail);

QString state(drover::JobState state);
QString state(drover::BackendState state);
QString state(drover::RuntimeState state);

} // namespace wording

/// How apps reach Drover.
struct Addresses {
    QString ollama = {}; ///< for OLLAMA_HOST
    QString openAi = {}; ///< for OPENAI_BASE_URL
    QString anthropic = {}; ///< for ANTHROPIC_BASE_URL
    bool operator==(const Addresses&) const = default;
};

/// From the address that the proxy listens on; "any address" becomes this machine's own. Empty from an empty one.
Addresses addressesOf(const drover::Snapshot& snapshot);

} // namespace drover::app
