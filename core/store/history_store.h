// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/history.h"
#include "core/dispatch/given_books.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace drover {

namespace history {
class Writer;
enum class Trouble;
struct Words;
} // namespace history

struct HistoryStoreOptions {
    HistoryConfig config = {};
    std::string vfs = {}; ///< of SQLite; empty is the system's usual one
    std::function<std::int64_t()> now = {}; ///< milliseconds since 1970; empty is the system's clock
    std::size_t rowsPerBatch = 256;
    std::size_t rowsWaitingMax = 8192; ///< in memory; what comes then is lost and counted
    std::chrono::milliseconds writeEvery{1'000};
    std::chrono::milliseconds retryEvery{10'000}; ///< after a write failed
    std::chrono::milliseconds pruneEvery{600'000};
};

/// Keeps the history on disk: rows go in by a bounded queue, and a thread of its own writes them in batches.
///
/// Whoever adds never waits for the disk. When the disk or the file fails, rows wait in the queue and writing is tried
/// again; a damaged file is set aside once and a fresh one begun. After a kill the rows of the last `writeEvery` are
/// missing, no more. Every method may be called from any thread; the destructor writes what is left.
class HistoryStore {
public:
    /// Opens the file where there is something to keep; blocks for milliseconds, at most some seconds when another
    /// program holds it. Trouble is no failure but told by `state`.
    explicit HistoryStore(HistoryStoreOptions options);
    ~HistoryStore();
    HistoryStore(const HistoryStore&) = delete;
    HistoryStore& operator=(const HistoryStore&) = delete;

    /// Costs about a microsecond.
    void add(const FinishedJob& finished, std::chrono::milliseconds toFirstToken);

    void setConfig(const HistoryConfig& config); ///< its file counts at the start only

    HistoryState state() const;
    std::uint64_t version() const { return m_version; } ///< grows with every change of `state`

    /// What each user had used today when the store was opened.
    const std::vector<std::pair<std::string, UsageSum>>& usageAtStart() const { return m_usageAtStart; }

    /// What each pool was given before the store was opened.
    const std::vector<GivenBefore>& givenAtStart() const { return m_givenAtStart; }

    /// Returns when everything that was added is written, or writing has failed.
    void flush();

    /// Takes old rows out as soon as it can, instead of when it is due; `flush` then waits for it too.
    void pruneSoon();

private:
    using Clock = std::chrono::steady_clock;

    void run();
    bool waitForWork(std::unique_lock<std::mutex>& lock);
    void work(std::unique_lock<std::mutex>& lock);
    bool open(const HistoryConfig& config);
    bool keep(std::vector<HistoryRow>& rows, const HistoryConfig& config, bool pruneIsDue);
    bool keepLedgerOnly(std::vector<HistoryRow>& rows, const HistoryConfig& config, bool pruneIsDue);
    bool write(std::vector<HistoryRow>& rows, const HistoryConfig& config);
    bool replaceFile(const HistoryConfig& config);
    bool prune(const HistoryConfig& config);
    void failed();
    void succeeded();
    void tell(history::Trouble trouble, const std::string& detail);
    void say(const history::Words& words);
    std::int64_t now() const;

    const HistoryStoreOptions m_options;
    std::vector<std::pair<std::string, UsageSum>> m_usageAtStart;
    std::vector<GivenBefore> m_givenAtStart;
    std::unique_ptr<history::Writer> m_writer; ///< of the writing thread, once it runs; so is the next
    std::string m_setAside; ///< where a damaged file went

    // The one crossing: what both sides touch is guarded by m_mutex.
    mutable std::mutex m_mutex;
    std::condition_variable m_work; ///< for the writing thread
    std::condition_variable m_done; ///< for `flush`
    HistoryConfig m_config;
    std::vector<HistoryRow> m_waiting;
    HistoryState m_state;
    std::uint64_t m_flushesAsked = 0;
    std::uint64_t m_flushesDone = 0;
    bool m_ending = false;
    Clock::time_point m_retryAt{}; ///< nothing is written before, after a failure
    Clock::time_point m_pruneAt{};
    std::atomic<std::uint64_t> m_version{1};
    std::thread m_thread; ///< last: it uses all the others
};

} // namespace drover
