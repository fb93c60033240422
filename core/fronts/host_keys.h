// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/key_file.h"
#include "core/api/log.h"
#include "core/api/pause.h"
#include "core/dispatch/guess_limits.h"
#include "core/dispatch/job.h"
#include "core/net/asio.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace drover {

/// Who shares an address as far as guessing goes: an IPv4 address itself, of an IPv6 one the first 64 bits
/// ("2001:db8:1:2::/64"), since each of its machines has all of them. Other text is returned as it is.
std::string networkOf(const std::string& address);

/// What became of a key that somebody sent.
struct KeyCheck {
    std::optional<KeyRecord> key = {}; ///< it is good
    std::chrono::milliseconds wait{0}; ///< it was not looked at, and will not be for so long; 0: it is wrong
};

/// The keys of the hosted pool, ready to be looked up while requests come. The key file is read and written on a thread
/// of its own; what other programs change there counts within a quarter of a second. Core thread.
///
/// A key file that cannot be read any more leaves the keys as they were and says so in `trouble`.
class HostKeys {
public:
    using WallClock = std::function<WallTime()>;

    static constexpr std::size_t keyBytesMax = 512; ///< a longer one is none
    static constexpr std::size_t writesWaitingMax = 256; ///< trades and notes; more trades fail with QueueFull
    static constexpr std::chrono::seconds usesWrittenEvery{60};

    HostKeys(asio::io_context& io, Log log, WallClock clock = std::chrono::system_clock::now);
    /// Waits for what is being written.
    ~HostKeys();

    /// One key for all clients and one for all workers (API_KEY, WORKER_KEY); empty means there is none.
    void setShared(std::string clientKey, std::string workerKey);

    /// Opens the key file; an empty path means that there is none. Blocks for milliseconds; once. Fails with Io.
    Result<> open(const std::string& path);

    /// The key in constant time, or by its hash, which gives a clock nothing to measure. Nothing when it is unknown,
    /// revoked or expired. The shared key is a record without number and name: its clients count by their address.
    std::optional<KeyRecord> find(KeyRole role, std::string_view key) const;

    /// The same for a key that came from an address, as far as `guesses` lets its network try. A named key that is
    /// right is good in any case, since nobody finds one by guessing, so that a stranger behind the same address shuts
    /// nobody out; the shared key only where the network need not wait or was right lately. Notes uses, and guessing.
    KeyCheck check(KeyRole role, std::string_view key, const std::string& address, GuessLimits& guesses, TimePoint now);

    /// There is a shared key or was ever a named one, or, of workers, an invitation: then a request without one is
    /// refused. That a key was revoked or has expired lets nobody in.
    bool keysNeeded(KeyRole role) const;

    /// The key with that number may still be used. 0, which stands for the shared key or none, always may.
    bool isGood(std::int64_t number) const;

    /// What the good keys of clients allow the users that they stand for.
    std::vector<UserRule> rules() const;

    /// KeyFile::trade, then the key is good at once. Also fails with QueueFull when too many wait. May outlive this.
    Task<Result<NewKey>> trade(std::string code, std::string workerName, std::string address);

    /// That key was used at this moment; written once a minute.
    void used(std::int64_t number);

    /// Into the audit log, soon; nothing waits for it.
    void note(std::string_view event, std::string_view subject, std::string_view from, std::string_view detail);

    /// Call about four times a second. True when keys are there, gone or changed since the last call.
    bool tick(TimePoint now);

    /// A sentence about the key file; empty when all is well.
    const std::string& trouble() const;

private:
    struct Index;
    struct Disk;
    void look();
    void writeUses();

    asio::io_context& m_io;
    WallClock m_clock;
    std::string m_clientKey;
    std::string m_workerKey;
    std::shared_ptr<Index> m_index; ///< shared with what comes back from the thread, maybe after this is gone
    std::shared_ptr<Disk> m_disk; ///< null without a file
    std::unordered_map<std::int64_t, std::int64_t> m_uses; ///< of the current minute: number and time
    TimePoint m_usesWrittenAt = {};
};

} // namespace drover
