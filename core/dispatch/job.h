// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/snapshot.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace drover {

/// Time is an argument everywhere in core/dispatch; it never looks at a clock.
using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

/// A backend's place in the dispatcher, given by its owner, small and reused never.
using BackendId = std::uint32_t;

/// Whose a job is, and with that which backends may take it.
enum class Realm : std::uint8_t {
    Own, ///< of this machine's apps, and of pools that it works for
    Pooled, ///< of the clients of the pool that this machine hosts
};
inline constexpr std::size_t realmCount = 2;

/// What the dispatcher must know of one request. It never sees its bytes.
struct Job {
    JobId id = 0;
    std::string user = {};
    std::string model = {}; ///< normalised: lower case, with a tag (protocol/model_name.h)
    Lane lane = Lane::Normal;
    std::uint32_t promptTokens = 0; ///< an estimate
    std::size_t bytes = 0; ///< held in memory while it waits
    std::chrono::milliseconds waitMax{0}; ///< longest time in the queue; 0 means for ever
    bool pooled = false; ///< of a client of the pool that this machine hosts

    Realm realm() const { return pooled ? Realm::Pooled : Realm::Own; }
};

/// What a backend can do at the moment.
struct BackendCapacity {
    int slots = 1; ///< jobs at once
    bool available = false; ///< answers, and is not resting
    bool anyModel = false; ///< takes every model name (its list is not known, or it judges itself)
    std::vector<std::string> models = {}; ///< normalised
    std::vector<std::string> loaded = {}; ///< normalised; those in memory now
    bool takesOwn = true; ///< jobs of this machine's apps, and of pools that it works for
    bool takesPooled = true; ///< jobs of the clients of the pool that it hosts
    bool operator==(const BackendCapacity&) const = default;
};

} // namespace drover
