// SPDX-License-Identifier: MIT
#include "core/api/engine.h"

namespace drover {

std::unique_ptr<Engine> makeEngine(Config, EngineHooks)
{
    return nullptr;
}

} // namespace drover
