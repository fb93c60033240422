// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"

#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

// Rows for programs, in English and in UTC whatever the system's language. Durations are in milliseconds.

/// A line of CSV with its end (RFC 4180). Text that a spreadsheet would take for a formula (it begins with = + - @, a
/// tab or a line end) gets an apostrophe before it, as OWASP's "CSV Injection" advises.
std::string csvLine(const std::vector<std::string>& cells);

std::string historyCsvHeader();
std::string historyCsv(const drover::HistoryRow& row);
std::string historyJson(const drover::HistoryRow& row); ///< one object, without a line end

std::string usageCsvHeader(drover::UsageBy by);
std::string usageCsv(const drover::UsageRow& row);
/// What one pool was given on one day; a line of CSV ends with CR LF.
std::string ledgerCsvHeader();
std::string ledgerCsv(const drover::LedgerRow& row);
std::string ledgerJson(const drover::LedgerRow& row);
std::string dayText(int date); ///< "2026-11-21" of LocalDay::date

std::string usageJson(const drover::UsageRow& row, drover::UsageBy by);

std::string_view name(drover::UsageBy by); ///< "day", "app", "model"

/// "2026-11-21T12:00:00.123Z".
std::string utcText(std::int64_t millisecondsSince1970);

} // namespace drover::app
