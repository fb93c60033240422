// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/invocation.h"

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace drover::app {

/// `drover keys` and `drover invite` on the command line.
struct KeyCommands {
    /// Makes a command with the options that all of them have.
    std::function<CLI::App&(CLI::App& parent, const std::string& name, const std::string& sentence)> add = {};

    /// What is typed goes into `into`, which outlives the parser.
    void addTo(CLI::App& root, Invocation& into) const;

private:
    void addKeys(CLI::App& root, Invocation& into) const;
    void addInvite(CLI::App& root, Invocation& into) const;
};

} // namespace drover::app
