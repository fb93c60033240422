// SPDX-License-Identifier: MIT
#include "core/protocol/key_text.h"
#include "core/store/key_change.h"
#include "core/store/key_secrets.h"
#include "core/store/key_sql.h"

#include <SQLiteCpp/Column.h>

#include <algorithm>
#include <optional>

namespace drover {

using namespace std::string_literals;

namespace {

constexpr std::size_t codePrefixLetters = 4;
constexpr std::size_t saltBytes = 16;
constexpr std::uint32_t usesMost = 1'000;
constexpr std::chrono::seconds lifetimeLeast = std::chrono::minutes(1);
constexpr std::chrono::seconds lifetimeMost = std::chrono::hours(24 * 31);

constexpr const char* isGood = "withdrawn_at = 0 AND uses < uses_max AND expires_at > ?";

/// Why an invitation is not good; empty when it is.
std::string troubleOf(const InvitationRecord& invitation, std::int64_t now)
{
    if (invitation.withdrawnAt != 0)
        return "withdrawn";
    if (invitation.uses >= invitation.usesMax)
        return "used up";
    return invitation.expiresAt <= now ? "expired" : "";
}

} // namespace

/// An invitation that a code seems to be of.
struct StoredKeys::Invited {
    InvitationRecord record = {};
    bool codeIsRight = false; ///< known for good invitations only; hashing for others would be work for nothing
};

Result<NewInvitation> StoredKeys::invite(const InvitationOrder& order, std::string_view from)
{
    for (const auto& checked : {keyfile::checkNote(order.note), keyfile::checkAllowance(order.allowance)})
        if (!checked)
            return checked.error();
    if (order.usesMax < 1 || order.usesMax > usesMost)
        return fail(Errc::BadRequest, "an invitation has 1 to 1000 uses");
    if (order.lifetime < lifetimeLeast || order.lifetime > lifetimeMost)
        return fail(Errc::BadRequest, "an invitation is good for 1 minute to 31 days");

    return change<NewInvitation>([&](std::int64_t now) -> Result<NewInvitation> {
        if (count("SELECT count(*) FROM invitations WHERE "s + isGood, now)
            >= static_cast<std::int64_t>(invitationsMax))
            return fail(Errc::Forbidden,
                "there are " + std::to_string(invitationsMax) + " good invitations, which is the most");
        std::string code = keyfile::makeCode();
        SQLite::Statement same(*m_database, "SELECT 1 FROM invitations WHERE prefix = ? LIMIT 1");
        for (;;) { // so that a code leads to one invitation
            same.bind(1, code.substr(0, codePrefixLetters));
            if (!same.executeStep())
                break;
            same.reset();
            code = keyfile::makeCode();
        }
        InvitationRecord record;
        record.prefix = code.substr(0, codePrefixLetters);
        record.usesMax = order.usesMax;
        record.createdAt = now;
        record.expiresAt = now + std::chrono::milliseconds(order.lifetime).count();
        record.allowance = order.allowance;
        record.note = order.note;

        const std::string salt = keyfile::randomBytes(saltBytes);
        const std::string hash = keyfile::slowHash(code, salt);
        SQLite::Statement insert(*m_database,
            "INSERT INTO invitations (prefix, salt, hash, uses_max, created_at, expires_at, note, weight, models, "
            "requests_per_minute, tokens_per_minute, tokens_per_day, running_max) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insert.bind(1, record.prefix);
        insert.bind(2, salt.data(), static_cast<int>(salt.size()));
        insert.bind(3, hash.data(), static_cast<int>(hash.size()));
        insert.bind(4, record.usesMax);
        insert.bind(5, record.createdAt);
        insert.bind(6, record.expiresAt);
        insert.bind(7, record.note);
        keyfile::bindAllowance(insert, 8, record.allowance);
        insert.exec();
        record.number = m_database->getLastInsertRowid();
        write(now, "invited", record.prefix, from,
            std::to_string(record.usesMax) + " uses, good for " + std::to_string(order.lifetime.count()) + " s");
        return NewInvitation{spellCode(code), std::move(record)};
    });
}

Result<> StoredKeys::withdraw(std::int64_t invitation, std::string_view from)
{
    return change<std::monostate>([&](std::int64_t now) -> Result<> {
        SQLite::Statement find(*m_database, "SELECT prefix FROM invitations WHERE number = ? AND withdrawn_at = 0");
        find.bind(1, invitation);
        if (!find.executeStep())
            return fail(Errc::NotFound, "there is no invitation " + std::to_string(invitation));
        const std::string prefix = find.getColumn(0).getString();
        SQLite::Statement withdrawn(*m_database, "UPDATE invitations SET withdrawn_at = ? WHERE number = ?");
        withdrawn.bind(1, now);
        withdrawn.bind(2, invitation);
        withdrawn.exec();
        write(now, "invitation_withdrawn", prefix, from);
        return {};
    });
}

Result<std::vector<InvitationRecord>> StoredKeys::invitations()
try {
    SQLite::Statement rows(
        *m_database, "SELECT " + std::string(keyfile::invitationColumns) + " FROM invitations ORDER BY number DESC");
    std::vector<InvitationRecord> found;
    while (rows.executeStep())
        found.push_back(keyfile::invitationOf(rows));
    return found;
} catch (const std::exception&) {
    return keyfile::errorOfException(m_path);
}

std::optional<StoredKeys::Invited> StoredKeys::invitationOfCode(std::string_view code, std::int64_t now)
{
    SQLite::Statement find(*m_database,
        "SELECT " + std::string(keyfile::invitationColumns) + ", salt, hash FROM invitations WHERE prefix = ?");
    find.bind(1, std::string(code.substr(0, codePrefixLetters)));
    if (!find.executeStep())
        return {};
    Invited invited{keyfile::invitationOf(find)};
    const std::string salt = find.getColumn(14).getString();
    const std::string hash = find.getColumn(15).getString();
    invited.codeIsRight =
        troubleOf(invited.record, now).empty() && keyfile::sameSecret(keyfile::slowHash(code, salt), hash);
    return invited;
}

/// Takes one use of it; returns why that cannot be, or nothing.
std::string StoredKeys::useUp(const Invited& invited, std::int64_t now)
{
    SQLite::Statement find(
        *m_database, "SELECT " + std::string(keyfile::invitationColumns) + " FROM invitations WHERE number = ?");
    find.bind(1, invited.record.number);
    if (!find.executeStep())
        return "unknown";
    if (std::string trouble = troubleOf(keyfile::invitationOf(find), now); !trouble.empty())
        return trouble;
    if (!invited.codeIsRight)
        return "another code begins like this one";
    if (count("SELECT count(*) FROM keys WHERE revoked_at = 0", now) >= static_cast<std::int64_t>(keysMax))
        return "there are as many keys as may be";
    SQLite::Statement use(*m_database, "UPDATE invitations SET uses = uses + 1 WHERE number = ?");
    use.bind(1, invited.record.number);
    use.exec();
    return {};
}

std::string StoredKeys::freeWorkerName(std::string_view wanted, std::int64_t now)
{
    const std::string plain = keyfile::plainText(wanted, keyfile::nameBytesMax);
    const std::string base = plain.empty() ? "worker" : plain;
    std::string tried = base;
    freeName(KeyRole::Worker, base, now);
    for (int number = 2; isTaken(KeyRole::Worker, tried); ++number) {
        const std::string ending = '-' + std::to_string(number);
        tried = keyfile::plainText(base, keyfile::nameBytesMax - ending.size()) + ending;
    }
    return tried;
}

Result<NewKey> StoredKeys::trade(std::string_view typed, std::string_view workerName, std::string_view from)
try {
    const auto code = readCode(typed);
    // Hashing takes long, so it is done before anybody is kept waiting.
    const auto invited = code ? invitationOfCode(*code, now()) : std::nullopt;
    return change<NewKey>([&](std::int64_t now) -> Result<NewKey> {
        const std::string trouble = !code ? "no code" : !invited ? "unknown" : useUp(*invited, now);
        if (!trouble.empty()) {
            write(now, "trade_refused", invited ? invited->record.prefix : "", from, trouble);
            return fail(Errc::Unauthorized, "this invitation is not known, or over");
        }
        KeyRecord record;
        record.role = KeyRole::Worker;
        record.name = freeWorkerName(workerName, now);
        record.allowance = invited->record.allowance;
        record.createdAt = now;
        record.note = invited->record.note;
        NewKey made = insertKey(std::move(record));
        write(now, "invitation_traded", made.record.name, from,
            "invitation " + invited->record.prefix + ", key " + made.record.prefix);
        return made;
    });
} catch (const std::exception&) {
    return keyfile::errorOfException(m_path);
}

} // namespace drover
