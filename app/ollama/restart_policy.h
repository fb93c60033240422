// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <string>

namespace drover::app {

/// How often and how soon a program that ends is started again.
struct RestartRules {
    int restartsMax = 5; ///< within `window`
    std::chrono::milliseconds window{600'000};
    std::chrono::milliseconds delayFirst{1'000}; ///< doubled with each restart in the window
    std::chrono::milliseconds delayMost{60'000};
};

/// What to do about a program that has ended.
struct RestartDecision {
    std::optional<std::chrono::milliseconds> delay = {}; ///< before the restart; nothing: give up
    std::string reason = {}; ///< a sentence when giving up
};

/// Decides whether a program that ended by itself is started again. Pure: time is an argument and never goes back.
class RestartPolicy {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit RestartPolicy(RestartRules rules = {});

    /// The program ended at `now` although it should not have.
    RestartDecision ended(TimePoint now);

    /// Restarts decided since the beginning or `forget`.
    int restarts() const { return m_restarts; }

    /// Begins anew: somebody has mended something.
    void forget();

private:
    RestartRules m_rules;
    std::deque<TimePoint> m_recent; ///< restarts within the window, oldest first
    int m_restarts = 0;
};

} // namespace drover::app
