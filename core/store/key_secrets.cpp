// SPDX-License-Identifier: MIT
#include "core/store/key_secrets.h"

#include "core/protocol/key_text.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstdint>
#include <stdexcept>

namespace drover::keyfile {

namespace {

constexpr std::size_t keyBytes = 32;
constexpr std::size_t prefixLetters = 8;
constexpr std::size_t hashBytes = 32;
constexpr std::uint64_t scryptCost = 16'384; // with the next: 16 MB
constexpr std::uint64_t scryptBlock = 8;
constexpr std::uint64_t scryptMemoryMax = 64u << 20;

} // namespace

std::string randomBytes(std::size_t count)
{
    std::string bytes(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
        throw std::runtime_error("the system gives no random numbers");
    return bytes;
}

std::string makeKey(KeyRole role)
{
    return (role == KeyRole::Worker ? "drw_" : "drv_") + base62(randomBytes(keyBytes));
}

std::string prefixOf(std::string_view key)
{
    return std::string(key.substr(0, prefixLetters));
}

std::string makeCode()
{
    return codeOf(randomBytes(codeLetters));
}

std::string slowHash(std::string_view code, std::string_view salt)
{
    std::string hash(hashBytes, '\0');
    if (EVP_PBE_scrypt(code.data(), code.size(), reinterpret_cast<const unsigned char*>(salt.data()), salt.size(),
            scryptCost, scryptBlock, 1, scryptMemoryMax, reinterpret_cast<unsigned char*>(hash.data()), hash.size())
        != 1)
        throw std::runtime_error("the code cannot be hashed");
    return hash;
}

bool sameSecret(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

} // namespace drover::keyfile
