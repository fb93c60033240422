// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <SQLiteCpp/Database.h>

#include <chrono>
#include <memory>
#include <string>

namespace drover::keyfile {

/// Longest wait for another program that writes.
inline constexpr std::chrono::milliseconds busyTimeMax{10'000};

/// The number of the form in which tables are kept.
extern const int schemaVersion;

/// Opens a key file, and makes it with mode 0600, in its folder, when it is missing. Fails with Io and a sentence when
/// it is damaged, empty, something else, or of a newer Drover: keys that cannot be read are never taken for none.
Result<std::unique_ptr<SQLite::Database>> openDatabase(const std::string& path);

/// The exception that is being handled, as an Error about this file. Call it in a catch block.
Error errorOfException(const std::string& path);

} // namespace drover::keyfile
