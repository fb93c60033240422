// SPDX-License-Identifier: MIT
#include "core/store/history_store.h"

#include "core/api/local_day.h"
#include "core/store/history_file.h"
#include "core/store/history_writer.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace drover {

using namespace std::chrono_literals;
using history::Trouble;

namespace history {

struct Words {
    std::string code = {};
    std::string text = {};
    std::string fix = {};
};

} // namespace history

namespace {

using history::Words;

WallTime wallTime(std::int64_t milliseconds)
{
    return WallTime(std::chrono::milliseconds(milliseconds));
}

bool keepsHistory(const HistoryConfig& config)
{
    return !config.file.empty() && (config.keep > 0ms || config.keepUsage > 0ms);
}

/// The ledger is the owner's account with others: it goes on when the history is off.
bool keeps(const HistoryConfig& config, const FinishedJob& finished)
{
    const bool isGiven = !finished.job.pool.empty() && finished.job.state == JobState::Running;
    return keepsHistory(config) || (!config.file.empty() && config.keepLedger > 0ms && isGiven);
}

bool fileExists(const HistoryConfig& config)
{
    std::error_code unknown;
    return std::filesystem::exists(history::pathOf(config.file), unknown);
}

history::Writer::Keep kept(const HistoryConfig& config)
{
    return {.rows = config.keep > 0ms, .usage = config.keepUsage > 0ms, .ledger = config.keepLedger > 0ms};
}

Words offWords()
{
    return {"off", "No history is kept.", "drover config set history.keep 30d keeps one."};
}

Words setAsideWords(const std::string& name)
{
    return {"set_aside", "The history's file was damaged; Drover moved it to " + name + " and began a fresh one.",
        "Delete that file when you do not need it."};
}

Words wordsOf(Trouble trouble, const std::string& file, const std::string& detail)
{
    const std::string again = " Drover tries again by itself.";
    switch (trouble) {
    case Trouble::None:
        break;
    case Trouble::DiskFull:
        return {"disk_full", "The history cannot be written: the disk is full.", "Make room on the disk." + again};
    case Trouble::ReadOnly:
        return {"read_only", "The history cannot be written: " + file + " or its folder is read-only.",
            "Let this user write there." + again};
    case Trouble::Damaged:
        return {"damaged", "The history's file is damaged and could not be set aside.",
            "Move " + file + " out of the way." + again};
    case Trouble::Newer:
        return {"newer", "The history was written by a newer Drover, so this one leaves it alone.",
            "Update Drover, or move " + file + " out of the way."};
    case Trouble::Busy:
        return {
            "busy", "The history cannot be written: another program holds " + file + ".", "End that program." + again};
    case Trouble::Io:
        return {"io", "The history cannot be written (" + detail + ").", "Look at " + file + "." + again};
    }
    return {};
}

} // namespace

HistoryStore::HistoryStore(HistoryStoreOptions options)
    : m_options(std::move(options))
    , m_config(m_options.config)
{
    say(offWords());
    if (m_config.file.empty())
        return; // no thread for nothing
    const bool hasLedger = m_config.keepLedger > 0ms && fileExists(m_config);
    if ((keepsHistory(m_config) || hasLedger) && open(m_config)) {
        try {
            const int today = localDayOf(wallTime(now())).date;
            m_usageAtStart = m_writer->usageOf(today);
            m_givenAtStart = m_writer->givenUntil(today);
        } catch (const std::exception&) {
            failed();
        }
    }
    m_thread = std::thread([this] { run(); });
}

HistoryStore::~HistoryStore()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_work.notify_one();
    m_thread.join();
}

std::int64_t HistoryStore::now() const
{
    if (m_options.now)
        return m_options.now();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

void HistoryStore::add(const FinishedJob& finished, std::chrono::milliseconds toFirstToken)
{
    HistoryRow row{.number = 0, .finished = finished, .toFirstToken = toFirstToken};
    bool isFirst = false;
    bool isFull = false;
    {
        const std::lock_guard lock(m_mutex);
        if (!keeps(m_config, finished))
            return;
        if (m_waiting.size() >= m_options.rowsWaitingMax) {
            ++m_state.rowsLost;
            ++m_version;
            return;
        }
        isFirst = m_waiting.empty();
        m_waiting.push_back(std::move(row));
        isFull = m_waiting.size() == m_options.rowsPerBatch;
    }
    if (isFirst || isFull)
        m_work.notify_one();
}

void HistoryStore::setConfig(const HistoryConfig& config)
{
    {
        const std::lock_guard lock(m_mutex);
        const std::string file = m_config.file;
        m_config = config;
        m_config.file = file;
        m_pruneAt = {};
    }
    m_work.notify_one();
}

HistoryState HistoryStore::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

void HistoryStore::flush()
{
    std::unique_lock lock(m_mutex);
    if (!m_thread.joinable())
        return;
    const std::uint64_t mine = ++m_flushesAsked;
    m_work.notify_one();
    m_done.wait(lock, [&] { return m_flushesDone >= mine; });
}

void HistoryStore::pruneSoon()
{
    {
        const std::lock_guard lock(m_mutex);
        m_pruneAt = {};
    }
    m_work.notify_one();
}

// ---- the writing thread ----

void HistoryStore::run()
{
    std::unique_lock lock(m_mutex);
    while (waitForWork(lock)) {
        const std::uint64_t asked = m_flushesAsked;
        work(lock);
        m_flushesDone = asked;
        m_done.notify_all();
    }
    work(lock);
    m_flushesDone = std::numeric_limits<std::uint64_t>::max();
    m_done.notify_all();
}

/// True when there is something to do, false at the end.
bool HistoryStore::waitForWork(std::unique_lock<std::mutex>& lock)
{
    const auto hurries = [this] { return m_ending || m_flushesAsked > m_flushesDone; };
    // Until there is anything at all; old rows are looked for meanwhile.
    m_work.wait_until(lock, std::max(m_pruneAt, m_retryAt),
        [&] { return hurries() || !m_waiting.empty() || std::max(m_pruneAt, m_retryAt) <= Clock::now(); });
    // A little longer, so that rows that come together are written together.
    m_work.wait_until(lock, std::max(m_retryAt, Clock::now() + m_options.writeEvery), [&] {
        const bool mayWrite = m_retryAt <= Clock::now();
        return hurries() || m_waiting.empty() || (mayWrite && m_waiting.size() >= m_options.rowsPerBatch);
    });
    return !m_ending;
}

/// Writes what waits and takes out what is old. The lock is open meanwhile.
void HistoryStore::work(std::unique_lock<std::mutex>& lock)
{
    const HistoryConfig config = m_config;
    const bool pruneIsDue = m_pruneAt <= Clock::now();
    std::vector<HistoryRow> rows = std::exchange(m_waiting, {});
    lock.unlock();
    const bool more = keepsHistory(config) ? keep(rows, config, pruneIsDue) : keepLedgerOnly(rows, config, pruneIsDue);
    lock.lock();
    if (pruneIsDue)
        m_pruneAt = Clock::now() + (more ? m_options.writeEvery : m_options.pruneEvery);
    if (rows.empty())
        return;
    // They come first again; where there are too many, the newest are lost.
    rows.insert(rows.end(), std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(m_waiting.end()));
    if (rows.size() > m_options.rowsWaitingMax) {
        m_state.rowsLost += rows.size() - m_options.rowsWaitingMax;
        ++m_version;
        rows.resize(m_options.rowsWaitingMax);
    }
    m_waiting = std::move(rows);
}

/// Leaves the rows that could not be written. True when there is more to take out.
bool HistoryStore::keep(std::vector<HistoryRow>& rows, const HistoryConfig& config, bool pruneIsDue)
{
    if (!m_writer && !open(config))
        return false;
    return write(rows, config) && pruneIsDue && prune(config);
}

/// What a history that is switched off still has goes too. Leaves the rows that could not be written.
bool HistoryStore::keepLedgerOnly(std::vector<HistoryRow>& rows, const HistoryConfig& config, bool pruneIsDue)
{
    bool more = false;
    if ((!rows.empty() || (pruneIsDue && fileExists(config))) && (m_writer || open(config)))
        more = write(rows, config) && pruneIsDue && prune(config);
    m_writer.reset();
    const std::lock_guard lock(m_mutex);
    if (m_state.reasonCode.empty() || m_state.reasonCode == "set_aside")
        say(offWords());
    return more;
}

bool HistoryStore::open(const HistoryConfig& config)
{
    try {
        m_writer = std::make_unique<history::Writer>(history::openForWriting(config.file, m_options.vfs));
        succeeded();
        return true;
    } catch (const std::exception&) {
        if (history::troubleOfException() == Trouble::Damaged && m_setAside.empty())
            return replaceFile(config);
        failed();
        return false;
    }
}

/// Takes those out of `rows` that are written. A file that turns out to be damaged is replaced once.
bool HistoryStore::write(std::vector<HistoryRow>& rows, const HistoryConfig& config)
{
    for (int replacements = 0; !rows.empty();) {
        try {
            const auto count = static_cast<std::ptrdiff_t>(std::min(m_options.rowsPerBatch, rows.size()));
            m_writer->write(std::span(rows).first(static_cast<std::size_t>(count)), kept(config));
            rows.erase(rows.begin(), rows.begin() + count);
            if (rows.empty())
                succeeded();
        } catch (const std::exception&) {
            const bool damaged = history::troubleOfException() == Trouble::Damaged;
            if (!damaged || ++replacements > 1) {
                failed();
                return false;
            }
            if (!replaceFile(config))
                return false;
        }
    }
    return true;
}

bool HistoryStore::replaceFile(const HistoryConfig& config)
try {
    m_writer.reset();
    m_setAside = history::setAside(config.file);
    return open(config);
} catch (const std::exception&) {
    failed();
    return false;
}

/// True when there is more to take out.
bool HistoryStore::prune(const HistoryConfig& config)
try {
    const std::int64_t time = now();
    const std::int64_t rowsBefore =
        config.keep > 0ms ? time - config.keep.count() : std::numeric_limits<std::int64_t>::max();
    const auto firstDay = [&](std::chrono::milliseconds keep) {
        return keep > 0ms ? localDayOf(wallTime(time - keep.count())).date : std::numeric_limits<int>::max();
    };
    return m_writer->prune(
        {.row = rowsBefore, .usage = firstDay(config.keepUsage), .ledger = firstDay(config.keepLedger)});
} catch (const std::exception&) {
    failed();
    return false;
}

/// Call it in a catch block. What comes next opens the file afresh.
void HistoryStore::failed()
{
    const Trouble trouble = history::troubleOfException();
    const std::string detail = history::errorOfException().detail;
    m_writer.reset();
    const std::lock_guard lock(m_mutex);
    m_retryAt = Clock::now() + m_options.retryEvery;
    tell(trouble, detail);
}

void HistoryStore::succeeded()
{
    const std::int64_t last = m_writer->lastRow();
    const std::lock_guard lock(m_mutex);
    m_retryAt = {};
    m_state.lastRow = static_cast<std::uint64_t>(last);
    tell(Trouble::None, {});
}

void HistoryStore::tell(Trouble trouble, const std::string& detail)
{
    const bool keepsRows = m_config.keep > 0ms;
    if (trouble != Trouble::None)
        say(wordsOf(trouble, m_config.file, detail));
    else if (!keepsRows)
        say(offWords());
    else if (!m_setAside.empty())
        say(setAsideWords(m_setAside));
    else
        say({});
    m_state.kept = trouble == Trouble::None && keepsRows;
}

void HistoryStore::say(const history::Words& words)
{
    m_state.kept = false;
    m_state.reasonCode = words.code;
    m_state.reasonText = words.text;
    m_state.fixText = words.fix;
    ++m_version;
}

} // namespace drover
