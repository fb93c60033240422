// SPDX-License-Identifier: MIT
#pragma once

#include "app/apps/connect_cards.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace drover::app {

/// Waits for the first request of an app after somebody was told to try it. Decides; has no clock and shows nothing.
///
/// A request counts from the moment it is in the queue, so a long answer need not be waited for; one that Drover
/// refused counts too: the app has found the way.
class FirstRequest {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds hintAfter{60};

    /// Requests that `now` shows already do not count.
    FirstRequest(std::string cardId, const drover::Snapshot& now, Time began);

    /// What the queue looks like at that time. Nothing changes once it was found.
    void see(const drover::Snapshot& snapshot, Time now);

    struct Seen {
        std::string user = {};
        std::string model = {}; ///< as the app wrote it; empty when not known any more
        drover::Dialect dialect = drover::Dialect::Ollama;
        Time when{};
    };
    /// The app's first request; nothing yet.
    const std::optional<Seen>& found() const { return m_found; }
    /// The latest that asked and is another app; for a hint.
    const std::optional<Seen>& other() const { return m_other; }

    std::chrono::seconds waited(Time now) const;
    bool needsHint(Time now) const { return !m_found && now - m_began >= hintAfter; }
    const std::string& cardId() const { return m_cardId; }

private:
    std::string m_cardId;
    Time m_began;
    std::map<std::string, std::uint64_t> m_before; ///< requests of each user when it began
    std::optional<Seen> m_found = {};
    std::optional<Seen> m_other = {};
};

} // namespace drover::app
