// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

// Who may use the pool that this machine hosts: keys of clients and of workers, and invitations to become a worker, in
// one SQLite file. The running host and any number of other programs (`drover keys`, the window) may have it open at
// the same time; a change by one is seen by the host within a quarter of a second. All paths are UTF-8.

enum class KeyRole {
    Client, ///< asks
    Worker ///< answers
};

/// What a key allows. 0 and empty mean no limit of its own.
struct KeyAllowance {
    double weight = 1; ///< of its share of the queue, 0.01..100; Client only
    std::vector<std::string> models = {}; ///< those that it may ask for, or offer; `*` is a wildcard
    std::uint32_t requestsPerMinute = 0;
    std::uint64_t tokensPerMinute = 0; ///< prompt and output
    std::uint64_t tokensPerDay = 0; ///< prompt and output, by the host's local date
    std::uint32_t runningMax = 0; ///< its requests at once
    bool operator==(const KeyAllowance&) const = default;
};

/// A key as it is kept: never the key itself.
struct KeyRecord {
    std::int64_t number = 0; ///< never used twice
    KeyRole role = KeyRole::Client;
    std::string name = {}; ///< the user, or the worker; unique within its role among those neither revoked nor
                           ///< rotated
    std::string sha256Hex = {}; ///< 64 lower-case hex digits
    std::string prefix = {}; ///< its first characters, so that people know it again
    KeyAllowance allowance = {};
    std::int64_t createdAt = 0; ///< milliseconds since 1970, as the next three
    std::int64_t expiresAt = 0; ///< 0: never
    std::int64_t revokedAt = 0; ///< 0: it is good
    std::int64_t lastUsedAt = 0; ///< 0: never; within a minute
    std::string note = {};
    bool operator==(const KeyRecord&) const = default;
};

/// A new key and what is kept of it.
struct NewKey {
    std::string key = {}; ///< shown once, known to nobody after
    KeyRecord record = {};
};

/// A key to make.
struct KeyOrder {
    KeyRole role = KeyRole::Client;
    std::string name = {}; ///< 1..64 bytes of printable text
    KeyAllowance allowance = {};
    std::optional<std::chrono::seconds> lifetime = {}; ///< nothing: until it is revoked
    std::string note = {};
};

/// An invitation as it is kept: never its code.
struct InvitationRecord {
    std::int64_t number = 0;
    std::string prefix = {}; ///< the first four characters of the code
    std::uint32_t usesMax = 1; ///< 1..1000
    std::uint32_t uses = 0;
    std::int64_t createdAt = 0; ///< milliseconds since 1970, as the next two
    std::int64_t expiresAt = 0;
    std::int64_t withdrawnAt = 0; ///< 0: it is good
    KeyAllowance allowance = {}; ///< of the keys that it is traded for
    std::string note = {};
    bool operator==(const InvitationRecord&) const = default;
};

struct InvitationOrder {
    std::uint32_t usesMax = 1;
    std::chrono::seconds lifetime{600}; ///< 1 minute .. 31 days
    KeyAllowance allowance = {};
    std::string note = {};
};

struct NewInvitation {
    std::string code = {}; ///< "7K2M-Q9TD-4XWH", shown once
    InvitationRecord record = {};
};

/// One thing that was done about keys, or tried.
struct AuditRow {
    std::int64_t number = 0;
    std::int64_t at = 0; ///< milliseconds since 1970
    std::string event = {}; ///< "key_created", "key_rotated", "key_changed", "key_revoked", "key_expired",
                            ///< "invited", "invitation_withdrawn", "invitation_traded", "trade_refused",
                            ///< "guessing_slowed"
    std::string subject = {}; ///< name of the key, or prefix of the invitation
    std::string from = {}; ///< "command", "window", or the address that asked
    std::string detail = {}; ///< never a secret
    bool operator==(const AuditRow&) const = default;
};

/// Keys and invitations, on disk. Each method blocks for milliseconds; fails with Io and a sentence, or as it says. One
/// object is used by one thread at a time.
class KeyFile {
public:
    virtual ~KeyFile() = default;

    /// Fails with BadRequest when the name is taken or unusable, with Forbidden when there are too many.
    virtual Result<NewKey> create(const KeyOrder& order, std::string_view from) = 0;

    /// The same name, allowance and expiry with another key; the old one is good for `grace` more, 0 to 31 days, and
    /// expires then. Fails with NotFound.
    virtual Result<NewKey> rotate(
        KeyRole role, std::string_view name, std::chrono::seconds grace, std::string_view from) = 0;

    /// At once and for ever. Fails with NotFound.
    virtual Result<> revoke(KeyRole role, std::string_view name, std::string_view from) = 0;

    /// Another allowance from now on. Fails with NotFound.
    virtual Result<> allow(
        KeyRole role, std::string_view name, const KeyAllowance& allowance, std::string_view from) = 0;

    virtual Result<std::vector<KeyRecord>> keys() = 0; ///< by role and name; revoked ones last

    virtual Result<NewInvitation> invite(const InvitationOrder& order, std::string_view from) = 0;
    virtual Result<> withdraw(std::int64_t invitation, std::string_view from) = 0; ///< fails with NotFound
    virtual Result<std::vector<InvitationRecord>> invitations() = 0; ///< the latest first, those of the last 31 days

    /// Trades a code (with or without dashes, in any case) for a worker's key of that name; a number is added to a name
    /// that is taken. A code is used once more in the same step, so two at once cannot share its last use. Fails with
    /// Unauthorized when it is unknown, over, used up or withdrawn: which of these is in the audit log alone.
    virtual Result<NewKey> trade(std::string_view code, std::string_view workerName, std::string_view from) = 0;

    virtual Result<std::vector<AuditRow>> audit(std::size_t most) = 0; ///< the latest first

    /// Notes an event that is none of the above, such as "guessing_slowed".
    virtual Result<> note(
        std::string_view event, std::string_view subject, std::string_view from, std::string_view detail) = 0;

    /// When keys were used: number and milliseconds since 1970. Also says in the audit log which keys have expired.
    virtual Result<> used(const std::vector<std::pair<std::int64_t, std::int64_t>>& uses) = 0;

    /// True when another connection has changed the file since this was asked last. Costs microseconds.
    virtual Result<bool> changedByOthers() = 0;
};

/// Made with mode 0600 when missing. Fails with Io: it cannot be opened, is no such file, or of a newer Drover.
Result<std::unique_ptr<KeyFile>> openKeyFile(const std::string& path);

std::string_view name(KeyRole role); ///< "client", "worker"

} // namespace drover
