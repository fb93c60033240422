// SPDX-License-Identifier: MIT
#include "app/doctor/spellings.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <set>

namespace drover::app {

namespace {

std::string upper(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return text;
}

/// As a JSON text has it between its quotes.
std::string inJson(const std::string& text)
{
    const auto json = QJsonDocument(QJsonArray{QString::fromStdString(text)}).toJson(QJsonDocument::Compact);
    return json.mid(2, json.size() - 4).toStdString();
}

/// With "\/" for each slash, as some writers do.
std::string withSlashesEscaped(const std::string& text)
{
    std::string escaped;
    for (const char letter : text)
        escaped += letter == '/' ? std::string("\\/") : std::string(1, letter);
    return escaped;
}

/// The part of the base64 of `before` + text + anything that is the same whatever stands around it.
std::string base64Core(const std::string& text, int before, QByteArray::Base64Options options)
{
    const auto bytes = QByteArray(before, 'x') + QByteArray::fromStdString(text);
    const auto whole = bytes.toBase64(options | QByteArray::OmitTrailingEquals);
    const int skipped = before == 0 ? 0 : before + 1; // letters that have bits of what stands before
    const auto sure = bytes.size() * 8 / 6; // the next letter has bits of what follows
    return whole.mid(skipped, sure - skipped).toStdString();
}

} // namespace

std::vector<std::string> spellingsOf(const std::string& text)
{
    std::set<std::string> all{text, inJson(text), withSlashesEscaped(inJson(text))};
    const auto bytes = QByteArray::fromStdString(text);
    const auto percent = bytes.toPercentEncoding().toStdString();
    std::string percentLower = percent;
    for (std::size_t at = percentLower.find('%'); at != percentLower.npos; at = percentLower.find('%', at + 1))
        for (std::size_t digit = at + 1; digit < std::min(at + 3, percentLower.size()); ++digit)
            percentLower[digit] = static_cast<char>(std::tolower(static_cast<unsigned char>(percentLower[digit])));
    all.insert(percent);
    all.insert(percentLower);
    const auto hex = bytes.toHex().toStdString();
    all.insert(hex);
    all.insert(upper(hex));
    constexpr std::size_t base64Min = 6; // shorter ones would be found in innocent texts
    for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding})
        for (int before = 0; before < 3; ++before)
            if (auto core = base64Core(text, before, alphabet); core.size() >= base64Min)
                all.insert(std::move(core));
    return {all.begin(), all.end()};
}

std::vector<std::string> pathSpellings(const std::string& path)
{
    std::string forward = path;
    std::ranges::replace(forward, '\\', '/');
    std::string backward = path;
    std::ranges::replace(backward, '/', '\\');
    std::set<std::string> all{path, forward, backward, inJson(backward), withSlashesEscaped(forward)};
    all.insert(QByteArray::fromStdString(forward).toPercentEncoding("/").toStdString());
    all.insert(QByteArray::fromStdString(forward).toPercentEncoding().toStdString());
    return {all.begin(), all.end()};
}

} // namespace drover::app
