// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"
#include "app/tray/notice.h"

#include "core/api/snapshot.h"

#include <QDateTime>
#include <QHash>
#include <QSet>

#include <optional>
#include <vector>

namespace drover::app {

/// Sees in successive pictures of the engine what is worth a notice, by the settings of the person. Pure; time is an
/// argument. The first picture is where it begins: what it shows already is no news.
class NoticeRules {
public:
    struct Event {
        NoticeKind kind;
        QString subject = {};
        bool operator==(const Event&) const = default;
    };

    explicit NoticeRules(NotificationSettings wanted = {});

    void setWanted(const NotificationSettings& wanted) { m_wanted = wanted; }

    std::vector<Event> take(const drover::Snapshot& snapshot, const QDateTime& now);

    static constexpr std::chrono::minutes poolLostAfter{5};
    static constexpr qsizetype appsRememberedMax = 1000; ///< that were told of today

private:
    void watchRuntime(const drover::Snapshot& snapshot, std::vector<Event>& events);
    void watchLimits(const drover::Snapshot& snapshot, const QDateTime& now, std::vector<Event>& events);
    std::vector<drover::FinishedJob> newlyFinished(const drover::Snapshot& snapshot);
    void watchPause(const drover::Snapshot& snapshot, const QDateTime& now, std::vector<Event>& events);
    void watchPools(const drover::Snapshot& snapshot, const QDateTime& now, std::vector<Event>& events);
    void watchQueue(const drover::Snapshot& snapshot, const QDateTime& now, std::vector<Event>& events);

    NotificationSettings m_wanted;
    std::optional<drover::RuntimeView> m_runtime = {}; ///< of the picture before; nothing before the first
    bool m_hasLooked = false; ///< at a first picture
    struct Newest {
        std::int64_t at = 0; ///< milliseconds since 1970
        QSet<drover::JobId> jobs = {}; ///< that ended then
    };
    Newest m_newest = {}; ///< of the finished jobs that were looked at
    struct PoolSeen {
        bool wasRefused = false;
        bool wasConnected = false;
        QDateTime lostSince = {}; ///< invalid while it is connected, and before it ever was
        bool lostTold = false;
    };
    QHash<QString, PoolSeen> m_pools; ///< by name; those of the settings
    QSet<QString> m_limitedToday;
    QDate m_today;
    QDateTime m_longSince; ///< invalid while the queue is short
    bool m_longTold = false;
    std::int64_t m_pausedUntil = 0; ///< milliseconds since 1970; 0 while there is no pause, or none with an end
};

} // namespace drover::app
