// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/sharing.h"
#include "core/api/snapshot.h"
#include "core/dispatch/pause_clock.h"

#include <array>
#include <chrono>
#include <optional>

namespace drover {

/// Decides whether this machine may work for its pools: readings, rules and time in, a verdict with its reason out.
///
/// The strictest rule that holds wins, the first of them where several are as strict; a person's pause beats them all.
/// Each rule begins to hold and ceases to only after its condition was met for a while, and ceases at another limit
/// than it begins, so that nothing goes to and fro. Pure; time is an argument. Core thread.
class MannersRules {
public:
    /// What else it is told at each moment.
    struct Given {
        PauseClock::Moment now = {};
        UsageSum poolsToday = {}; ///< what all pools got since midnight, with the jobs that they have under way
        bool snoozedProgramRuns = true; ///< of SnoozeKind::Program
    };

    /// In force with the next `decide`, without the time that a rule else takes to let go.
    void setRules(const SharingRules& rules);
    void setReadings(const SensorReadings& readings) { m_readings = readings; }

    /// Replaces a pause that there is; one whose time is over ends it. Kind None ends it, too.
    void snooze(const Snooze& snooze, PauseClock::Moment now);
    const Snooze& snoozed() const { return m_snooze; }

    /// Everything but SharingView::present.
    SharingView decide(const Given& given);

    /// How long a rule's condition must be met before it holds, and before it lets go.
    struct Dwell {
        std::chrono::seconds begin{0};
        std::chrono::seconds end{0};
    };
    static Dwell dwellOf(SharingRule rule);
    static SharingVerdict verdictOf(SharingRule rule); ///< while it holds

private:
    struct Memory {
        bool holds = false;
        std::optional<TimePoint> turning = {}; ///< since then it should begin, or cease, to hold
        std::int64_t since = 0;
        std::string subject = {}; ///< kept while it holds, when its cause is gone already
    };

    RuleView step(SharingRule rule, const Given& given);
    void endSnoozeInTime(const Given& given);
    SharingView summary(std::vector<RuleView> rules, const Given& given) const;

    SharingRules m_rules = {};
    SensorReadings m_readings = {};
    Snooze m_snooze = {};
    PauseClock m_snoozeClock;
    std::array<Memory, sharingRuleCount> m_memory = {};
    bool m_rulesChanged = false;
};

} // namespace drover
