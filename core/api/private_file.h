// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <cstddef>
#include <string>

namespace drover {

/// A small file that only its owner may read. One implementation per kind of system. Paths are UTF-8.
struct PrivateFile {
    enum class State {
        Missing,
        Private,
        Exposed ///< somebody else owns it or may read or write it
    };
    State state = State::Missing;
    std::string text = {};
};

inline constexpr std::size_t privateFileBytesMax = 4096;

/// Fails with Io when it is there but cannot be read, is no plain file (a link is none), or is too large.
Result<PrivateFile> readPrivateFile(const std::string& path);

enum class Existing { Keep, Replace };

/// Writes it whole or not at all, with its folder when that is missing: no reader ever sees half of it. With
/// `Existing::Keep` it fails with Forbidden when another program was faster. Fails with Io.
Result<> writePrivateFile(const std::string& path, const std::string& text, Existing existing);

} // namespace drover
