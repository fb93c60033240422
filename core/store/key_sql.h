// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/key_file.h"

#include <SQLiteCpp/Statement.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace drover::keyfile {

inline constexpr std::size_t nameBytesMax = 64; ///< of a key
inline constexpr std::size_t noteBytesMax = 500;
inline constexpr std::size_t modelsMax = 100; ///< of one key
inline constexpr std::size_t modelBytesMax = 256;
inline constexpr std::uint64_t tokensMax = 1'000'000'000'000'000; ///< of a minute or a day

/// Valid UTF-8 without control characters, cut to `most` bytes at the border of a letter. For text from outside.
std::string plainText(std::string_view text, std::size_t most);

/// Fails with BadRequest and a sentence.
Result<> checkName(std::string_view name);
Result<> checkNote(std::string_view note);
Result<> checkAllowance(const KeyAllowance& allowance);

/// In the order of rowOf and invitationOf.
extern const std::string_view keyColumns;
extern const std::string_view invitationColumns;

KeyRecord keyOf(SQLite::Statement& row);
InvitationRecord invitationOf(SQLite::Statement& row);
AuditRow auditOf(SQLite::Statement& row); ///< number, at, event, subject, source, detail

/// Binds weight, models, requests_per_minute, tokens_per_minute, tokens_per_day, running_max from the place `at` on.
void bindAllowance(SQLite::Statement& statement, int at, const KeyAllowance& allowance);

} // namespace drover::keyfile
