// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/drover_link.h"
#include "app/settings/layer.h"

#include <optional>
#include <string>
#include <vector>

namespace drover::app {

/// What `drover-tray` is told on its command line: its own options, and all of `drover serve`.
struct TrayOptions {
    bool hidden = false; ///< no window at the start where there is a tray
    bool setup = false; ///< the first run, again
    FlagTexts flags = {};
    std::string settingsFile = {};
    std::string home = {}; ///< a folder in place of DROVER_HOME
    std::optional<DroverLink> link = {};
    std::string linkRefusal = {}; ///< why a link that was given is not followed; a sentence for the window

    /// Set when there is only something to print: for --help, --version and what cannot be understood.
    struct Answer {
        int exitCode = 0;
        std::string text = {};
    };
    std::optional<Answer> answer = {};
};

/// Understands the arguments, without the program's name.
TrayOptions parseTrayOptions(const std::vector<std::string>& arguments);

} // namespace drover::app
