// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/job.h"

#include <map>
#include <string_view>
#include <vector>

namespace drover {

struct User;

/// What the dispatcher knows of one backend.
struct BackendEntry {
    BackendId id = 0;
    BackendCapacity capacity = {}; ///< its lists sorted
    int running = 0;
    bool removed = false; ///< gone, but jobs still run on it
    const User* lastUser = nullptr; ///< whose job it started last; null when that user is forgotten
    double level = 0; ///< that user's counter when it was forgotten

    bool hasModel(std::string_view model) const;
    bool hasLoaded(std::string_view model) const;
    bool free() const { return capacity.available && running < capacity.slots; }
};

/// The backends and their slots. Addresses of backends are stable until `erase`.
class BackendTable {
public:
    /// True when the backend takes other models than before, so that jobs must be grouped again.
    bool set(BackendId id, BackendCapacity capacity);

    /// Takes no more jobs; call `eraseRemoved` once no job refers to it any more.
    void remove(BackendId id);
    void eraseRemoved();

    BackendEntry* find(BackendId id);
    const BackendEntry* find(BackendId id) const;

    /// Those that have the model, available or not, by id.
    std::vector<BackendEntry*> withModel(std::string_view model);

    bool canServe(std::string_view model) const;
    bool anyFree() const;
    static bool anyFree(const std::vector<BackendEntry*>& backends);
    static bool anyAvailable(const std::vector<BackendEntry*>& backends);

    /// Where a job for `model` runs best: a free one that has it loaded, then one with the most free slots, then the
    /// first by id. Null when none is free.
    static BackendEntry* choose(const std::vector<BackendEntry*>& backends, std::string_view model);

    std::map<BackendId, BackendEntry>& all() { return m_backends; }

private:
    std::map<BackendId, BackendEntry> m_backends;
};

} // namespace drover
