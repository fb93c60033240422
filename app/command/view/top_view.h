// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/view/key_reader.h"
#include "app/command/view/terminal.h"
#include "core/api/snapshot.h"

#include <optional>
#include <string>
#include <vector>

namespace drover::app {

/// What the person at `drover top` has chosen to see.
struct TopState {
    enum class Pane { Users, Jobs };
    enum class Front { Lists, Help, Detail, AskCancel };

    Pane pane = Pane::Jobs;
    Front front = Front::Lists;
    std::string user = {}; ///< selected; empty for the first
    drover::JobId job = 0; ///< selected; 0 for the first
    drover::JobId asked = 0; ///< the job that Detail shows and AskCancel is about
    std::string message = {}; ///< shown in the last line until the next key
    bool connected = true; ///< a Drover runs and tells
    bool colour = true;
    bool unicode = true; ///< the terminal shows more than ASCII
    bool operator==(const TopState&) const = default;
};

/// What a key asks for besides another view.
struct TopRequest {
    enum class Kind { Nothing, Quit, Cancel, Next, Pause, Resume };
    Kind kind = Kind::Nothing;
    drover::JobId job = 0;
    bool operator==(const TopRequest&) const = default;
};

struct TopStep {
    TopState state = {};
    TopRequest request = {};
};

/// What a key does. Pure.
TopStep pressKey(TopState state, const drover::Snapshot& snapshot, const KeyPress& key, TerminalSize size);

/// The whole screen: exactly `size.rows` lines of at most `size.columns` columns, with colours as escape sequences.
/// Pure. Names that came over the network are made harmless.
std::vector<std::string> renderTop(const drover::Snapshot& snapshot, const TopState& state, TerminalSize size);

} // namespace drover::app
