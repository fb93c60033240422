// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/engine.h"
#include "core/dispatch/daily_usage.h"
#include "core/dispatch/manners.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace drover {

/// The engine's hold on the manners: feeds them, remembers their verdict, watches the program that a pause waits for.
/// Core thread.
class EngineSharing {
public:
    /// Of `hooks` are used: log, freeMemoryRequested, snoozed.
    explicit EngineSharing(EngineHooks hooks)
        : m_hooks(std::move(hooks))
    {
    }

    void setReadings(const SensorReadings& readings) { m_manners.setReadings(readings); }
    void snooze(const Snooze& snooze, PauseClock::Moment now);

    /// What the rules say at the moment; true when the view is another than before. Call about four times a second.
    bool look(const Config& config, const DailyUsage& today, PauseClock::Moment now);

    const SharingView& view() const { return m_view; }

private:
    void tell(const SharingView& before) const;

    EngineHooks m_hooks;
    MannersRules m_manners;
    SharingView m_view = {};
    std::optional<std::uint64_t> m_programMark = {}; ///< of the program that the pause waits for
    SnoozeKind m_toldSnooze = SnoozeKind::None;
};

} // namespace drover
