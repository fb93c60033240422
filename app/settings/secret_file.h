// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace drover::app {

/// What the state folder knows of one secret.
struct SecretEntry {
    bool inKeyring = false; ///< its value is there, not here
    bool stays = false; ///< somebody wants it in this file; else it goes into the keyring once there is one
    std::string value = {}; ///< empty when it is in the keyring
    bool operator==(const SecretEntry&) const = default;
};

using SecretEntries = std::map<std::string, SecretEntry, std::less<>>; ///< by name

inline constexpr std::size_t secretNameBytesMax = 64;
inline constexpr std::size_t secretBytesMax = 8192;
inline constexpr std::size_t secretsMax = 256;

/// Letters, digits, `_`, `-` and `.`, beginning with a letter or digit.
bool isSecretName(std::string_view name);

/// One line of plain characters: what may stand in a header field.
bool isSecretValue(std::string_view value);

/// `secrets.json` in the state folder: the names of all secrets, and the values of those that no keyring holds. Only
/// its owner may read it (mode 0600; on Windows the folder's own rights see to that).
class SecretFile {
public:
    explicit SecretFile(std::string path);

    /// Empty when there is none. One that others could read is made private at once, and `wasExposed` says so. Fails
    /// with Io when it cannot be read or made private, BadConfig when it is not understood.
    Result<SecretEntries> read();

    /// Changes one entry while no other program does; whole or not at all. Fails as `read`, and with Io.
    Result<> put(const std::string& name, const SecretEntry& entry);

    /// That there is none is no error.
    Result<> remove(const std::string& name);

    bool wasExposed() const { return m_wasExposed; }
    const std::string& path() const { return m_path; }

private:
    template <class Change> Result<> change(Change change);
    Result<> write(const SecretEntries& entries) const;

    std::string m_path;
    bool m_wasExposed = false;
};

} // namespace drover::app
