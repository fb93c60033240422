// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/indexed_heap.h"
#include "core/dispatch/job.h"

#include <array>
#include <limits>
#include <string>
#include <vector>

namespace drover {

struct BackendEntry;
struct Group;
struct ModelEntry;

/// How fast one backend answers with one model: output tokens by the time from a job's start to its end, over its last
/// jobs, each counting seven eighths of the next (and long ones more than short ones).
///
/// Measured from the start, not from the first piece: reading the prompt and the way there are part of what a client
/// waits for, and who holds an answer back to send it in one burst gains nothing.
class Speed {
public:
    /// Jobs without output (embeddings, failures) tell nothing.
    void add(std::uint64_t outputTokens, std::chrono::nanoseconds ran);

    double tokensPerSecond() const; ///< 0 while it is not known

    /// For comparing: steps of about a fifth, so that noise does not decide. `unknown` while nothing is measured.
    std::int16_t step() const;
    static constexpr std::int16_t unknown = std::numeric_limits<std::int16_t>::min();
    static constexpr std::int16_t untried = std::numeric_limits<std::int16_t>::max(); ///< faster than all: to be tried

private:
    float m_tokens = 0;
    float m_seconds = 0;
};

/// One model of one backend.
struct Offer {
    BackendEntry* backend = nullptr;
    ModelEntry* model = nullptr;
    std::uint64_t lastStart = 0; ///< turn at which a job of this model last started there; 0: none did
    Speed speed = {};
    std::int32_t freeSlots = 0;
    BackendId id = 0; ///< of the backend
    std::uint32_t place = nowhere; ///< in ModelEntry::free
    std::uint32_t index = 0; ///< in ModelEntry::offers
    std::int16_t speedStep = Speed::unknown;
    bool loaded = false; ///< in the backend's memory
};

/// Who is chosen first: has the model loaded, most free slots, fastest, ran the model last, least id.
struct ByMerit {
    bool operator()(const Offer& a, const Offer& b) const;
};

/// Which realms a backend takes jobs of, one bit each.
using RealmSet = std::uint8_t;
inline constexpr std::size_t realmSets = 1u << realmCount;
constexpr RealmSet setOf(Realm realm)
{
    return static_cast<RealmSet>(1u << static_cast<unsigned>(realm));
}

/// A model that backends have or jobs ask for. Each offer stands in the lists of its backend's set of realms; those
/// whose set is empty stand in none.
struct ModelEntry {
    using FreeOffers = IndexedHeap<Offer, &Offer::place, ByMerit>;

    const std::string* name = nullptr; ///< null for the model that stands for any
    std::array<FreeOffers, realmSets> free = {}; ///< of available backends with a free slot
    std::array<std::uint32_t, realmSets> available = {}; ///< how many available backends have it
    std::vector<Offer*> offers = {}; ///< all of them
    std::array<Group*, realmCount> groups = {}; ///< jobs that wait for any backend with the model; FairQueue's
    std::vector<Group*> choosyGroups = {}; ///< those that wait for any but some; FairQueue's
    std::uint32_t jobs = 0; ///< that wait or run
    std::uint32_t strangers = 0; ///< that wait in a group of the model that stands for any

    bool hasGroups() const { return groups != decltype(groups){} || !choosyGroups.empty(); }
    template <class Visit> void forEachGroup(Visit visit) const
    {
        for (Group* group : groups)
            if (group)
                visit(*group);
        for (Group* group : choosyGroups)
            visit(*group);
    }
};

} // namespace drover
