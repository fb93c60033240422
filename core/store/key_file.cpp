// SPDX-License-Identifier: MIT
#include "core/store/key_file.h"

#include "core/protocol/key_text.h"
#include "core/store/key_change.h"
#include "core/store/key_database.h"
#include "core/store/key_secrets.h"
#include "core/store/key_sql.h"

#include <SQLiteCpp/Column.h>

#include <algorithm>

namespace drover {

std::string_view name(KeyRole role)
{
    switch (role) {
    case KeyRole::Client:
        return "client";
    case KeyRole::Worker:
        return "worker";
    }
    return {};
}

Result<std::unique_ptr<KeyFile>> openKeyFile(const std::string& path)
{
    auto database = keyfile::openDatabase(path);
    if (!database)
        return database.error();
    return std::unique_ptr<KeyFile>(
        std::make_unique<StoredKeys>(path, std::move(*database), [] { return std::chrono::system_clock::now(); }));
}

StoredKeys::StoredKeys(std::string path, std::unique_ptr<SQLite::Database> database, Clock clock)
    : m_path(std::move(path))
    , m_database(std::move(database))
    , m_clock(std::move(clock))
    , m_version(*m_database, "PRAGMA data_version")
{
    m_versionSeen = version();
}

std::int64_t StoredKeys::now() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(m_clock().time_since_epoch()).count();
}

std::int64_t StoredKeys::version()
{
    m_version.reset();
    m_version.executeStep();
    const std::int64_t found = m_version.getColumn(0).getInt64();
    m_version.reset();
    return found;
}

Result<bool> StoredKeys::changedByOthers()
try {
    const std::int64_t found = version();
    return std::exchange(m_versionSeen, found) != found;
} catch (const std::exception&) {
    return keyfile::errorOfException(m_path);
}

std::int64_t StoredKeys::count(const std::string& query, std::int64_t now)
{
    SQLite::Statement statement(*m_database, query);
    if (statement.getBindParameterCount() > 0)
        statement.bind(1, now);
    statement.executeStep();
    return statement.getColumn(0).getInt64();
}

NewKey StoredKeys::insertKey(KeyRecord record)
{
    const std::string key = keyfile::makeKey(record.role);
    record.sha256Hex = sha256Hex(key);
    record.prefix = keyfile::prefixOf(key);
    SQLite::Statement insert(*m_database,
        "INSERT INTO keys (role, name, sha256, prefix, created_at, expires_at, note, weight, models, "
        "requests_per_minute, tokens_per_minute, tokens_per_day, running_max) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, std::string(name(record.role)));
    insert.bind(2, record.name);
    insert.bind(3, record.sha256Hex);
    insert.bind(4, record.prefix);
    insert.bind(5, record.createdAt);
    insert.bind(6, record.expiresAt);
    insert.bind(7, record.note);
    keyfile::bindAllowance(insert, 8, record.allowance);
    insert.exec();
    record.number = m_database->getLastInsertRowid();
    return {key, std::move(record)};
}

/// A key that has expired does not keep its name from another.
void StoredKeys::freeName(KeyRole role, std::string_view wanted, std::int64_t now)
{
    SQLite::Statement free(*m_database,
        "UPDATE keys SET revoked_at = ? WHERE role = ? AND name = ? AND revoked_at = 0 AND rotated = 0 "
        "AND expires_at > 0 AND expires_at <= ?");
    free.bind(1, now);
    free.bind(2, std::string(name(role)));
    free.bind(3, std::string(wanted));
    free.bind(4, now);
    free.exec();
}

bool StoredKeys::isTaken(KeyRole role, const std::string& wanted)
{
    SQLite::Statement find(
        *m_database, "SELECT 1 FROM keys WHERE role = ? AND name = ? AND revoked_at = 0 AND rotated = 0");
    find.bind(1, std::string(name(role)));
    find.bind(2, wanted);
    return find.executeStep();
}

std::optional<KeyRecord> StoredKeys::goodKey(KeyRole role, std::string_view wanted, std::int64_t now)
{
    SQLite::Statement find(*m_database,
        "SELECT " + std::string(keyfile::keyColumns)
            + " FROM keys WHERE role = ? AND name = ? AND revoked_at = 0 AND rotated = 0 "
              "AND (expires_at = 0 OR expires_at > ?)");
    find.bind(1, std::string(name(role)));
    find.bind(2, std::string(wanted));
    find.bind(3, now);
    if (!find.executeStep())
        return {};
    return keyfile::keyOf(find);
}

Result<NewKey> StoredKeys::create(const KeyOrder& order, std::string_view from)
{
    for (const auto& checked :
        {keyfile::checkName(order.name), keyfile::checkNote(order.note), keyfile::checkAllowance(order.allowance)})
        if (!checked)
            return checked.error();
    if (order.lifetime && (*order.lifetime < std::chrono::seconds(1) || *order.lifetime > lifetimeMax))
        return fail(Errc::BadRequest, "a key is good for 1 second to 3650 days, or until it is revoked");

    return change<NewKey>([&](std::int64_t now) -> Result<NewKey> {
        freeName(order.role, order.name, now);
        if (isTaken(order.role, order.name))
            return fail(Errc::BadRequest,
                "there is a " + std::string(name(order.role)) + " key for \"" + order.name
                    + "\" already; revoke or rotate it, or choose another name");
        if (count("SELECT count(*) FROM keys WHERE revoked_at = 0", now) >= static_cast<std::int64_t>(keysMax))
            return fail(Errc::Forbidden, "there are " + std::to_string(keysMax) + " keys, which is the most");
        KeyRecord record;
        record.role = order.role;
        record.name = order.name;
        record.allowance = order.allowance;
        record.createdAt = now;
        record.expiresAt = order.lifetime ? now + std::chrono::milliseconds(*order.lifetime).count() : 0;
        record.note = order.note;
        NewKey made = insertKey(std::move(record));
        write(now, "key_created", made.record.name, from, std::string(name(order.role)) + ' ' + made.record.prefix);
        return made;
    });
}

Result<NewKey> StoredKeys::rotate(
    KeyRole role, std::string_view wanted, std::chrono::seconds grace, std::string_view from)
{
    if (grace < std::chrono::seconds(0) || grace > graceMax)
        return fail(Errc::BadRequest, "the old key may stay good for 0 seconds to 31 days");
    return change<NewKey>([&](std::int64_t now) -> Result<NewKey> {
        auto old = goodKey(role, wanted, now);
        if (!old)
            return fail(Errc::NotFound,
                "there is no good " + std::string(name(role)) + " key for \"" + std::string(wanted) + '"');
        const std::int64_t last = now + std::chrono::milliseconds(grace).count();
        SQLite::Statement retire(*m_database,
            grace.count() == 0 ? "UPDATE keys SET rotated = 1, revoked_at = ? WHERE number = ?"
                               : "UPDATE keys SET rotated = 1, expires_at = ? WHERE number = ?");
        retire.bind(1, old->expiresAt == 0 || grace.count() == 0 ? last : std::min(old->expiresAt, last));
        retire.bind(2, old->number);
        retire.exec();
        const std::string oldPrefix = old->prefix;
        old->createdAt = now;
        old->lastUsedAt = 0;
        NewKey made = insertKey(std::move(*old));
        write(now, "key_rotated", made.record.name, from,
            std::string(name(role)) + ' ' + oldPrefix + " to " + made.record.prefix + ", the old one is good for "
                + std::to_string(grace.count()) + " s");
        return made;
    });
}

Result<> StoredKeys::revoke(KeyRole role, std::string_view wanted, std::string_view from)
{
    return change<std::monostate>([&](std::int64_t now) -> Result<> {
        SQLite::Statement revoked(
            *m_database, "UPDATE keys SET revoked_at = ? WHERE role = ? AND name = ? AND revoked_at = 0");
        revoked.bind(1, now);
        revoked.bind(2, std::string(name(role)));
        revoked.bind(3, std::string(wanted));
        if (revoked.exec() == 0)
            return fail(
                Errc::NotFound, "there is no " + std::string(name(role)) + " key for \"" + std::string(wanted) + '"');
        write(now, "key_revoked", wanted, from, name(role));
        return {};
    });
}

Result<> StoredKeys::allow(KeyRole role, std::string_view wanted, const KeyAllowance& allowance, std::string_view from)
{
    if (const auto checked = keyfile::checkAllowance(allowance); !checked)
        return checked;
    return change<std::monostate>([&](std::int64_t now) -> Result<> {
        SQLite::Statement update(*m_database,
            "UPDATE keys SET weight = ?, models = ?, requests_per_minute = ?, tokens_per_minute = ?, "
            "tokens_per_day = ?, running_max = ? WHERE role = ? AND name = ? AND revoked_at = 0");
        keyfile::bindAllowance(update, 1, allowance);
        update.bind(7, std::string(name(role)));
        update.bind(8, std::string(wanted));
        if (update.exec() == 0)
            return fail(
                Errc::NotFound, "there is no " + std::string(name(role)) + " key for \"" + std::string(wanted) + '"');
        write(now, "key_changed", wanted, from, name(role));
        return {};
    });
}

Result<std::vector<KeyRecord>> StoredKeys::keys()
try {
    SQLite::Statement rows(*m_database,
        "SELECT " + std::string(keyfile::keyColumns) + " FROM keys ORDER BY revoked_at <> 0, role, name, number");
    std::vector<KeyRecord> found;
    while (rows.executeStep())
        found.push_back(keyfile::keyOf(rows));
    return found;
} catch (const std::exception&) {
    return keyfile::errorOfException(m_path);
}

Result<> StoredKeys::used(const std::vector<std::pair<std::int64_t, std::int64_t>>& uses)
{
    return change<std::monostate>([&](std::int64_t) -> Result<> {
        SQLite::Statement update(*m_database, "UPDATE keys SET last_used_at = ? WHERE number = ? AND last_used_at < ?");
        for (const auto& [number, at] : uses) {
            update.bind(1, at);
            update.bind(2, number);
            update.bind(3, at);
            update.exec();
            update.reset();
        }
        return {};
    });
}

} // namespace drover
