// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace drover::history {

/// What keeps the history from being used.
enum class Trouble {
    None,
    DiskFull,
    ReadOnly, ///< the file or its folder may not be written
    Damaged, ///< not a database, or one whose pages contradict each other
    Newer, ///< written by a Drover that knows more
    Busy, ///< another program holds it for longer than we wait
    Io
};

/// Longest wait for another program that writes.
inline constexpr std::chrono::milliseconds busyTimeMax{2'000};

/// The number of the form in which tables are kept. It grows with each step of history_file.cpp.
extern const int schemaVersion;

/// A history of a Drover that knows more than this one.
struct NewerSchema : std::exception {
    const char* what() const noexcept override { return "written by a newer Drover"; }
};

std::filesystem::path pathOf(const std::string& utf8);

/// Opens it for writing; makes it with mode 0600, in its folder, when it is missing, and brings an older one up to
/// date. `vfs` names one of SQLite's; empty is the usual. Throws SQLite::Exception, NewerSchema, std::system_error.
std::unique_ptr<SQLite::Database> openForWriting(const std::string& file, const std::string& vfs = {});

/// Opens it for reading beside whoever writes it. Throws as above.
std::unique_ptr<SQLite::Database> openForReading(const std::string& file);

/// Renames a damaged file, with what belongs to it, to "<file>.damaged"; an older one of that name goes. Returns the
/// name.
std::string setAside(const std::string& file);

/// What the exception that is being handled means. Call it in a catch block.
Trouble troubleOfException();
Trouble troubleOf(const SQLite::Exception& failure);

/// The exception that is being handled as an Error. Call it in a catch block.
Error errorOfException();

} // namespace drover::history
