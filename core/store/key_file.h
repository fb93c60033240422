// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/key_file.h"
#include "core/api/pause.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <functional>

namespace drover {

/// Keys and invitations in one SQLite file, by way of a write-ahead log, each change on the disk before it is
/// acknowledged. Limits of what is kept are below; who is over one gets Forbidden and a sentence.
class StoredKeys final : public KeyFile {
public:
    using Clock = std::function<WallTime()>;

    static constexpr std::size_t keysMax = 10'000; ///< that are not revoked
    static constexpr std::size_t invitationsMax = 1'000; ///< that may still be traded
    static constexpr std::size_t rowsMax = 20'000; ///< of keys, and of invitations; those that are over go first
    static constexpr std::size_t auditRowsMax = 100'000;
    static constexpr std::size_t refusalRowsMax = 20'000; ///< of these; so that guessing pushes nothing else out
    static constexpr std::chrono::hours keepKeys{24 * 90}; ///< after they expired or were revoked
    static constexpr std::chrono::hours keepInvitations{24 * 31}; ///< after they were over
    static constexpr std::chrono::seconds lifetimeMax = std::chrono::hours(24 * 3650); ///< of a key
    static constexpr std::chrono::seconds graceMax = std::chrono::hours(24 * 31);

    StoredKeys(std::string path, std::unique_ptr<SQLite::Database> database, Clock clock);

    Result<NewKey> create(const KeyOrder& order, std::string_view from) override;
    Result<NewKey> rotate(
        KeyRole role, std::string_view name, std::chrono::seconds grace, std::string_view from) override;
    Result<> revoke(KeyRole role, std::string_view name, std::string_view from) override;
    Result<> allow(KeyRole role, std::string_view name, const KeyAllowance& allowance, std::string_view from) override;
    Result<std::vector<KeyRecord>> keys() override;
    Result<NewInvitation> invite(const InvitationOrder& order, std::string_view from) override;
    Result<> withdraw(std::int64_t invitation, std::string_view from) override;
    Result<std::vector<InvitationRecord>> invitations() override;
    Result<NewKey> trade(std::string_view code, std::string_view workerName, std::string_view from) override;
    Result<std::vector<AuditRow>> audit(std::size_t most) override;
    Result<> note(
        std::string_view event, std::string_view subject, std::string_view from, std::string_view detail) override;
    Result<> used(const std::vector<std::pair<std::int64_t, std::int64_t>>& uses) override;
    Result<bool> changedByOthers() override;

private:
    struct Invited;
    template <class Value, class Work> Result<Value> change(Work work);

    // within a transaction; they throw what SQLite throws
    NewKey insertKey(KeyRecord record);
    void freeName(KeyRole role, std::string_view name, std::int64_t now);
    bool isTaken(KeyRole role, const std::string& name);
    std::string freeWorkerName(std::string_view wanted, std::int64_t now);
    std::optional<KeyRecord> goodKey(KeyRole role, std::string_view name, std::int64_t now);
    std::optional<Invited> invitationOfCode(std::string_view code, std::int64_t now);
    std::string useUp(const Invited& invited, std::int64_t now);
    std::int64_t count(const std::string& query, std::int64_t now);
    void write(std::int64_t now, std::string_view event, std::string_view subject, std::string_view from,
        std::string_view detail = {});
    void keepHouse(std::int64_t now);
    std::int64_t now() const;
    std::int64_t version();

    std::string m_path;
    std::unique_ptr<SQLite::Database> m_database;
    Clock m_clock;
    SQLite::Statement m_version;
    std::int64_t m_versionSeen = 0;
};

} // namespace drover
