// SPDX-License-Identifier: MIT
#include "core/protocol/identity.h"

#include "core/protocol/json_text.h"
#include "core/protocol/percent.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace drover {

namespace {

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lowered);
    return result;
}

/// The host and port in "https://user@host:1/path"; what comes before the first slash where there is no scheme.
std::string_view hostOfUrl(std::string_view url)
{
    if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (const std::size_t at = url.rfind('@'); at != std::string_view::npos)
        url.remove_prefix(at + 1);
    return url;
}

/// A control character of Unicode, or one that hides, turns round or breaks a line of text.
bool isUnprintable(std::string_view character)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 1)
        return byte(0) < 0x20 || byte(0) == 0x7F;
    if (character.size() == 2)
        return byte(0) == 0xC2 && byte(1) < 0xA0; // U+0080 to U+009F
    if (character.size() != 3)
        return false;
    if (byte(0) == 0xE2 && byte(1) == 0x80) // U+200B to U+200F, U+2028 to U+202E
        return (byte(2) >= 0x8B && byte(2) <= 0x8F) || (byte(2) >= 0xA8 && byte(2) <= 0xAE);
    if (byte(0) == 0xE2 && byte(1) == 0x81) // U+2060 to U+206F
        return byte(2) >= 0xA0 && byte(2) <= 0xAF;
    return character == "\xEF\xBB\xBF"; // U+FEFF
}

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

/// Claude Code sends an id that changes with every session: "user_HASH_account_UUID_session_UUID", or JSON that begins
/// with its "device_id". What stays the same is named; other ids are names as they are.
std::string bodyUserName(std::string_view user)
{
    constexpr std::string_view oldForm = "user_";
    constexpr std::string_view jsonForm = "{\"device_id\":\"";
    constexpr std::size_t digits = 6;
    std::string_view rest = user;
    if (user.starts_with(jsonForm))
        rest.remove_prefix(jsonForm.size());
    else if (user.starts_with(oldForm) && user.find("_session_") != std::string_view::npos)
        rest.remove_prefix(oldForm.size());
    else
        return cleanUserName(user);
    return cleanUserName("Claude Code " + std::string(rest.substr(0, std::min(digits, rest.find_first_of("_\"")))));
}

} // namespace

std::string cleanUserName(std::string_view name)
{
    std::string result;
    while (!name.empty()) {
        const int length = utf8Length(name);
        const std::string_view character = name.substr(0, length == 0 ? 1 : static_cast<std::size_t>(length));
        name.remove_prefix(character.size());
        if (length == 0 || isUnprintable(character) || (result.empty() && character == " "))
            continue;
        if (result.size() + character.size() > userNameBytesMax)
            break;
        result += character;
    }
    while (result.ends_with(' '))
        result.pop_back();
    return result;
}

std::optional<StatedIdentity> statedIdentity(const HeaderFields& fields, const RequestFacts& facts)
{
    std::string name;
    for (const std::string_view header :
        {"X-User-ID", "X-OpenWebUI-User-Email", "X-OpenWebUI-User-Name", "X-OpenWebUI-User-Id"}) {
        const std::string_view value = fields.get(header);
        if (!value.empty()) // Open WebUI writes names percent-encoded
            name = cleanUserName(header.ends_with("Name") ? percentDecoded(value) : std::string(value));
        if (!name.empty())
            return StatedIdentity{std::move(name), IdentitySource::UserHeader};
    }
    if (!facts.user.empty())
        name = bodyUserName(facts.user);
    if (!name.empty())
        return StatedIdentity{std::move(name), IdentitySource::Body};
    name = cleanUserName(fields.get("X-Title"));
    if (name.empty())
        name = cleanUserName(hostOfUrl(fields.get("HTTP-Referer")));
    if (!name.empty())
        return StatedIdentity{std::move(name), IdentitySource::TitleHeader};
    return std::nullopt;
}

std::string_view statedKey(const HeaderFields& fields)
{
    std::string_view value = fields.get("Authorization");
    constexpr std::string_view scheme = "bearer ";
    if (value.size() > scheme.size() && equalsIgnoringCase(value.substr(0, scheme.size()), scheme)) {
        value.remove_prefix(scheme.size());
        while (value.starts_with(' '))
            value.remove_prefix(1);
        return value;
    }
    return fields.get("x-api-key");
}

std::string userAgentName(std::string_view userAgent)
{
    if (userAgent.starts_with("Mozilla/"))
        return "Browser";
    // The official SDKs say "OpenAI/Python 1.2.3", "Anthropic/JS 0.30.0"; others "product/version (comment)".
    const std::string text = lower(userAgent.substr(0, userAgent.find_first_of(" (;")));
    const std::size_t slash = text.find('/');
    std::string name = text.substr(0, slash);
    if (slash != std::string::npos && slash + 1 < text.size() && text[slash + 1] >= 'a' && text[slash + 1] <= 'z'
        && text[slash + 1] != 'v')
        name += "-" + text.substr(slash + 1);
    name.resize(std::min(name.size(), userNameBytesMax));
    std::erase_if(name, [](char c) { return !isNameCharacter(c); });
    return name;
}

Lane laneFor(const HeaderFields& fields, Endpoint endpoint, const RequestFacts& facts)
{
    const std::string_view priority = fields.get("X-Priority");
    const std::string_view queuePriority = fields.get("X-Queue-Priority");
    if (equalsIgnoringCase(priority, "interactive"))
        return Lane::Interactive;
    if (equalsIgnoringCase(priority, "normal"))
        return Lane::Normal;
    if (equalsIgnoringCase(priority, "batch"))
        return Lane::Batch;
    if (equalsIgnoringCase(queuePriority, "high"))
        return Lane::Interactive;
    if (equalsIgnoringCase(queuePriority, "normal"))
        return Lane::Normal;
    if (equalsIgnoringCase(queuePriority, "low"))
        return Lane::Batch;
    return isEmbedding(endpoint) || facts.helperCall ? Lane::Batch : Lane::Normal;
}

Result<std::optional<std::chrono::milliseconds>> queueTimeout(const HeaderFields& fields)
{
    using Wanted = std::optional<std::chrono::milliseconds>;
    const std::string_view text = fields.get("X-Queue-Timeout");
    if (text.empty())
        return Wanted();
    const auto refuse = [&] {
        return fail(Errc::BadRequest,
            "X-Queue-Timeout must be a number of seconds from 0 to "
                + std::to_string(std::chrono::seconds(queueTimeoutMax).count()));
    };
    // By hand rather than by from_chars: not every standard library we build with has it for double.
    std::uint64_t whole = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
    std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
    const auto most = static_cast<std::uint64_t>(std::chrono::seconds(queueTimeoutMax).count());
    const bool noDigits = error == std::errc::invalid_argument;
    if (error == std::errc::result_out_of_range || whole > most || (noDigits && (rest.size() < 2 || rest[0] != '.')))
        return refuse();
    std::uint64_t milliseconds = whole * 1000;
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        const bool digits = std::all_of(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!digits)
            return refuse();
        std::uint64_t unit = 100;
        for (const char c : rest.substr(0, 3)) {
            milliseconds += static_cast<std::uint64_t>(c - '0') * unit;
            unit /= 10;
        }
    } else if (!rest.empty()) {
        return refuse();
    }
    if (milliseconds > most * 1000)
        return refuse();
    return Wanted(std::chrono::milliseconds(std::max<std::uint64_t>(milliseconds, 1)));
}

} // namespace drover
