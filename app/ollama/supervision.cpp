// SPDX-License-Identifier: MIT
#include "app/ollama/supervision.h"

namespace drover::app {

std::string_view name(SupervisionState state)
{
    switch (state) {
    case SupervisionState::Searching:
        return "searching";
    case SupervisionState::Starting:
        return "starting";
    case SupervisionState::Running:
        return "running";
    case SupervisionState::Silent:
        return "silent";
    case SupervisionState::Restarting:
        return "restarting";
    case SupervisionState::Stopping:
        return "stopping";
    case SupervisionState::Stopped:
        return "stopped";
    case SupervisionState::Absent:
        return "absent";
    case SupervisionState::Missing:
        return "missing";
    case SupervisionState::Blocked:
        return "blocked";
    case SupervisionState::GaveUp:
        return "gave_up";
    }
    return {};
}

} // namespace drover::app
