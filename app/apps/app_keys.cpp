// SPDX-License-Identifier: MIT
#include "app/apps/app_keys.h"

#include "app/settings/layer.h"
#include "app/settings/settings_blocks.h"
#include "app/settings/value_text.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>

namespace drover::app {

namespace {

constexpr std::string_view mark = "drv_";
constexpr std::size_t keyBytes = 32;
constexpr std::size_t prefixLength = 8; ///< the mark and four digits: enough to tell keys apart, no help in guessing
constexpr std::size_t nameBytesMax = 64;

drover::Error bad(std::string sentence)
{
    return drover::fail(drover::Errc::BadConfig, std::move(sentence));
}

drover::Result<> checkName(const std::vector<drover::KeyConfig>& keys, const std::string& name)
{
    if (name.empty() || name.size() > nameBytesMax)
        return bad("a key needs a name of 1 to 64 bytes: the app that it is for");
    if (std::ranges::find(keys, name, &drover::KeyConfig::name) != keys.end())
        return bad("there is a key for " + tomlQuoted(name) + " already; revoke it first, or choose another name");
    return {};
}

std::string noKey(const std::string& name, const std::vector<drover::KeyConfig>& keys)
{
    std::string all;
    for (const drover::KeyConfig& key : keys)
        all += (all.empty() ? "; there are: " : ", ") + key.name;
    return "there is no key for " + tomlQuoted(name) + all;
}

} // namespace

std::string base62(std::span<const std::uint8_t> bytes)
{
    static constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    // As many digits as the largest number of that many bytes has, so that keys are of one length.
    const std::size_t length = (bytes.size() * 8 * 1000 + 5953) / 5954; // log2(62) = 5.954
    std::vector<std::uint8_t> number(bytes.begin(), bytes.end());
    std::string text(length, '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit) {
        unsigned rest = 0;
        for (std::uint8_t& byte : number) {
            const unsigned all = rest * 256 + byte;
            byte = static_cast<std::uint8_t>(all / 62);
            rest = all % 62;
        }
        *digit = digits[rest];
    }
    return text;
}

std::string makeKey()
{
    std::array<quint32, keyBytes / sizeof(quint32)> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    std::array<std::uint8_t, keyBytes> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(random[i / 4] >> (i % 4 * 8));
    return std::string(mark) + base62(bytes);
}

drover::KeyConfig describeKey(const std::string& key, const std::string& name, const std::string& day)
{
    const auto hash = QCryptographicHash::hash(
        QByteArray::fromRawData(key.data(), static_cast<qsizetype>(key.size())), QCryptographicHash::Sha256);
    return {
        .name = name, .sha256Hex = hash.toHex().toStdString(), .prefix = key.substr(0, prefixLength), .created = day};
}

drover::Result<std::vector<drover::KeyConfig>> keysIn(const std::string& text)
{
    const Layer layer = readSettingsFile(text, "");
    if (!layer.problems.empty())
        return bad(layer.problems.front().text());
    for (const Assignment& each : layer.assignments)
        if (each.setting->key == "key")
            return std::get<std::vector<drover::KeyConfig>>(each.value);
    return std::vector<drover::KeyConfig>{};
}

drover::Result<std::string> addKey(const std::string& text, const drover::KeyConfig& key)
{
    const auto keys = keysIn(text);
    if (!keys)
        return keys.error();
    if (auto named = checkName(*keys, key.name); !named)
        return named.error();
    return addBlock(
        text, "key", {{"name", key.name}, {"sha256", key.sha256Hex}, {"prefix", key.prefix}, {"created", key.created}});
}

drover::Result<std::string> revokeKey(const std::string& text, const std::string& name)
{
    const auto keys = keysIn(text);
    if (!keys)
        return keys.error();
    drover::Result<std::string> left = text;
    bool found = false;
    for (std::size_t i = keys->size(); left && i-- > 0;) {
        if ((*keys)[i].name != name)
            continue;
        left = removeBlock(*left, "key", i);
        found = true;
    }
    if (!found)
        return bad(noKey(name, *keys));
    return left;
}

drover::Result<std::string> renameKey(const std::string& text, const std::string& from, const std::string& to)
{
    const auto keys = keysIn(text);
    if (!keys)
        return keys.error();
    const auto found = std::ranges::find(*keys, from, &drover::KeyConfig::name);
    if (found == keys->end())
        return bad(noKey(from, *keys));
    if (auto named = checkName(*keys, to); !named)
        return named.error();
    return changeBlock(text, "key", static_cast<std::size_t>(found - keys->begin()), {{"name", to}});
}

} // namespace drover::app
