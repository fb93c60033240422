// SPDX-License-Identifier: MIT
#include "app/joining/invitation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace drover::app {

namespace {

constexpr std::size_t serverBytesMax = 1024;
constexpr std::size_t workerNameBytesMax = 128;
constexpr int slotsMax = 1024;
constexpr std::string_view blanks = " \t\r\n";

char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char letter) { return lower(letter); });
    return result;
}

std::string_view trimmed(std::string_view text, std::string_view what = blanks)
{
    const std::size_t begin = text.find_first_not_of(what);
    if (begin == text.npos)
        return {};
    return text.substr(begin, text.find_last_not_of(what) - begin + 1);
}

bool isAlphanumeric(char letter)
{
    return (lower(letter) >= 'a' && lower(letter) <= 'z') || (letter >= '0' && letter <= '9');
}

bool hasControls(std::string_view text)
{
    return std::ranges::any_of(text, [](char letter) {
        const auto code = static_cast<unsigned char>(letter);
        return (code < ' ' && letter != '\t' && letter != '\r' && letter != '\n') || code == 127;
    });
}

/// Nothing for a percent sign without two hex digits, and for a control character.
std::optional<std::string> percentDecoded(std::string_view text)
{
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            result += text[at];
            continue;
        }
        unsigned value = 0;
        const char* begin = text.data() + at + 1;
        if (text.size() - at < 3 || std::from_chars(begin, begin + 2, value, 16).ptr != begin + 2)
            return {};
        result += static_cast<char>(value);
        at += 2;
    }
    return hasControls(result) || result.find_first_of("\t\r\n") != result.npos ? std::nullopt : std::optional(result);
}

Error bad(const char* sentence)
{
    return fail(Errc::BadRequest, sentence);
}

bool isFingerprint(std::string_view text)
{
    constexpr std::size_t digits = 64;
    return text.size() == digits
        && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// Codes are Crockford's base 32 in groups; what is no code is found out by the server.
bool isCode(std::string_view text)
{
    constexpr std::size_t least = 8;
    constexpr std::size_t most = 128;
    return text.size() >= least && text.size() <= most
        && std::ranges::all_of(text, [](char c) { return isAlphanumeric(c) || c == '-' || c == '_'; });
}

bool hasScheme(std::string_view text)
{
    const std::string word = lower(text.substr(0, 8));
    return std::ranges::any_of(std::array{"ws://", "wss://", "http://", "https://"},
        [&](const char* scheme) { return word.starts_with(scheme); });
}

Result<Invitation> checked(Invitation invitation)
{
    if (invitation.server.empty())
        return bad("there is no server's address in it, such as wss://pool.example.org");
    if (invitation.server.size() > serverBytesMax)
        return fail(Errc::TooLarge, "the server's address is too long");
    const bool isPlain =
        std::ranges::all_of(invitation.server, [](char c) { return c > ' ' && c < 127 && c != '"' && c != '\\'; });
    if (!isPlain)
        return bad("the server's address is not one");
    if (invitation.server.find('@') != std::string::npos)
        return bad("the server's address may not have a name or a password in it");
    if (!invitation.key.empty() && !isPoolKey(invitation.key))
        return bad("the key must be one line of letters, digits and signs");
    if (!invitation.fingerprint.empty() && !isFingerprint(invitation.fingerprint))
        return bad("the certificate's fingerprint must be 64 hex digits");
    if (!isPoolName(invitation.name))
        invitation.name.clear(); // only a suggestion
    if (invitation.workerName.size() > workerNameBytesMax)
        invitation.workerName.clear();
    if (invitation.slots < 0 || invitation.slots > slotsMax)
        invitation.slots = 0;
    return invitation;
}

// ---- links ----

Result<Invitation> parseJoinLink(std::string_view text)
{
    const std::size_t hash = std::min(text.find('#'), text.size());
    const std::string_view before = text.substr(0, hash);
    const std::string_view fragment = hash < text.size() ? text.substr(hash + 1) : std::string_view();
    const std::size_t question = before.find('?');
    const std::string head = lower(before.substr(0, question));
    if (head != "drover://join" && head != "drover://join/" && head != "drover:join")
        return bad("a link to join a pool begins with drover://join?");
    Invitation invitation;
    std::vector<char> seen;
    const auto take = [&](std::string_view pair, bool isSecretPart) -> Result<> {
        const char key = pair.size() > 1 && pair[1] == '=' ? lower(pair.front()) : '\0';
        const auto value = percentDecoded(pair.substr(std::min<std::size_t>(2, pair.size())));
        if (!value || value->empty() || std::ranges::find(seen, key) != seen.end())
            return bad("the link is damaged");
        seen.push_back(key);
        if (isSecretPart && key == 'k')
            invitation.key = *value;
        else if (!isSecretPart && key == 's')
            invitation.server = *value;
        else if (!isSecretPart && key == 'n')
            invitation.name = *value;
        else if (key == 'c' && isCode(*value))
            invitation.code = *value;
        else if (!isSecretPart && key == 'f')
            invitation.fingerprint = lower(*value);
        else
            return bad("the link asks for something that this Drover does not know");
        return {};
    };
    for (const bool isSecretPart : {false, true}) {
        std::string_view rest = isSecretPart ? fragment
            : question == before.npos        ? std::string_view()
                                             : before.substr(question + 1);
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('&'), rest.size());
            if (const auto taken = take(rest.substr(0, end), isSecretPart); !taken)
                return taken.error();
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    if (!invitation.key.empty() && !invitation.code.empty())
        return bad("the link has both a key and a code");
    return checked(std::move(invitation));
}

/// "https://pool.example.org/j#CODE", or http within somebody's own network, of which the person is warned; nothing
/// when it is not that.
std::optional<Invitation> codeLink(std::string_view text)
{
    const std::size_t hash = text.find('#');
    const std::size_t scheme = text.find("://");
    if (hash == text.npos || scheme == text.npos || scheme > hash)
        return {};
    const std::string word = lower(text.substr(0, scheme));
    const std::string_view code = text.substr(hash + 1);
    if ((word != "https" && word != "http") || !isCode(code))
        return {};
    Invitation invitation;
    invitation.server = text.substr(0, std::min(text.find('/', scheme + 3), hash));
    invitation.code = code;
    return invitation;
}

// ---- settings as people paste them ----

enum class Field { Server, Key, WorkerName, Slots, Name, Fingerprint };

std::optional<Field> fieldOf(std::string_view word)
{
    std::string name = lower(word);
    std::ranges::replace(name, '-', '_');
    using enum Field;
    static constexpr std::array<std::pair<std::string_view, Field>, 17> known{
        {{"server_url", Server}, {"server", Server}, {"url", Server}, {"address", Server}, {"client_key", Key},
            {"worker_key", Key}, {"worker_token", Key}, {"token", Key}, {"key", Key}, {"worker_name", WorkerName},
            {"client_name", WorkerName}, {"max_concurrency", Slots}, {"slots", Slots}, {"pool", Name}, {"name", Name},
            {"fingerprint", Fingerprint}, {"sha256", Fingerprint}}};
    const auto* found = std::ranges::find(known, name, &std::pair<std::string_view, Field>::first);
    return found == known.end() ? std::nullopt : std::optional(found->second);
}

/// The first one that is given counts.
void put(Invitation& into, Field field, std::string_view raw)
{
    std::string_view value = trimmed(raw);
    if (value.size() > 1 && (value.front() == '"' || value.front() == '\''))
        value = trimmed(value, " \t,;}");
    const bool quoted =
        value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
    if (quoted)
        value = value.substr(1, value.size() - 2);
    const auto keep = [&](std::string& text) {
        if (text.empty())
            text = value;
    };
    switch (field) {
    case Field::Server:
        return keep(into.server);
    case Field::Key:
        return keep(into.key);
    case Field::WorkerName:
        return keep(into.workerName);
    case Field::Name:
        return keep(into.name);
    case Field::Fingerprint:
        if (into.fingerprint.empty())
            into.fingerprint = lower(value);
        return;
    case Field::Slots:
        std::from_chars(value.data(), value.data() + value.size(), into.slots);
        return;
    }
}

/// "export NAME=VALUE", "NAME: VALUE", "$env:NAME = VALUE"; the rest of the line is the value.
bool takeSetting(std::string_view line, Invitation& into)
{
    for (const std::string_view prefix : {"export ", "set ", "setx ", "$env:", "env ", "environment=", "-e ", "- "}) {
        if (lower(line.substr(0, prefix.size())) == prefix)
            line = trimmed(line.substr(prefix.size()));
    }
    line.remove_prefix(std::min(line.find_first_not_of("{\" \t"), line.size()));
    const std::size_t end = line.find_first_of("=: \t\"");
    if (end == line.npos)
        return false;
    const auto field = fieldOf(line.substr(0, end));
    std::string_view rest = line.substr(end);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\""), rest.size()));
    if (!field || rest.empty() || (rest.front() != '=' && rest.front() != ':'))
        return false;
    rest.remove_prefix(1);
    if (*field != Field::WorkerName && *field != Field::Name) {
        rest = trimmed(rest);
        rest = rest.substr(0, rest.find_first_of(" \t")); // "SERVER_URL=... CLIENT_KEY=..." on one line
    }
    put(into, *field, rest);
    return true;
}

std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t at = line.find_first_not_of(blanks); at != line.npos;) {
        const std::size_t end = std::min(line.find_first_of(blanks, at), line.size());
        words.push_back(line.substr(at, end - at));
        at = line.find_first_not_of(blanks, end);
    }
    return words;
}

/// Options and settings within a command: "worker --server-url X --client-key Y", "-e SERVER_URL=X image".
bool takeWords(const std::vector<std::string_view>& words, Invitation& into)
{
    bool took = false;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool isOption = words[at].starts_with("--");
        const std::string_view word = trimmed(words[at].substr(isOption ? 2 : 0), "\"'");
        const std::size_t equals = word.find('=');
        const auto field = fieldOf(word.substr(0, equals));
        if (!field || (equals == word.npos && (!isOption || at + 1 == words.size())))
            continue;
        put(into, *field, equals == word.npos ? words[++at] : word.substr(equals + 1));
        took = true;
    }
    return took;
}

/// An address, a key, or both.
void takeBare(const std::vector<std::string_view>& words, Invitation& into)
{
    for (std::string_view word : words) {
        word = trimmed(word, "<>\"'`,");
        const bool isAddress =
            hasScheme(word) || (into.server.empty() && words.size() <= 2 && word.find_first_of(".:") != word.npos);
        if (isAddress)
            put(into, Field::Server, word);
        else if (words.size() <= 2 && !into.server.empty())
            put(into, Field::Key, word);
    }
}

} // namespace

bool looksLikeJoinLink(std::string_view text)
{
    const std::string head = lower(text.substr(0, 13));
    return head.starts_with("drover://join") || head.starts_with("drover:join");
}

Result<Invitation> parseInvitation(std::string_view text)
{
    if (text.size() > invitationBytesMax)
        return fail(Errc::TooLarge, "that is too long for an invitation");
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    text = trimmed(text);
    if (text.empty())
        return bad("it is empty");
    if (hasControls(text))
        return bad("it is not text");
    if (lower(text.substr(0, 7)) == "drover:")
        return parseJoinLink(text);
    if (auto invitation = codeLink(text))
        return checked(std::move(*invitation));
    Invitation invitation;
    const std::string_view ends = text.front() == '{' ? "\n," : "\n"; // JSON may be one line
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(ends, at), text.size());
        const std::string_view line = trimmed(text.substr(at, end - at));
        at = end + 1;
        if (line.empty() || line.front() == '#')
            continue;
        const bool isSetting = takeSetting(line, invitation);
        const auto words = wordsOf(line);
        if (!takeWords(words, invitation) && !isSetting)
            takeBare(words, invitation);
    }
    return checked(std::move(invitation));
}

std::string invitationText(const Invitation& invitation)
{
    std::string text = "# An invitation to a pool. Whoever has this text can join: keep it to yourself.\n";
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty())
            text += std::string(name) + "=" + value + "\n";
    };
    add("NAME", invitation.name);
    add("SERVER_URL", invitation.server);
    add("CLIENT_KEY", invitation.key);
    add("WORKER_NAME", invitation.workerName);
    add("MAX_CONCURRENCY", invitation.slots > 0 ? std::to_string(invitation.slots) : std::string());
    add("FINGERPRINT", invitation.fingerprint);
    return text;
}

bool isPoolKey(std::string_view key)
{
    return !key.empty() && key.size() <= poolKeyBytesMax
        && std::ranges::all_of(key, [](char c) { return c > ' ' && c < 127; });
}

bool isPoolName(std::string_view name)
{
    return !name.empty() && name.size() <= poolNameBytesMax && name.front() != '.'
        && std::ranges::all_of(name, [](char c) { return isAlphanumeric(c) || c == '.' || c == '-' || c == '_'; });
}

std::string poolNameFrom(std::string_view server)
{
    const std::size_t scheme = server.find("://");
    std::string_view host = scheme == server.npos ? server : server.substr(scheme + 3);
    if (host.starts_with('[')) // IPv6
        host = host.substr(1, std::min(host.find(']'), host.size()) - 1);
    else
        host = host.substr(0, host.find_first_of(":/?#"));
    std::string name;
    for (const char letter : host)
        name += isAlphanumeric(letter) || letter == '.' || letter == '_' ? lower(letter) : '-';
    name.erase(0, std::min(name.find_first_not_of('.'), name.size()));
    name.resize(std::min(name.size(), poolNameBytesMax));
    return name.empty() ? "pool" : name;
}

} // namespace drover::app
