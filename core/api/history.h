// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/snapshot.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

// The history that is kept on disk: every job that ended, never what it said. Read here, written by the engine; both
// may be at work at the same time, also in different programs. All paths are UTF-8.

/// A finished job as it is kept. Of `finished`, `reason` is not kept (a backend's own words could repeat a prompt) and
/// is derived from `reasonCode` when it is read; `job.position` and `job.id` are 0.
struct HistoryRow {
    std::int64_t number = 0; ///< grows with each job that ends; never used twice
    FinishedJob finished = {};
    std::chrono::milliseconds toFirstToken{-1}; ///< from the request's arrival, waiting included; negative: none came
    bool operator==(const HistoryRow&) const = default;
};

/// Which rows. Empty and unset mean all.
struct HistoryFilter {
    std::string user = {};
    std::string model = {};
    std::string backend = {};
    std::optional<Outcome> outcome = {};
    std::optional<std::int64_t> from = {}; ///< finished at or after, milliseconds since 1970
    std::optional<std::int64_t> to = {}; ///< finished before
    std::string text =
        {}; ///< somewhere in user, model, backend, path, request id or reason code, without regard to case
    bool operator==(const HistoryFilter&) const = default;
};

/// What rows are ordered by; among equals, and by Time itself, by their number.
enum class HistoryOrder { Time, User, Model, Backend, Outcome, Waited, ToFirstToken, Ran, Tokens, Rate };

struct HistoryQuery {
    HistoryFilter filter = {};
    HistoryOrder order = HistoryOrder::Time;
    bool descending = true; ///< the latest, the longest first
    std::optional<HistoryRow> after = {}; ///< goes on behind this row, the last one of the page before
    std::optional<std::int64_t> newerThan = {}; ///< only rows with a greater number
    std::size_t limit = 256; ///< 1..historyPageMax
};
inline constexpr std::size_t historyPageMax = 10'000;

/// The middle and the slow end of something measured. Absent when nothing was.
struct Percentiles {
    std::uint64_t count = 0;
    double p50 = 0;
    double p95 = 0; ///< of a rate: the slow end too, so that 95 % were faster
    bool operator==(const Percentiles&) const = default;
};

/// What the rows of a filter have in common. Percentiles are by nearest rank.
struct HistorySummary {
    std::uint64_t rows = 0;
    std::array<std::uint64_t, 5> outcomes = {}; ///< by Outcome
    std::uint64_t promptTokens = 0;
    std::uint64_t outputTokens = 0;
    Percentiles waitedMs = {};
    Percentiles toFirstTokenMs = {};
    Percentiles tokensPerSecond = {}; ///< of the jobs that have one
    bool operator==(const HistorySummary&) const = default;
};

/// What a filter may be set to: names that occur, sorted.
struct HistoryNames {
    std::vector<std::string> users = {};
    std::vector<std::string> models = {};
    std::vector<std::string> backends = {};
    bool operator==(const HistoryNames&) const = default;
};

enum class UsageBy { Day, User, Model };

struct UsageQuery {
    UsageBy by = UsageBy::Day;
    std::optional<int> fromDate = {}; ///< LocalDay::date: 20261121
    std::optional<int> toDate = {}; ///< inclusive
    std::string user = {}; ///< empty means all
    std::string model = {};
};

struct UsageRow {
    std::string name = {}; ///< "2026-11-21", the user or the model
    UsageSum usage = {};
    bool operator==(const UsageRow&) const = default;
};

/// Which part of the ledger: what was given to pools.
struct LedgerQuery {
    std::string pool = {}; ///< empty means all
    std::optional<int> fromDate = {}; ///< LocalDay::date: 20261121
    std::optional<int> toDate = {}; ///< inclusive
};

/// What one pool was given on one day.
struct LedgerRow {
    int date = 0; ///< LocalDay::date
    std::string pool = {};
    GivenSum given = {};
    bool operator==(const LedgerRow&) const = default;
};

/// Reads the history with a connection of its own. May be made on one thread and used on another, but by one at a time;
/// only `interrupt` may be called from anywhere. Every call blocks for as long as it takes, up to some hundred
/// milliseconds with a million rows; fails with Io, or with Cancelled after `interrupt`.
class HistoryReader {
public:
    virtual ~HistoryReader() = default;

    /// At most `query.limit` rows.
    virtual Result<std::vector<HistoryRow>> rows(const HistoryQuery& query) = 0;

    /// Every row from `query.after` on, whatever the limit, one at a time with constant memory, until `take` says
    /// false.
    virtual Result<> each(const HistoryQuery& query, const std::function<bool(const HistoryRow&)>& take) = 0;

    virtual Result<std::uint64_t> count(const HistoryFilter& filter) = 0;
    virtual Result<HistorySummary> summary(const HistoryFilter& filter) = 0;
    virtual Result<HistoryNames> names() = 0;

    /// Days newest first; users and models with most tokens first.
    virtual Result<std::vector<UsageRow>> usage(const UsageQuery& query) = 0;

    /// The latest day first, pools of a day by name; also of pools that this machine has left.
    virtual Result<std::vector<LedgerRow>> ledger(const LedgerQuery& query) = 0;

    /// Ends the call that is under way, if there is one, with Cancelled.
    virtual void interrupt() = 0;
};

/// Fails with NotFound when no history was ever kept there, and with Io otherwise (damaged, not readable).
Result<std::unique_ptr<HistoryReader>> makeHistoryReader(const std::string& file);

/// Deletes the rows of a filter for good, in small steps beside a running Drover; usage per day stays. `progress` is
/// called after each step with the rows deleted so far and ends it by saying false. Returns how many were deleted.
/// Blocks.
Result<std::uint64_t> deleteHistory(
    const std::string& file, const HistoryFilter& filter, const std::function<bool(std::uint64_t)>& progress = {});

/// The sentence for a `reasonCode` of a job; empty for an unknown one.
std::string_view describeReasonCode(std::string_view code);

} // namespace drover
