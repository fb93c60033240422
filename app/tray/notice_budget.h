// SPDX-License-Identifier: MIT
#pragma once

#include "app/tray/notice.h"

#include <chrono>
#include <deque>
#include <map>
#include <optional>

namespace drover::app {

/// Holds events back so that nobody is bothered: what happens at about the same time becomes one notice for each kind,
/// and there are never more than `perHourMax` notices within an hour. What had to wait for an hour is let go.
///
/// Pure; time is an argument. Holds `subjectsMax` names of each kind at most.
class NoticeBudget {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static constexpr std::size_t perHourMax = 3;
    static constexpr qsizetype subjectsMax = 50;
    static constexpr std::chrono::milliseconds gatherTimeUsual{2000};

    /// `gatherTime`: how long a first event waits for more of its kind.
    explicit NoticeBudget(std::chrono::milliseconds gatherTime = gatherTimeUsual);

    void add(NoticeKind kind, const QString& subject, TimePoint now);

    /// The most important notice that may be shown now; it counts as shown.
    std::optional<Notice> take(TimePoint now);

    /// When `take` may give something next; nothing when there is nothing to give.
    std::optional<TimePoint> nextAt() const;

private:
    struct Pending {
        QStringList subjects = {};
        TimePoint since{};
    };

    void forget(TimePoint now);

    std::chrono::milliseconds m_gatherTime;
    std::map<NoticeKind, Pending> m_pending; ///< the most important first
    std::deque<TimePoint> m_shown; ///< within the last hour, the oldest first
};

} // namespace drover::app
