// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <cstdint>
#include <string>

namespace drover::app {

/// What a person may ask of the models, wherever they are; every way to ask uses this. Answers show in the next
/// snapshots. Main thread.
class ModelActions {
public:
    virtual ~ModelActions() = default;

    /// Unloads every model of every Ollama. Nothing happens when none is loaded. Jobs that run finish first.
    virtual void freeMemory() = 0;

    /// `backend` is its name; that of a model is written as in the snapshot.
    virtual void loadModel(const std::string& backend, const std::string& model) = 0;
    virtual void keepLoaded(const std::string& backend, const std::string& model) = 0; ///< until it is unloaded
    virtual void unloadModel(const std::string& backend, const std::string& model) = 0;

    /// From the disk. Whoever asks has asked the person.
    virtual void removeModel(const std::string& backend, const std::string& model) = 0;

    /// Downloads it, after those that were asked for before.
    virtual void pullModel(const std::string& backend, const std::string& model) = 0;
};

/// What the loaded models of a snapshot take, for "Free GPU memory (12.4 GB in 2 models)".
struct LoadedMemory {
    int models = 0;
    std::uint64_t bytes = 0; ///< of the GPU; of the machine where none is on a GPU. 0 when not told
    bool operator==(const LoadedMemory&) const = default;
};

LoadedMemory loadedMemory(const drover::Snapshot& snapshot);

} // namespace drover::app
