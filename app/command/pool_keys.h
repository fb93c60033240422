// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/settings/places.h"
#include "app/settings/settings_source.h"
#include "core/api/key_file.h"

#include <memory>
#include <string>

namespace drover::app {

// The keys of the pool that this machine hosts, as the command changes them: beside a running Drover, which sees it
// within a quarter of a second, or without one.

inline constexpr std::string_view byTheCommand = "command"; ///< in the audit log

enum class WhenMissing { Make, Leave };

/// Opens the key file that the settings name. With `WhenMissing::Leave` it is null where there is none yet. Fails with
/// Io, or BadConfig when the settings want none.
drover::Result<std::unique_ptr<drover::KeyFile>> openPoolKeys(
    const SettingsSource& source, const Places& places, WhenMissing missing);

/// Says on standard error what went wrong, and how the command ends.
ExitCode endWith(const drover::Error& error);

/// "2026-11-21 14:05" here, "-" for 0.
std::string timeText(std::int64_t since1970);

enum class KeyState { Good, Rotated, Expired, Revoked };
/// Rotated: another key has its name, and it expires soon. `all` are those of the file.
KeyState stateOf(const drover::KeyRecord& key, const std::vector<drover::KeyRecord>& all);
std::string_view name(KeyState state); ///< "good", "rotated", "expired", "revoked"

drover::KeyRole roleOf(KeyKind kind); ///< Pool or Worker

/// `drover keys add|rotate|set|revoke` of a key of the pool.
ExitCode addPoolKey(const Invocation& invocation, drover::KeyFile& keys);
ExitCode rotatePoolKey(const Invocation& invocation, drover::KeyFile& keys);
ExitCode setPoolKey(const Invocation& invocation, drover::KeyFile& keys);
ExitCode revokePoolKey(const Invocation& invocation, drover::KeyFile& keys);

/// `drover keys audit`; `keys` is null where there is no file.
ExitCode auditPoolKeys(const Invocation& invocation, drover::KeyFile* keys);

} // namespace drover::app
