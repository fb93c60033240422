// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/key_words.h"
#include "app/settings/layer.h"
#include "core/api/history.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace drover::app {

/// Options of `drover history` and `drover usage`; empty means all.
struct HistoryWords {
    std::string since = {};
    std::string until = {};
    std::string app = {};
    std::string model = {};
    std::string machine = {};
    std::string outcome = {};
    std::string text = {};
    std::string output = {}; ///< a file; empty is standard output
    std::optional<std::uint64_t> limit = {};
    drover::UsageBy by = drover::UsageBy::Day;
    bool csv = false;
    bool yes = false;
};

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
    bool sharing = false; ///< of pause and resume: only what is shared with pools
    std::vector<std::string> program = {}; ///< of pause: it lasts while this runs
    bool tui = false;
    bool yes = false; ///< no question is asked
    bool keep = false; ///< of models load: until it is unloaded
    bool names = false; ///< of models list: nothing else
    std::string backend = {}; ///< --backend: the one that is meant
    bool test = false; ///< of connect, as the next two
    bool setUp = false;
    bool undo = false;
    KeyWords keys = {}; ///< of keys and invite
    bool fix = false; ///< of doctor: mend what can be mended
    std::string bundle = {}; ///< of doctor: file for the support bundle
    bool inFile = false; ///< --file of secret set
    std::string server = {}; ///< of join
    std::string name = {}; ///< of join
    std::string workerName = {}; ///< of join
    std::string keyFile = {}; ///< of join
    std::string slots = {}; ///< of join
    bool now = false; ///< of leave: running jobs end
    bool keyFromInput = false; ///< of join: --key-stdin
    std::chrono::milliseconds timeout{0}; ///< of waiting; 0 is for ever
    std::string logSource = {}; ///< "drover", "ollama" or all
    std::string logLevel = {}; ///< the least important to show; empty for all
    int lines = 0;
    HistoryWords history = {};
};

} // namespace drover::app
