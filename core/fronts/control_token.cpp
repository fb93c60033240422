// SPDX-License-Identifier: MIT
#include "core/fronts/control_token.h"

#include "core/api/private_file.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace drover {

namespace {

Result<std::string> randomToken()
{
    std::array<unsigned char, 32> bytes;
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return fail(Errc::Io, "the system gives no random numbers");
    constexpr std::string_view hex = "0123456789abcdef";
    std::string token;
    for (const unsigned char byte : bytes) {
        token += hex[byte >> 4];
        token += hex[byte & 15];
    }
    return token;
}

std::string_view withoutBlanks(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

Result<std::string> tokenIn(const std::string& path, std::string_view content)
{
    const std::string_view token = withoutBlanks(content);
    const bool plain = std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (token.size() < controlTokenBytesMin || !plain)
        return fail(Errc::BadConfig,
            path + " must hold one word of at least " + std::to_string(controlTokenBytesMin)
                + " plain characters; delete it to get a new one");
    return std::string(token);
}

} // namespace

Result<std::string> controlToken(const std::string& path, const Log& log)
{
    auto found = readPrivateFile(path);
    if (!found)
        return found.error();
    if (found->state == PrivateFile::State::Private)
        return tokenIn(path, found->text);

    const auto token = randomToken();
    if (!token)
        return token;
    const bool exposed = found->state == PrivateFile::State::Exposed;
    const auto written = writePrivateFile(path, *token + "\n", exposed ? Existing::Replace : Existing::Keep);
    if (!written && written.error().code == Errc::Forbidden) { // another Drover starts at this moment: use its token
        found = readPrivateFile(path);
        return found ? tokenIn(path, found->text) : found.error();
    }
    if (!written)
        return written.error();
    if (exposed)
        log(LogLevel::Warning, "the control token could be read by others and was replaced file=\"" + path + '"');
    return token;
}

bool sameToken(std::string_view sent, std::string_view token)
{
    return sent.size() == token.size() && CRYPTO_memcmp(sent.data(), token.data(), token.size()) == 0;
}

} // namespace drover
