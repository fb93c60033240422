// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/settings/layer.h"

#include <chrono>
#include <string>
#include <vector>

namespace drover::app {

/// What somebody asked for on the command line, understood.
struct Invocation {
    std::string command = {}; ///< "serve", "queue cancel"; empty for none
    FlagTexts flags = {}; ///< of serve: options that are settings
    std::string settingsFile = {}; ///< --config
    std::string statusAddress = {}; ///< --status-addr of a client command
    std::vector<std::string> words = {}; ///< what stands behind the command
    bool json = false;
    bool watch = false;
    bool follow = false;
    bool wait = false;
    bool all = false;
    bool tui = false;
    bool yes = false; ///< no question is asked
    bool test = false; ///< of connect
    std::string weight = {}; ///< of keys add
    std::chrono::milliseconds timeout{0}; ///< of waiting; 0 is for ever
    int lines = 0;
};

} // namespace drover::app
