// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/invocation.h"

#include <optional>
#include <string>
#include <vector>

namespace drover::app {

/// A command line, understood or answered: then there is nothing to do but to print and to end.
struct CommandLine {
    Invocation invocation = {};
    std::optional<ExitCode> ended = {}; ///< set for --help and for what cannot be understood
    std::string output = {}; ///< for standard output, or for standard error when `ended` is Usage
};

/// Understands the arguments, without the program's name.
CommandLine parseCommandLine(const std::vector<std::string>& arguments);

/// The commands and options there are, for shell completion.
struct CommandNode {
    struct Option {
        std::vector<std::string> names = {}; ///< "-p", "--port"
        std::string sentence = {};
        std::vector<std::string> choices = {}; ///< values that it takes; empty for any
        bool takesValue = false;
        bool isFile = false; ///< the value names a file
    };

    std::string name = {};
    std::string sentence = {};
    std::vector<Option> options = {};
    std::vector<std::string> words = {}; ///< what may stand behind it
    std::string wordsOf = {}; ///< a command that prints more of these, one a line
    std::vector<CommandNode> commands = {};
};

/// The tree of commands, from the parser itself.
CommandNode commandTree();

} // namespace drover::app
