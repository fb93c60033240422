// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace drover::app {

/// What only the operating system tells. Nothing where it does not.
struct SystemFacts {
    std::optional<bool> desktop = {}; ///< somebody sees windows here
    std::optional<bool> graphicsCard = {}; ///< one that a model can run on
    std::optional<bool> tray = {}; ///< something shows tray icons
    std::optional<bool> keyring = {}; ///< secrets can be kept by the system
    std::optional<bool> clockInStep = {}; ///< the system sets its clock by others
    std::vector<std::string> ollamaServices = {}; ///< what starts an Ollama of its own with the system or at login
};

/// Looks. One definition per operating system. Takes milliseconds.
SystemFacts lookAtSystem(const Environment& environment);

/// Files and sockets that this process may have open at once; 0 where the system has no such limit.
std::uint64_t openFilesMax();

} // namespace drover::app
