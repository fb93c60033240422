// SPDX-License-Identifier: MIT
#include "app/ollama/supervision.h"

#include "app/settings/setting_access.h"

namespace drover::app {

drover::RuntimeView runtimeView(const Supervision& known, const std::string& backend)
{
    return {.present = true,
        .backend = backend,
        .mode = std::string(name(known.mode)),
        .state = known.state,
        .pid = known.pid,
        .version = known.version,
        .restarts = known.restarts,
        .slots = known.slots,
        .reasonCode = known.reasonCode,
        .reasonText = known.reasonText,
        .reasonArguments = known.reasonArguments,
        .fixText = known.fixText,
        .fix = known.fix};
}

} // namespace drover::app
