// SPDX-License-Identifier: MIT
#include "core/store/key_sql.h"

#include "core/protocol/json_text.h"

#include <SQLiteCpp/Column.h>

#include <algorithm>
#include <cmath>

namespace drover::keyfile {

namespace {

bool isControl(char letter)
{
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
}

bool isPlain(std::string_view text)
{
    return validUtf8(text) == text && std::none_of(text.begin(), text.end(), isControl);
}

/// One name per line.
std::string lines(const std::vector<std::string>& models)
{
    std::string text;
    for (const std::string& model : models)
        text += (text.empty() ? "" : "\n") + model;
    return text;
}

std::vector<std::string> models(std::string_view text)
{
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        names.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return names;
}

KeyAllowance allowanceOf(SQLite::Statement& row, int at)
{
    KeyAllowance allowance;
    allowance.weight = row.getColumn(at).getDouble();
    allowance.models = models(row.getColumn(at + 1).getString());
    allowance.requestsPerMinute = row.getColumn(at + 2).getUInt();
    allowance.tokensPerMinute = static_cast<std::uint64_t>(row.getColumn(at + 3).getInt64());
    allowance.tokensPerDay = static_cast<std::uint64_t>(row.getColumn(at + 4).getInt64());
    allowance.runningMax = row.getColumn(at + 5).getUInt();
    return allowance;
}

} // namespace

const std::string_view keyColumns =
    "number, role, name, sha256, prefix, weight, models, requests_per_minute, tokens_per_minute, tokens_per_day, "
    "running_max, created_at, expires_at, revoked_at, last_used_at, note";

const std::string_view invitationColumns =
    "number, prefix, uses_max, uses, created_at, expires_at, withdrawn_at, weight, models, requests_per_minute, "
    "tokens_per_minute, tokens_per_day, running_max, note";

std::string plainText(std::string_view text, std::size_t most)
{
    std::string plain = validUtf8(text.substr(0, most + 4)); // a letter that is cut here lies behind the end
    std::replace_if(plain.begin(), plain.end(), isControl, ' ');
    std::size_t end = 0;
    while (end < plain.size()) {
        const auto length = static_cast<std::size_t>(utf8Length(std::string_view(plain).substr(end)));
        if (length == 0 || end + length > most)
            break;
        end += length;
    }
    plain.resize(end);
    const std::size_t last = plain.find_last_not_of(' ');
    plain.resize(last == plain.npos ? 0 : last + 1);
    return plain.substr(std::min(plain.find_first_not_of(' '), plain.size()));
}

Result<> checkName(std::string_view name)
{
    if (name.empty() || name.size() > nameBytesMax)
        return fail(Errc::BadRequest, "a key needs a name of 1 to " + std::to_string(nameBytesMax) + " bytes");
    if (!isPlain(name) || name.front() == ' ' || name.back() == ' ')
        return fail(Errc::BadRequest, "the name of a key is printable text, without a space at its ends");
    return {};
}

Result<> checkNote(std::string_view note)
{
    if (note.size() > noteBytesMax || !isPlain(note))
        return fail(Errc::BadRequest, "a note is at most " + std::to_string(noteBytesMax) + " bytes of printable text");
    return {};
}

Result<> checkAllowance(const KeyAllowance& allowance)
{
    if (!std::isfinite(allowance.weight) || allowance.weight < 0.01 || allowance.weight > 100)
        return fail(Errc::BadRequest, "a weight is between 0.01 and 100");
    if (allowance.models.size() > modelsMax)
        return fail(Errc::BadRequest, "a key may name at most " + std::to_string(modelsMax) + " models");
    for (const std::string& model : allowance.models)
        if (model.empty() || model.size() > modelBytesMax || !isPlain(model))
            return fail(Errc::BadRequest,
                "the name of a model is 1 to " + std::to_string(modelBytesMax) + " bytes of printable text");
    if (std::max(allowance.tokensPerMinute, allowance.tokensPerDay) > tokensMax)
        return fail(Errc::BadRequest, "a limit is at most " + std::to_string(tokensMax) + " tokens");
    return {};
}

KeyRecord keyOf(SQLite::Statement& row)
{
    const auto text = [&](int at) { return row.getColumn(at).getString(); };
    const auto whole = [&](int at) { return row.getColumn(at).getInt64(); };
    return {.number = whole(0),
        .role = text(1) == name(KeyRole::Worker) ? KeyRole::Worker : KeyRole::Client,
        .name = text(2),
        .sha256Hex = text(3),
        .prefix = text(4),
        .allowance = allowanceOf(row, 5),
        .createdAt = whole(11),
        .expiresAt = whole(12),
        .revokedAt = whole(13),
        .lastUsedAt = whole(14),
        .note = text(15)};
}

InvitationRecord invitationOf(SQLite::Statement& row)
{
    const auto whole = [&](int at) { return row.getColumn(at).getInt64(); };
    return {.number = whole(0),
        .prefix = row.getColumn(1).getString(),
        .usesMax = row.getColumn(2).getUInt(),
        .uses = row.getColumn(3).getUInt(),
        .createdAt = whole(4),
        .expiresAt = whole(5),
        .withdrawnAt = whole(6),
        .allowance = allowanceOf(row, 7),
        .note = row.getColumn(13).getString()};
}

AuditRow auditOf(SQLite::Statement& row)
{
    const auto text = [&](int at) { return row.getColumn(at).getString(); };
    return {.number = row.getColumn(0).getInt64(),
        .at = row.getColumn(1).getInt64(),
        .event = text(2),
        .subject = text(3),
        .from = text(4),
        .detail = text(5)};
}

void bindAllowance(SQLite::Statement& statement, int at, const KeyAllowance& allowance)
{
    statement.bind(at, allowance.weight);
    statement.bind(at + 1, lines(allowance.models));
    statement.bind(at + 2, allowance.requestsPerMinute);
    statement.bind(at + 3, static_cast<std::int64_t>(allowance.tokensPerMinute));
    statement.bind(at + 4, static_cast<std::int64_t>(allowance.tokensPerDay));
    statement.bind(at + 5, allowance.runningMax);
}

} // namespace drover::keyfile
