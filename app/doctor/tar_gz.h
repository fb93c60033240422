// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace drover::app {

/// One file of an archive.
struct ArchiveFile {
    std::string name = {}; ///< with forward slashes, at most 99 bytes of ASCII
    std::string text = {};
};

/// A .tar.gz of the files, in order: POSIX ustar (IEEE Std 1003.1) in gzip (RFC 1952). `seconds` since 1970 is the time
/// of each file. Pure: the same files give the same bytes.
std::string tarGz(const std::vector<ArchiveFile>& files, std::int64_t seconds);

} // namespace drover::app
