// SPDX-License-Identifier: MIT
#include "app/settings/settings_edit.h"

#include "app/settings/settings_text.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace drover::app {

namespace {

bool writeFile(const QString& path, const std::string& content)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly)
        && file.write(content.data(), static_cast<qint64>(content.size())) == static_cast<qint64>(content.size())
        && file.commit();
}

} // namespace

std::optional<EditTrouble> editSettings(const SettingsSource& source, const TextEdit& edit)
{
    using Cause = EditTrouble::Cause;
    const QString path = QString::fromStdString(source.file());
    const bool exists = QFileInfo::exists(path);
    const auto before = readTextFile(source.file());
    if (exists && !before)
        return EditTrouble{Cause::Unreadable, source.file() + ": the file cannot be read"};
    const auto changed = edit(before ? *before : defaultFileText());
    if (!changed) {
        const bool broken = exists && !readSettingsFile(*before, {}).problems.empty();
        return EditTrouble{broken ? Cause::FileIsBroken : Cause::BadValue,
            (exists ? source.file() + ": " : std::string()) + changed.error().detail};
    }
    if (before && *changed == *before)
        return {};
    const Resolved after = resolve({readSettingsFile(*changed, source.file())}, {}, {});
    if (!after.problems.empty())
        return EditTrouble{Cause::BadTogether, after.problems.front().text()};
    if (!writeFile(path, *changed))
        return EditTrouble{Cause::Unwritable, source.file() + ": the file cannot be written"};
    return {};
}

std::optional<EditTrouble> changeSetting(const SettingsSource& source, std::string_view key, std::string_view value)
{
    return editSettings(source, [&](const std::string& text) { return setInFile(text, key, value); });
}

std::optional<EditTrouble> resetSetting(const SettingsSource& source, std::string_view key)
{
    return editSettings(source, [&](const std::string& text) { return resetInFile(text, key); });
}

} // namespace drover::app
