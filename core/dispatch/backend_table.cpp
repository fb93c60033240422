// SPDX-License-Identifier: MIT
#include "core/dispatch/backend_table.h"

#include <algorithm>
#include <queue>
#include <utility>

namespace drover {

namespace {

using Sets = std::array<RealmSet, realmSets / 2>;

/// For each realm, the sets that it is in.
constexpr std::array<Sets, realmCount> setsByRealm = [] {
    std::array<Sets, realmCount> byRealm{};
    for (std::size_t realm = 0; realm < realmCount; ++realm) {
        std::size_t found = 0;
        for (std::size_t set = 0; set < realmSets; ++set)
            if ((set & setOf(static_cast<Realm>(realm))) != 0)
                byRealm[realm][found++] = static_cast<RealmSet>(set);
    }
    return byRealm;
}();

/// The sets that a backend must stand in to take jobs of the realm.
const Sets& setsWith(Realm realm)
{
    return setsByRealm[static_cast<std::size_t>(realm)];
}

std::uint32_t availableOf(const ModelEntry& model, Realm realm)
{
    std::uint32_t count = 0;
    for (const RealmSet set : setsWith(realm))
        count += model.available[set];
    return count;
}

/// The best one that is allowed: a look at as many as are not, and their children in the heap.
Offer* firstAllowed(const ModelEntry::FreeOffers& free, const Eligible& eligible)
{
    Offer* const top = free.top();
    if (!top || eligible.allows(top->id))
        return top;
    const auto later = [&free](std::size_t a, std::size_t b) { return ByMerit{}(*free.at(b), *free.at(a)); };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> seen(later);
    seen.push(0);
    while (!seen.empty()) {
        const std::size_t index = seen.top();
        if (eligible.allows(free.at(index)->id))
            return free.at(index);
        seen.pop();
        for (const std::size_t child : {2 * index + 1, 2 * index + 2})
            if (free.at(child))
                seen.push(child);
    }
    return nullptr;
}

} // namespace

Offer* BackendEntry::offerOf(const ModelEntry& model)
{
    const auto place = std::lower_bound(offers.begin(), offers.end(), &model,
        [](const Offer& offer, const ModelEntry* wanted) { return std::less<>{}(offer.model, wanted); });
    return place != offers.end() && place->model == &model ? &*place : nullptr;
}

bool Eligible::allows(BackendId backend) const
{
    return !std::binary_search(without.begin(), without.end(), backend);
}

std::vector<ModelEntry*> BackendTable::set(BackendId id, const BackendCapacity& capacity)
{
    BackendEntry& backend = m_backends.try_emplace(id).first->second;
    std::vector<ModelEntry*> models = modelsOf(capacity);
    const auto takes = static_cast<RealmSet>((capacity.takesOwn ? setOf(Realm::Own) : 0)
        | (capacity.takesPooled ? setOf(Realm::Pooled) : 0) | (capacity.takesLinked ? setOf(Realm::Linked) : 0));
    const bool sameModels = std::equal(models.begin(), models.end(), backend.offers.begin(), backend.offers.end(),
        [](const ModelEntry* model, const Offer& offer) { return model == offer.model; });
    const bool same = sameModels && backend.available == capacity.available && backend.takes == takes;
    std::vector<ModelEntry*> affected;
    if (!same) {
        withdraw(backend);
        for (const Offer& offer : backend.offers)
            affected.push_back(offer.model);
    }
    backend.id = id;
    backend.removed = false;
    backend.slots = capacity.slots;
    backend.available = capacity.available;
    backend.anyModel = capacity.anyModel;
    backend.takes = takes;
    if (!sameModels)
        rebuild(backend, models);
    for (Offer& offer : backend.offers)
        offer.loaded = false;
    for (const std::string& name : capacity.loaded)
        if (const auto found = m_models.find(name); found != m_models.end())
            if (Offer* offer = backend.offerOf(found->second))
                offer->loaded = true;
    if (same) {
        refile(backend);
        return {};
    }
    enter(backend);
    affected.insert(affected.end(), models.begin(), models.end());
    std::sort(affected.begin(), affected.end(), std::less<>{});
    affected.erase(std::unique(affected.begin(), affected.end()), affected.end());
    return affected;
}

std::vector<ModelEntry*> BackendTable::remove(BackendEntry& backend)
{
    std::vector<ModelEntry*> affected =
        set(backend.id, {.slots = 0, .takesOwn = false, .takesPooled = false, .takesLinked = false});
    backend.removed = true;
    return affected;
}

void BackendTable::erase(BackendEntry& backend)
{
    m_backends.erase(backend.id);
}

BackendEntry* BackendTable::find(BackendId id)
{
    const auto place = m_backends.find(id);
    return place == m_backends.end() ? nullptr : &place->second;
}

ModelEntry& BackendTable::model(std::string_view name)
{
    auto place = m_models.find(name);
    if (place == m_models.end()) {
        place = m_models.try_emplace(std::string(name)).first;
        place->second.name = &place->first;
    }
    return place->second;
}

void BackendTable::release(ModelEntry& model)
{
    if (&model != &m_any && model.offers.empty() && model.jobs == 0)
        m_models.erase(m_models.find(*model.name));
}

/// What an offer is made for: what it lists, what it has loaded when it takes any, and any.
std::vector<ModelEntry*> BackendTable::modelsOf(const BackendCapacity& capacity)
{
    std::vector<ModelEntry*> models;
    models.reserve(capacity.models.size() + 1);
    for (const std::string& name : capacity.models)
        models.push_back(&model(name));
    if (capacity.anyModel) {
        for (const std::string& name : capacity.loaded)
            models.push_back(&model(name));
        models.push_back(&m_any);
    }
    std::sort(models.begin(), models.end(), std::less<>{});
    models.erase(std::unique(models.begin(), models.end()), models.end());
    return models;
}

/// What was learnt about models that stay is kept.
void BackendTable::rebuild(BackendEntry& backend, const std::vector<ModelEntry*>& models)
{
    for (const Offer& offer : backend.offers) {
        std::vector<Offer*>& others = offer.model->offers;
        others.back()->index = offer.index;
        others[offer.index] = others.back();
        others.pop_back();
    }
    std::vector<Offer> offers;
    offers.reserve(models.size());
    for (ModelEntry* model : models) {
        const Offer* known = backend.offerOf(*model);
        offers.push_back(known ? *known : Offer{.backend = &backend, .model = model, .id = backend.id});
        if (!known && model != &m_any)
            offers.back().speedStep = Speed::untried;
    }
    backend.offers = std::move(offers);
    for (Offer& offer : backend.offers) {
        offer.index = static_cast<std::uint32_t>(offer.model->offers.size());
        offer.model->offers.push_back(&offer);
    }
}

/// Takes the backend out of all that is counted and chosen from.
void BackendTable::withdraw(BackendEntry& backend)
{
    for (Offer& offer : backend.offers) {
        if (offer.place != nowhere)
            offer.model->free[backend.takes].remove(offer);
        if (backend.available)
            --offer.model->available[backend.takes];
    }
}

void BackendTable::enter(BackendEntry& backend)
{
    for (Offer& offer : backend.offers) {
        if (backend.available)
            ++offer.model->available[backend.takes];
        file(offer);
    }
}

/// Puts an offer where it belongs by what its backend is like at present.
void BackendTable::file(Offer& offer)
{
    const BackendEntry& backend = *offer.backend;
    ModelEntry::FreeOffers& free = offer.model->free[backend.takes];
    offer.freeSlots = backend.slots - backend.running;
    if (!backend.free()) {
        if (offer.place != nowhere)
            free.remove(offer);
    } else if (offer.place == nowhere) {
        free.insert(offer);
    } else {
        free.moved(offer);
    }
}

void BackendTable::refile(BackendEntry& backend)
{
    for (Offer& offer : backend.offers)
        file(offer);
}

void BackendTable::start(BackendEntry& backend, const ModelEntry& model, std::uint64_t turn)
{
    ++backend.running;
    if (Offer* offer = backend.offerOf(model)) {
        offer->lastStart = turn;
        if (offer->speedStep == Speed::untried)
            offer->speedStep = Speed::unknown;
    }
    refile(backend);
}

void BackendTable::freeSlot(BackendEntry& backend)
{
    --backend.running;
    refile(backend);
}

void BackendTable::measure(
    BackendEntry& backend, const ModelEntry& model, std::uint64_t outputTokens, std::chrono::nanoseconds ran)
{
    Offer* offer = backend.offerOf(model);
    if (!offer)
        return;
    offer->speed.add(outputTokens, ran);
    offer->speedStep = offer->speed.step();
    file(*offer);
}

const ModelEntry* BackendTable::find(std::string_view name) const
{
    const auto place = m_models.find(name);
    return place == m_models.end() ? nullptr : &place->second;
}

bool BackendTable::canServe(std::string_view model, Realm realm) const
{
    const ModelEntry* known = find(model);
    return availableOf(m_any, realm) > 0 || (known && availableOf(*known, realm) > 0);
}

bool BackendTable::canServe(BackendId backend, std::string_view model, Realm realm)
{
    BackendEntry* found = find(backend);
    if (!found || !found->available || !found->takesRealm(realm))
        return false;
    const ModelEntry* known = find(model);
    return found->anyModel || (known && found->offerOf(*known));
}

double BackendTable::tokensPerSecond(BackendId backend, std::string_view model)
{
    BackendEntry* found = find(backend);
    const ModelEntry* known = find(model);
    const Offer* offer = found && known ? found->offerOf(*known) : nullptr;
    return offer ? offer->speed.tokensPerSecond() : 0;
}

bool BackendTable::anyAvailable(const Eligible& eligible)
{
    const auto [model, realm, without] = eligible;
    std::size_t count = availableOf(*model, realm) + (model == &m_any ? 0 : availableOf(m_any, realm));
    for (const BackendId id : without) {
        BackendEntry* backend = find(id);
        if (!backend || !backend->available || !backend->takesRealm(realm))
            continue;
        count -= backend->offerOf(*model) ? 1 : 0;
        count -= backend->anyModel && model != &m_any ? 1 : 0;
    }
    return count > 0;
}

BackendEntry* BackendTable::best(const Eligible& eligible)
{
    Offer* best = nullptr;
    const auto consider = [&](const ModelEntry& model) {
        for (const RealmSet set : setsWith(eligible.realm)) {
            Offer* found = firstAllowed(model.free[set], eligible);
            if (found && (!best || ByMerit{}(*found, *best)))
                best = found;
        }
    };
    consider(*eligible.model);
    if (eligible.model != &m_any)
        consider(m_any);
    return best ? best->backend : nullptr;
}

} // namespace drover
