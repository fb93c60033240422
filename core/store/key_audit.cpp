// SPDX-License-Identifier: MIT
#include "core/store/key_change.h"
#include "core/store/key_sql.h"

#include <SQLiteCpp/Column.h>

#include <algorithm>

namespace drover {

namespace {

constexpr std::size_t wordBytesMax = 256;
constexpr std::size_t detailBytesMax = 512;

/// Rows are counted when this many were added.
constexpr std::int64_t sweepEvery = 256;

/// Events that others cause, and may cause at will.
bool isRefusal(std::string_view event)
{
    return event == "trade_refused" || event == "guessing_slowed";
}

} // namespace

void StoredKeys::write(
    std::int64_t now, std::string_view event, std::string_view subject, std::string_view from, std::string_view detail)
{
    const int refusal = isRefusal(event) ? 1 : 0;
    SQLite::Statement insert(
        *m_database, "INSERT INTO audit (at, event, subject, source, detail, refusal) VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(1, now);
    insert.bind(2, keyfile::plainText(event, wordBytesMax));
    insert.bind(3, keyfile::plainText(subject, wordBytesMax));
    insert.bind(4, keyfile::plainText(from, wordBytesMax));
    insert.bind(5, keyfile::plainText(detail, detailBytesMax));
    insert.bind(6, refusal);
    insert.exec();
    if (m_database->getLastInsertRowid() % sweepEvery != 0)
        return;
    const std::size_t most[] = {auditRowsMax - refusalRowsMax, refusalRowsMax};
    for (int kind = 0; kind < 2; ++kind) {
        SQLite::Statement sweep(*m_database,
            "DELETE FROM audit WHERE refusal = ? AND number <= "
            "(SELECT number FROM audit WHERE refusal = ? ORDER BY number DESC LIMIT 1 OFFSET ?)");
        sweep.bind(1, kind);
        sweep.bind(2, kind);
        sweep.bind(3, static_cast<std::int64_t>(most[kind]) - sweepEvery);
        sweep.exec();
    }
}

/// Within every change: says which keys have expired, and forgets what is long over.
void StoredKeys::keepHouse(std::int64_t now)
{
    SQLite::Statement expired(*m_database,
        "SELECT number, role, name, prefix, expires_at FROM keys "
        "WHERE expiry_noted = 0 AND revoked_at = 0 AND expires_at > 0 AND expires_at <= ?");
    expired.bind(1, now);
    SQLite::Statement noted(*m_database, "UPDATE keys SET expiry_noted = 1 WHERE number = ?");
    while (expired.executeStep()) {
        write(expired.getColumn(4).getInt64(), "key_expired", expired.getColumn(2).getString(), "",
            expired.getColumn(1).getString() + ' ' + expired.getColumn(3).getString());
        noted.bind(1, expired.getColumn(0).getInt64());
        noted.exec();
        noted.reset();
    }
    SQLite::Statement oldKeys(*m_database,
        // The newest of each role stays, so that it is known for ever that keys are needed.
        "DELETE FROM keys WHERE number NOT IN (SELECT max(number) FROM keys GROUP BY role) AND ((revoked_at > 0 AND "
        "revoked_at < ?1) OR (expires_at > 0 AND expires_at < ?1) "
        "OR (revoked_at > 0 AND number <= (SELECT max(number) FROM keys) - ?2))");
    oldKeys.bind(1, now - std::chrono::milliseconds(keepKeys).count());
    oldKeys.bind(2, static_cast<std::int64_t>(rowsMax));
    oldKeys.exec();
    SQLite::Statement oldInvitations(*m_database,
        "DELETE FROM invitations WHERE expires_at < ?1 "
        "OR ((withdrawn_at > 0 OR uses >= uses_max) AND number <= (SELECT max(number) FROM invitations) - ?2)");
    oldInvitations.bind(1, now - std::chrono::milliseconds(keepInvitations).count());
    oldInvitations.bind(2, static_cast<std::int64_t>(rowsMax));
    oldInvitations.exec();
}

Result<std::vector<AuditRow>> StoredKeys::audit(std::size_t most)
try {
    SQLite::Statement rows(
        *m_database, "SELECT number, at, event, subject, source, detail FROM audit ORDER BY number DESC LIMIT ?");
    rows.bind(1, static_cast<std::int64_t>(std::min(most, auditRowsMax)));
    std::vector<AuditRow> found;
    while (rows.executeStep())
        found.push_back(keyfile::auditOf(rows));
    return found;
} catch (const std::exception&) {
    return keyfile::errorOfException(m_path);
}

Result<> StoredKeys::note(
    std::string_view event, std::string_view subject, std::string_view from, std::string_view detail)
{
    return change<std::monostate>([&](std::int64_t now) -> Result<> {
        write(now, event, subject, from, detail);
        return {};
    });
}

} // namespace drover
