// SPDX-License-Identifier: MIT
#include "app/model_actions.h"

namespace drover::app {

LoadedMemory loadedMemory(const drover::Snapshot& snapshot)
{
    LoadedMemory memory;
    std::uint64_t inAll = 0;
    for (const drover::BackendView& backend : snapshot.backends) {
        if (backend.kind != drover::BackendKind::Ollama || backend.state != drover::BackendState::Ready)
            continue; // only Ollama unloads on request
        for (const drover::ModelView& model : backend.models) {
            if (!model.loaded)
                continue;
            ++memory.models;
            memory.bytes += model.gpuBytes;
            inAll += model.memoryBytes;
        }
    }
    if (memory.bytes == 0)
        memory.bytes = inAll;
    return memory;
}

} // namespace drover::app
