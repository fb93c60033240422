// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

namespace drover::app {

/// Recognises that the machine slept, so that the silence of a sleeping program is not taken for a hang.
///
/// Looks at two clocks: a monotonic one stands still during sleep on Linux and macOS and goes on on Windows, the wall
/// clock jumps on all. A wall clock set forward by hand looks the same, which does no harm. Pure: time is an argument.
class SleepWatch {
public:
    struct Moment {
        std::chrono::steady_clock::time_point monotonic = {};
        std::chrono::system_clock::time_point wall = {};
    };

    /// A pause between two looks that is longer than `pauseMax` is sleep.
    explicit SleepWatch(std::chrono::milliseconds pauseMax);

    /// True when the machine slept since the look before this one.
    bool sleptUntil(const Moment& now);

private:
    std::chrono::milliseconds m_pauseMax;
    std::optional<Moment> m_last = {};
};

} // namespace drover::app
