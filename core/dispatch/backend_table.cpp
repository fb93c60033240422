// SPDX-License-Identifier: MIT
#include "core/dispatch/backend_table.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace drover {

bool BackendEntry::hasModel(std::string_view model) const
{
    return !removed
        && (capacity.anyModel
            || std::binary_search(capacity.models.begin(), capacity.models.end(), model, std::less<>{}));
}

bool BackendEntry::hasLoaded(std::string_view model) const
{
    return std::binary_search(capacity.loaded.begin(), capacity.loaded.end(), model, std::less<>{});
}

bool BackendTable::set(BackendId id, BackendCapacity capacity)
{
    std::sort(capacity.models.begin(), capacity.models.end());
    std::sort(capacity.loaded.begin(), capacity.loaded.end());
    auto [place, made] = m_backends.try_emplace(id);
    BackendEntry& backend = place->second;
    const bool others = made || backend.removed || backend.capacity.anyModel != capacity.anyModel
        || (!capacity.anyModel && backend.capacity.models != capacity.models);
    backend.id = id;
    backend.removed = false;
    backend.capacity = std::move(capacity);
    return others;
}

void BackendTable::remove(BackendId id)
{
    BackendEntry* backend = find(id);
    if (!backend)
        return;
    backend->removed = true;
    backend->capacity = {};
}

void BackendTable::eraseRemoved()
{
    std::erase_if(m_backends, [](const auto& one) { return one.second.removed && one.second.running == 0; });
}

BackendEntry* BackendTable::find(BackendId id)
{
    const auto place = m_backends.find(id);
    return place == m_backends.end() ? nullptr : &place->second;
}

const BackendEntry* BackendTable::find(BackendId id) const
{
    const auto place = m_backends.find(id);
    return place == m_backends.end() ? nullptr : &place->second;
}

std::vector<BackendEntry*> BackendTable::withModel(std::string_view model)
{
    std::vector<BackendEntry*> having;
    for (auto& [id, backend] : m_backends)
        if (backend.hasModel(model))
            having.push_back(&backend);
    return having;
}

bool BackendTable::canServe(std::string_view model) const
{
    return std::any_of(m_backends.begin(), m_backends.end(),
        [&](const auto& one) { return one.second.capacity.available && one.second.hasModel(model); });
}

bool BackendTable::anyFree() const
{
    return std::any_of(m_backends.begin(), m_backends.end(), [](const auto& one) { return one.second.free(); });
}

bool BackendTable::anyFree(const std::vector<BackendEntry*>& backends)
{
    return std::any_of(backends.begin(), backends.end(), [](const BackendEntry* one) { return one->free(); });
}

bool BackendTable::anyAvailable(const std::vector<BackendEntry*>& backends)
{
    return std::any_of(
        backends.begin(), backends.end(), [](const BackendEntry* one) { return one->capacity.available; });
}

BackendEntry* BackendTable::choose(const std::vector<BackendEntry*>& backends, std::string_view model)
{
    BackendEntry* best = nullptr;
    std::pair<bool, int> bestMerit;
    for (BackendEntry* backend : backends) {
        if (!backend->free())
            continue;
        const std::pair<bool, int> merit{backend->hasLoaded(model), backend->capacity.slots - backend->running};
        if (!best || merit > bestMerit) {
            best = backend;
            bestMerit = merit;
        }
    }
    return best;
}

} // namespace drover
