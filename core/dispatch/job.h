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
    Own, ///< of this machine's apps
    Pooled, ///< of the clients of the pool that this machine hosts
    Linked ///< of a pool that this machine works for: never on a worker of ours, or two hosts could send one round
};
inline constexpr std::size_t realmCount = 3;

/// What the dispatcher must know of one request. It never sees its bytes.
struct Job {
    JobId id = 0;
    std::string user = {};
    std::string model = {}; ///< normalised: lower case, with a tag (protocol/model_name.h)
    Lane lane = Lane::Normal;
    std::uint32_t promptTokens = 0; ///< an estimate
    std::size_t bytes = 0; ///< held in memory while it waits
    std::chrono::milliseconds waitMax{0}; ///< longest time in the queue; 0 means for ever
    Realm realm = Realm::Own;
};

/// What a backend can do at the moment.
struct BackendCapacity {
    int slots = 1; ///< jobs at once
    bool available = false; ///< answers, and is not resting
    bool anyModel = false; ///< takes every model name (its list is not known, or it judges itself)
    std::vector<std::string> models = {}; ///< normalised
    std::vector<std::string> loaded = {}; ///< normalised; those in memory now
    bool takesOwn = true; ///< jobs of this realm, as the next two
    bool takesPooled = true;
    bool takesLinked = true;
    bool operator==(const BackendCapacity&) const = default;
};

} // namespace drover
