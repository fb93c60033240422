// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/job.h"

#include <chrono>
#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace drover {

/// Decides how long somebody who sent a wrong key or code must wait before another is looked at.
///
/// Wrong ones are counted by network: an IPv4 address, or 64 bits of an IPv6 one. A few cost nothing; each after them
/// doubles the wait, up to `waitMax`. All networks together have a budget, so that many of them are no faster. A
/// network that was right lately is trusted, so that others behind the same address or proxy cannot shut it out. Pure;
/// time is an argument, and one that goes back stands still. Core thread.
class GuessLimits {
public:
    static constexpr int failuresFree = 5;
    static constexpr std::chrono::milliseconds waitMin{1'000};
    static constexpr std::chrono::milliseconds waitMax{60'000};
    static constexpr std::chrono::minutes rememberedFor{10}; ///< after the last failure; then it is as if new
    static constexpr std::chrono::hours trustedFor{1}; ///< after it was right
    static constexpr int failuresPerMinuteMax = 300; ///< of all networks; then all wait
    static constexpr std::size_t networksMax = 10'000; ///< remembered; the one heard of longest ago goes first

    explicit GuessLimits(std::size_t most = networksMax);

    /// How long before a key or code of that network is looked at; 0: at once.
    std::chrono::milliseconds waitOf(std::string_view network, TimePoint now) const;

    /// It sent a right key within `trustedFor`. Whoever asks decides what that is good for.
    bool isTrusted(std::string_view network, TimePoint now) const;

    struct Failure {
        std::chrono::milliseconds wait{0}; ///< from now on
        bool begins = false; ///< it had no wait before; worth a line in the audit log
    };
    /// One that was looked at was wrong.
    Failure failed(std::string_view network, TimePoint now);

    /// One that was looked at was right. Nothing is forgiven, also not to others.
    void succeeded(std::string_view network, TimePoint now);

    std::size_t size() const { return m_networks.size(); }

private:
    struct Entry {
        std::string network = {};
        int failures = 0;
        TimePoint lastFailure = {};
        TimePoint waitsUntil = {};
        TimePoint trustedUntil = {};
    };

    Entry& entryOf(std::string_view network, TimePoint now);
    double budgetAt(TimePoint now) const;

    std::size_t m_most;
    std::list<Entry> m_networks; ///< the latest first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> m_byName; ///< names are those of the list
    double m_budget = failuresPerMinuteMax; ///< failures that all networks together may have yet
    TimePoint m_budgetAt = {};
};

} // namespace drover
