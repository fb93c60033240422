// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drover::app {

/// Fields of one block such as [[backend]]: names and values as a person writes them. An empty value stands for the
/// field's default, which the file need not name.
using BlockFields = std::vector<std::pair<std::string, std::string>>;

// Changes to the blocks of a settings file. What they do not touch keeps its comments and layout. All fail with
// BadConfig: an unknown key or field, a value that breaks its rule, a file that is broken before, or blocks in a form
// that cannot be edited safely. `key` is the key of a row with blocks, `index` counts its blocks from 0. Pure.

/// With one more block, at the end of the file.
drover::Result<std::string> addBlock(const std::string& text, std::string_view key, const BlockFields& fields);

/// With other values for these fields of one block; fields that are not named stay.
drover::Result<std::string> changeBlock(
    const std::string& text, std::string_view key, std::size_t index, const BlockFields& fields);

/// Without that block and the comments in it.
drover::Result<std::string> removeBlock(const std::string& text, std::string_view key, std::size_t index);

} // namespace drover::app
