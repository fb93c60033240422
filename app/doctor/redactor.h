// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drover::app {

/// What must not be told, as this machine knows it.
struct Private {
    std::vector<std::string> secrets = {}; ///< exact texts: keys, tokens, passwords; shorter than 4 bytes do not count
    std::string homeFolder = {}; ///< becomes "~"
    std::string userName = {}; ///< becomes "user"; not where it is a word such as "root" that tells nothing
    std::string hostName = {}; ///< becomes "host"
};

/// Takes out of texts what others must not read before they are saved to be sent: the known secrets in plain, base64,
/// percent, hexadecimal and JSON spelling, and whatever looks like a key, a token, a password, an address of a person
/// or a private part of a URL. Rather too much than too little.
///
/// Pure; each call stands alone, so a secret must not be cut between two calls. Texts that are not UTF-8 come out as
/// UTF-8 with U+FFFD.
class Redactor {
public:
    explicit Redactor(Private known);

    std::string redacted(std::string_view text) const;

    /// What stands in the place of a secret.
    static constexpr std::string_view mark = "[redacted]";

private:
    std::string withoutKnown(std::string text) const;
    std::string withoutPerson(std::string text) const;

    std::vector<std::string> m_spellings; ///< of all secrets, longest first
    std::vector<std::pair<std::string, std::string>> m_person; ///< text and what stands for it, longest first
};

/// True for names of variables and fields whose value is one that nobody else should know: OPENAI_API_KEY, password.
bool looksSecret(std::string_view name);

/// The user's name and password of each URL in a text.
std::vector<std::string> urlSecrets(std::string_view text);

} // namespace drover::app
