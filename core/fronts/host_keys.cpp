// SPDX-License-Identifier: MIT
#include "core/fronts/host_keys.h"

#include "core/fronts/control_token.h"
#include "core/protocol/key_text.h"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace drover {

namespace {

std::int64_t milliseconds(WallTime when)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count();
}

/// What the file has.
struct Content {
    std::vector<KeyRecord> keys = {};
    bool invited = false; ///< there are invitations
};

Result<Content> read(KeyFile& file)
{
    auto keys = file.keys();
    if (!keys)
        return keys.error();
    const auto invitations = file.invitations();
    if (!invitations)
        return invitations.error();
    return Content{std::move(*keys), !invitations->empty()};
}

} // namespace

std::string networkOf(const std::string& address)
{
    boost::system::error_code error;
    const auto ip = asio::ip::make_address(address, error);
    if (error)
        return address;
    if (ip.is_v4())
        return ip.to_string();
    if (ip.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, ip.to_v6()).to_string();
    auto bytes = ip.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return asio::ip::make_address_v6(bytes).to_string() + "/64";
}

/// The keys in memory. Core thread.
struct HostKeys::Index {
    Index(Log logTo, WallClock wallClock)
        : log(std::move(logTo))
        , clock(std::move(wallClock))
    {
    }

    /// Good for the moment.
    void fill()
    {
        const std::int64_t now = milliseconds(clock());
        byHash.clear();
        good.clear();
        nextExpiry = 0;
        for (const KeyRecord& key : content.keys) {
            if (key.revokedAt != 0 || (key.expiresAt != 0 && key.expiresAt <= now))
                continue;
            byHash.emplace(key.sha256Hex, &key);
            good.insert(key.number);
            if (key.expiresAt != 0 && (nextExpiry == 0 || key.expiresAt < nextExpiry))
                nextExpiry = key.expiresAt;
        }
    }

    void take(Result<Content> read)
    {
        if (!read) {
            if (read.error().detail != trouble)
                log(LogLevel::Error, "key file: " + read.error().detail);
            trouble = read.error().detail;
            return;
        }
        trouble.clear();
        if (read->keys == content.keys && read->invited == content.invited)
            return;
        content = std::move(*read);
        fill();
        changed = true;
    }

    Log log;
    WallClock clock;
    Content content;
    std::unordered_map<std::string_view, const KeyRecord*> byHash; ///< of `content`
    std::unordered_set<std::int64_t> good; ///< numbers
    std::int64_t nextExpiry = 0; ///< of a good key; 0: none expires
    bool changed = false; ///< since the last tick
    bool looking = false; ///< a look is under way
    std::string trouble;
};

/// The file and its thread, which alone uses the file once it is open.
struct HostKeys::Disk {
    explicit Disk(std::string file)
        : path(std::move(file))
    {
    }

    /// What has changed since the last time, if anything has.
    std::optional<Result<Content>> look()
    {
        std::error_code unimportant;
        const bool there = std::filesystem::exists(std::u8string(path.begin(), path.end()), unimportant);
        if (!there) {
            gone = true;
            return Result<Content>(fail(Errc::Io, path + " was removed while it was in use."));
        }
        if (gone) { // there is another one
            auto opened = openKeyFile(path);
            if (!opened)
                return Result<Content>(opened.error());
            keys = std::move(*opened);
            gone = false;
            mustRead = true;
        }
        const auto changed = keys->changedByOthers();
        if (!changed)
            return Result<Content>(changed.error());
        if (!*changed && !mustRead)
            return {};
        auto content = read(*keys);
        mustRead = !content.has_value();
        return content;
    }

    const std::string path;
    std::unique_ptr<KeyFile> keys;
    bool gone = false;
    bool mustRead = false;
    std::atomic<std::size_t> waiting = 0; ///< writes
    asio::thread_pool thread{1};
};

HostKeys::HostKeys(asio::io_context& io, Log log, WallClock clock)
    : m_io(io)
    , m_clock(clock)
    , m_index(std::make_shared<Index>(std::move(log), std::move(clock)))
{
}

HostKeys::~HostKeys()
{
    if (!m_disk)
        return;
    writeUses();
    m_disk->thread.join();
}

void HostKeys::setShared(std::string clientKey, std::string workerKey)
{
    m_clientKey = std::move(clientKey);
    m_workerKey = std::move(workerKey);
}

Result<> HostKeys::open(const std::string& path)
{
    if (path.empty())
        return {};
    auto disk = std::make_shared<Disk>(path);
    auto opened = openKeyFile(path);
    if (!opened)
        return opened.error();
    disk->keys = std::move(*opened);
    auto content = read(*disk->keys);
    if (!content)
        return content.error();
    m_index->take(std::move(content));
    m_disk = std::move(disk);
    return {};
}

std::optional<KeyRecord> HostKeys::find(KeyRole role, std::string_view key) const
{
    if (key.empty() || key.size() > keyBytesMax)
        return {};
    const std::string& shared = role == KeyRole::Worker ? m_workerKey : m_clientKey;
    if (!shared.empty() && sameToken(key, shared)) {
        KeyRecord record;
        record.role = role;
        return record;
    }
    const auto found = m_index->byHash.find(sha256Hex(key));
    if (found == m_index->byHash.end() || found->second->role != role)
        return {};
    const KeyRecord& record = *found->second;
    if (record.expiresAt != 0 && record.expiresAt <= milliseconds(m_clock()))
        return {};
    return record;
}

KeyCheck HostKeys::check(
    KeyRole role, std::string_view key, const std::string& address, GuessLimits& guesses, TimePoint now)
{
    const std::string network = networkOf(address);
    const auto wait = guesses.waitOf(network, now);
    auto found = find(role, key);
    const bool counts = found && (found->number != 0 || wait.count() == 0 || guesses.isTrusted(network, now));
    if (counts) {
        guesses.succeeded(network, now);
        used(found->number);
        return {std::move(found)};
    }
    if (wait.count() > 0)
        return {{}, wait};
    if (guesses.failed(network, now).begins)
        note("guessing_slowed", {}, address, std::string(name(role)) + " key");
    return {};
}

bool HostKeys::keysNeeded(KeyRole role) const
{
    if (!(role == KeyRole::Worker ? m_workerKey : m_clientKey).empty())
        return true;
    const Content& content = m_index->content;
    return (role == KeyRole::Worker && content.invited)
        || std::any_of(
            content.keys.begin(), content.keys.end(), [role](const KeyRecord& key) { return key.role == role; });
}

bool HostKeys::isGood(std::int64_t number) const
{
    return number == 0 || m_index->good.contains(number);
}

std::vector<UserRule> HostKeys::rules() const
{
    std::vector<UserRule> rules;
    std::unordered_set<std::string_view> named; // a key that was rotated has the name of the next
    for (const KeyRecord& key : m_index->content.keys) {
        if (key.role != KeyRole::Client || !isGood(key.number) || !named.insert(key.name).second)
            continue;
        UserRule rule;
        rule.name = key.name;
        rule.weight = key.allowance.weight;
        rule.runningMax = key.allowance.runningMax;
        rule.tokensPerDay = key.allowance.tokensPerDay;
        rule.models = key.allowance.models;
        rules.push_back(std::move(rule));
    }
    return rules;
}

Task<Result<NewKey>> HostKeys::trade(std::string code, std::string workerName, std::string address)
{
    const auto disk = m_disk;
    const auto index = m_index;
    if (!disk)
        co_return fail(Errc::Unauthorized, "this pool has no key file, and so no invitations");
    if (disk->waiting >= writesWaitingMax)
        co_return fail(Errc::QueueFull, "too many invitations are traded at this moment");
    ++disk->waiting;
    struct Work {
        std::string code;
        std::string workerName;
        std::string address;
        Result<NewKey> key = fail(Errc::Cancelled);
        std::optional<Result<Content>> content = {};
    };
    const auto work = std::make_shared<Work>();
    work->code = std::move(code);
    work->workerName = std::move(workerName);
    work->address = std::move(address);
    auto onTheThread = [there = disk.get(), work]() -> asio::awaitable<void> {
        if (there->gone) {
            work->key = fail(Errc::Io, there->path + " was removed while it was in use.");
            co_return;
        }
        work->key = there->keys->trade(work->code, work->workerName, work->address);
        if (work->key)
            work->content = read(*there->keys);
    };
    co_await asio::co_spawn(disk->thread, std::move(onTheThread), throwing);
    --disk->waiting;
    if (work->content)
        index->take(std::move(*work->content));
    co_return std::move(work->key);
}

void HostKeys::used(std::int64_t number)
{
    if (number == 0 || !m_disk)
        return;
    m_uses[number] = milliseconds(m_clock());
}

void HostKeys::writeUses()
{
    // Also without any: the file then looks which keys have expired.
    asio::post(m_disk->thread, [disk = m_disk.get(), uses = std::vector(m_uses.begin(), m_uses.end())] {
        if (!disk->gone)
            (void)disk->keys->used({uses.begin(), uses.end()}); // the next look says what is wrong
    });
    m_uses.clear();
}

void HostKeys::note(std::string_view event, std::string_view subject, std::string_view from, std::string_view detail)
{
    if (!m_disk || m_disk->waiting >= writesWaitingMax)
        return;
    ++m_disk->waiting;
    asio::post(m_disk->thread,
        [disk = m_disk.get(), event = std::string(event), subject = std::string(subject), from = std::string(from),
            detail = std::string(detail)] {
            (void)disk->keys->note(event, subject, from, detail);
            --disk->waiting;
        });
}

void HostKeys::look()
{
    if (m_index->looking)
        return;
    m_index->looking = true;
    asio::post(m_disk->thread, [disk = m_disk.get(), &io = m_io, index = std::weak_ptr(m_index)] {
        asio::post(io, [index, found = disk->look()]() mutable {
            const auto there = index.lock();
            if (!there)
                return;
            there->looking = false;
            if (found)
                there->take(std::move(*found));
        });
    });
}

bool HostKeys::tick(TimePoint now)
{
    if (m_disk) {
        look();
        if (m_usesWrittenAt == TimePoint{})
            m_usesWrittenAt = now;
        if (now - m_usesWrittenAt >= usesWrittenEvery) {
            m_usesWrittenAt = now;
            writeUses();
        }
    }
    if (m_index->nextExpiry != 0 && m_index->nextExpiry <= milliseconds(m_clock())) {
        m_index->fill();
        m_index->changed = true;
    }
    return std::exchange(m_index->changed, false);
}

const std::string& HostKeys::trouble() const
{
    return m_index->trouble;
}

} // namespace drover
