// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/rate_allowance.h"
#include "core/dispatch/job.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace drover {

/// Decides whether a key may make one more request this minute: two token buckets per key, each as large as what it may
/// use in a minute, and filled evenly.
///
/// A request's tokens are taken by an estimate when it is admitted, and put right when it is over; so a key may owe
/// some, and a request larger than the whole bucket is let in when that is full. A day's tokens are the business of
/// UserRule::tokensPerDay. Pure; time is an argument, and one that goes back stands still. Core thread.
class KeyLimits {
public:
    /// Of one minute; 0 means no limit.
    struct Rates {
        std::uint32_t requests = 0;
        std::uint64_t tokens = 0;
    };

    enum class Hit { None, Requests, Tokens };
    struct Verdict {
        Hit hit = Hit::None; ///< None: it is admitted, and what it takes is taken
        std::chrono::milliseconds retryAfter{0}; ///< 1 and more when refused
    };

    static constexpr std::size_t keysMax = 10'000; ///< remembered; the one that was seen longest ago is forgotten first
    static constexpr int owedMinutesMax = 60; ///< more is forgiven

    explicit KeyLimits(std::size_t most = keysMax);

    /// A refused request takes nothing.
    Verdict admit(std::int64_t key, const Rates& rates, std::uint64_t tokens, TimePoint now);

    /// The request is over and used `actual` tokens instead of `estimated`; 0 when it never ran.
    void correct(std::int64_t key, std::uint64_t estimated, std::uint64_t actual, TimePoint now);

    MinuteAllowance left(std::int64_t key, const Rates& rates, TimePoint now) const;

    std::size_t size() const { return m_keys.size(); }

private:
    struct Bucket {
        double limit = 0; ///< 0: none
        double level = 0;
        void setLimit(double perMinute);
        void fill(std::chrono::duration<double> elapsed);
        std::chrono::milliseconds until(double wanted) const;
        RateAllowance left() const;
    };
    struct Entry {
        Bucket requests = {};
        Bucket tokens = {};
        TimePoint seen = {};
        void at(const Rates& rates, TimePoint now);
    };

    Entry& entryOf(std::int64_t key, TimePoint now);

    std::size_t m_most;
    std::unordered_map<std::int64_t, Entry> m_keys;
};

} // namespace drover
