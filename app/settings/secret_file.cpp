// SPDX-License-Identifier: MIT
#include "app/settings/secret_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QOperatingSystemVersion>
#include <QSaveFile>

#include <algorithm>

namespace drover::app {

namespace {

constexpr QLatin1String keyringKey{"in_keyring"};
constexpr QLatin1String staysKey{"stays"};
constexpr QLatin1String valueKey{"value"};
constexpr int lockTimeMs = 500; ///< another program holds it for as long as it writes a few bytes
constexpr qint64 fileBytesMax = 4 << 20;
constexpr auto ownersOnly = QFile::ReadOwner | QFile::WriteOwner;

/// Windows' access lists are not what Qt shows as permissions.
bool permissionsTell()
{
    return QOperatingSystemVersion::currentType() != QOperatingSystemVersion::Windows;
}

bool isPrivate(QFile::Permissions permissions)
{
    return !(permissions
        & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther
            | QFile::ExeOther));
}

bool isNameLetter(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
}

SecretEntries entriesOf(const QJsonObject& json)
{
    SecretEntries entries;
    for (auto each = json.begin(); each != json.end() && entries.size() < secretsMax; ++each) {
        const std::string name = each.key().toStdString();
        const QJsonObject entry = each.value().toObject();
        SecretEntry read{.inKeyring = entry[keyringKey].toBool(),
            .stays = entry[staysKey].toBool(),
            .value = entry[valueKey].toString().toStdString()};
        if (isSecretName(name) && (read.inKeyring || isSecretValue(read.value)))
            entries.emplace(name, std::move(read));
    }
    return entries;
}

} // namespace

bool isSecretName(std::string_view name)
{
    return !name.empty() && name.size() <= secretNameBytesMax && isNameLetter(name.front())
        && std::ranges::all_of(
            name, [](char letter) { return isNameLetter(letter) || letter == '_' || letter == '-' || letter == '.'; });
}

bool isSecretValue(std::string_view value)
{
    return !value.empty() && value.size() <= secretBytesMax
        && std::ranges::all_of(value, [](char letter) { return letter >= ' ' && letter <= '~'; });
}

SecretFile::SecretFile(std::string path)
    : m_path(std::move(path))
{
}

Result<SecretEntries> SecretFile::read()
{
    QFile file(QString::fromStdString(m_path));
    if (!file.exists())
        return SecretEntries{};
    if (QFileInfo(file).isSymLink())
        return fail(Errc::Io, m_path + ": is a link, not a file");
    if (permissionsTell() && !isPrivate(file.permissions())) {
        m_wasExposed = true;
        if (!file.setPermissions(ownersOnly))
            return fail(Errc::Io, m_path + ": others may read it, and that cannot be changed");
    }
    if (!file.open(QIODevice::ReadOnly) || file.size() > fileBytesMax)
        return fail(Errc::Io, m_path + ": the file cannot be read");
    const auto json = QJsonDocument::fromJson(file.readAll());
    if (!json.isObject())
        return fail(Errc::BadConfig, m_path + ": the file is not understood; move it away and set the secrets again");
    return entriesOf(json.object());
}

template <class Change> Result<> SecretFile::change(Change change)
{
    const QString folder = QFileInfo(QString::fromStdString(m_path)).absolutePath();
    const bool isNew = !QDir(folder).exists();
    if (!QDir().mkpath(folder))
        return fail(Errc::Io, folder.toStdString() + ": the folder cannot be made");
    if (isNew)
        QFile::setPermissions(folder, ownersOnly | QFile::ExeOwner);
    QLockFile lock(QString::fromStdString(m_path + ".lock"));
    if (!lock.tryLock(lockTimeMs))
        return fail(Errc::Io, m_path + ": another program is writing it");
    auto entries = read();
    if (!entries)
        return entries.error();
    change(*entries);
    return write(*entries);
}

Result<> SecretFile::put(const std::string& name, const SecretEntry& entry)
{
    return change([&](SecretEntries& entries) { entries[name] = entry; });
}

Result<> SecretFile::remove(const std::string& name)
{
    return change([&](SecretEntries& entries) { entries.erase(name); });
}

Result<> SecretFile::write(const SecretEntries& entries) const
{
    QJsonObject json;
    for (const auto& [name, entry] : entries) {
        QJsonObject written;
        if (entry.inKeyring)
            written[keyringKey] = true;
        else
            written[valueKey] = QString::fromStdString(entry.value);
        if (entry.stays)
            written[staysKey] = true;
        json[QString::fromStdString(name)] = written;
    }
    QSaveFile file(QString::fromStdString(m_path));
    const bool open = file.open(QIODevice::WriteOnly);
    // Before there is anything in it.
    if (!open || (permissionsTell() && !file.setPermissions(ownersOnly)))
        return fail(Errc::Io, m_path + ": the file cannot be written: " + file.errorString().toStdString());
    const QByteArray text = QJsonDocument(json).toJson();
    if (file.write(text) != text.size() || !file.commit())
        return fail(Errc::Io, m_path + ": the file cannot be written: " + file.errorString().toStdString());
    return {};
}

} // namespace drover::app
