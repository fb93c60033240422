// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/offer.h"

#include <functional>
#include <span>
#include <string_view>
#include <unordered_map>

namespace drover {

struct User;

/// What the dispatcher knows of one backend.
struct BackendEntry {
    BackendId id = 0;
    int slots = 0;
    int running = 0;
    bool available = false;
    bool anyModel = false;
    bool removed = false; ///< gone, but jobs still run on it
    RealmSet takes = 0;
    std::uint32_t unwanted = 0; ///< jobs that were handed back from it and do not run there again
    std::vector<Offer> offers = {}; ///< by model; one for the model that stands for any when it takes any
    User* lastUser = nullptr; ///< whose job it started last; null when that user is forgotten
    BackendEntry* nextOfLast = nullptr; ///< others that user started a job on last
    BackendEntry* previousOfLast = nullptr;
    double level = 0; ///< that user's counter when it was forgotten

    bool free() const { return available && running < slots; }
    bool takesRealm(Realm realm) const { return (takes & setOf(realm)) != 0; }
    Offer* offerOf(const ModelEntry& model); ///< null when the model is not listed
};

/// Where a job may run: wherever the model is and jobs of the realm are taken, but for some.
struct Eligible {
    ModelEntry* model = nullptr;
    Realm realm = Realm::Own;
    std::span<const BackendId> without = {}; ///< borrowed; sorted

    bool allows(BackendId backend) const;
};

/// The backends and their slots, and for each model who has it, the free ones in the order of merit.
///
/// Every change of a backend costs O(its models * log(backends of a model)), every question O(1), whatever the number
/// of backends. Addresses of backends and models are stable until they are erased.
class BackendTable {
public:
    /// Models that are affected because the backend has come to serve them or serves them no longer; each must be given
    /// to `release` when all is settled. Names that a backend lists more than once count once.
    std::vector<ModelEntry*> set(BackendId id, const BackendCapacity& capacity);

    /// Takes no more jobs; it is there until `eraseIfGone` finds that no job runs on it. Models as for `set`.
    std::vector<ModelEntry*> remove(BackendEntry& backend);
    bool isGone(const BackendEntry& backend) const { return backend.removed && backend.running == 0; }
    void erase(BackendEntry& backend);

    BackendEntry* find(BackendId id);
    std::unordered_map<BackendId, BackendEntry>& all() { return m_backends; }

    /// Made when it is not known. To be given to `release` once nothing more is known of it.
    ModelEntry& model(std::string_view name);
    void release(ModelEntry& model);

    /// Stands for all models that backends take without listing them.
    ModelEntry& any() { return m_any; }

    /// A job of this model takes a slot there; `turn` grows with each.
    static void start(BackendEntry& backend, const ModelEntry& model, std::uint64_t turn);
    /// One has run to its end there; its slot is still taken.
    static void measure(
        BackendEntry& backend, const ModelEntry& model, std::uint64_t outputTokens, std::chrono::nanoseconds ran);
    static void freeSlot(BackendEntry& backend);

    bool canServe(std::string_view model, Realm realm) const;
    bool canServe(BackendId backend, std::string_view model, Realm realm);
    double tokensPerSecond(BackendId backend, std::string_view model);

    bool anyAvailable(const Eligible& eligible);

    /// Where a job runs best, see ByMerit; null when no backend is free.
    BackendEntry* best(const Eligible& eligible);

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    std::vector<ModelEntry*> modelsOf(const BackendCapacity& capacity);
    void rebuild(BackendEntry& backend, const std::vector<ModelEntry*>& models);
    static void withdraw(BackendEntry& backend);
    static void enter(BackendEntry& backend);
    static void file(Offer& offer);
    static void refile(BackendEntry& backend);
    const ModelEntry* find(std::string_view name) const;

    std::unordered_map<BackendId, BackendEntry> m_backends;
    std::unordered_map<std::string, ModelEntry, Hash, std::equal_to<>> m_models;
    ModelEntry m_any;
};

} // namespace drover
