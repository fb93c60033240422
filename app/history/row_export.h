// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace drover::app {

enum class RowFormat { Csv, Json };

/// Where an export goes: false ends it, because nobody reads on or somebody cancelled.
using RowSink = std::function<bool(std::string_view piece, std::uint64_t rowsSoFar)>;

/// Writes at most `rowsMost` rows of a query (0 means all of them) to `sink`, in constant memory: CSV with a header, or
/// a JSON array. Returns the number of rows. Fails with Cancelled when the sink said so, else as the reader does.
/// Blocks.
drover::Result<std::uint64_t> exportRows(drover::HistoryReader& reader, const drover::HistoryQuery& query,
    std::uint64_t rowsMost, RowFormat format, const RowSink& sink);

/// The same into a file, which appears only when all of it is written. `progress` gets the rows so far and cancels by
/// saying false. Fails with Io when the file cannot be written.
drover::Result<std::uint64_t> exportRowsToFile(drover::HistoryReader& reader, const drover::HistoryQuery& query,
    std::uint64_t rowsMost, RowFormat format, const std::string& file,
    const std::function<bool(std::uint64_t rowsSoFar)>& progress = {});

} // namespace drover::app
