// SPDX-License-Identifier: MIT
#include "app/command/config_command.h"

#include "app/command/print.h"
#include "app/command/view/text_width.h"
#include "app/settings/settings_edit.h"
#include "app/settings/settings_table.h"
#include "app/settings/settings_text.h"
#include "app/settings/value_text.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>

namespace drover::app {

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QJsonObject jsonOf(const Setting& setting, const Resolved& resolved)
{
    return {{QStringLiteral("key"), text(setting.key)},
        {QStringLiteral("value"), text(valueText(setting.rule, setting.get(resolved.settings)))},
        {QStringLiteral("default"), text(valueText(setting.rule, setting.get(Settings{})))},
        {QStringLiteral("origin"), text(resolved.origin(setting.key))},
        {QStringLiteral("environment"), setting.isScalar() ? text(environmentName(setting)) : QString()},
        {QStringLiteral("needs_restart"), setting.effect == Effect::AfterRestart},
        {QStringLiteral("sentence"), text(setting.sentence)}};
}

ExitCode list(const Invocation& invocation, const Resolved& resolved)
{
    if (invocation.json) {
        QJsonArray rows;
        for (const Setting& setting : settingsTable())
            rows.append(jsonOf(setting, resolved));
        print(QJsonDocument(rows).toJson().toStdString());
        return ExitCode::Ok;
    }
    constexpr int keyWidth = 36;
    constexpr int valueMax = 40;
    for (const Setting& setting : settingsTable()) {
        const std::string value = valueText(setting.rule, setting.get(resolved.settings));
        const int width = std::clamp(displayWidth(value), 24, valueMax);
        print(fitted(setting.key, keyWidth) + fitted(value, width) + "  " + printable(resolved.origin(setting.key))
            + "\n");
    }
    return ExitCode::Ok;
}

ExitCode unknownKey(const std::string& key)
{
    const std::string nearest = nearestKey(key);
    complain("there is no setting " + tomlQuoted(printable(key))
        + (nearest.empty() ? "; drover config list shows all" : "; did you mean " + nearest + "?"));
    return ExitCode::Usage;
}

ExitCode get(const Invocation& invocation, const Resolved& resolved)
{
    if (invocation.words.empty()) {
        complain("config get needs a key, or --all");
        return ExitCode::Usage;
    }
    const std::string& key = invocation.words.front();
    const Setting* setting = findSetting(key);
    if (!setting)
        return unknownKey(key);
    if (invocation.json)
        print(QJsonDocument(jsonOf(*setting, resolved)).toJson(QJsonDocument::Compact).toStdString() + "\n");
    else
        print(valueText(setting->rule, setting->get(resolved.settings)) + "\n");
    return ExitCode::Ok;
}

/// `config set` and `config reset`.
ExitCode change(const Invocation& invocation, const SettingsSource& source)
{
    const std::string& key = invocation.words[0];
    if (!findSetting(key))
        return unknownKey(key);
    const bool resets = invocation.command == "config reset";
    const auto trouble = resets ? resetSetting(source, key) : changeSetting(source, key, invocation.words[1]);
    if (trouble)
        return endWith(*trouble);
    const Setting* setting = findSetting(key);
    const std::string stronger = setting ? source.read().resolved.origin(key) : std::string();
    if (stronger.starts_with("environment"))
        complain("the " + stronger + " is stronger than the file while it is set");
    if (setting && setting->effect == Effect::AfterRestart)
        complain(key + " counts after a restart of Drover");
    return ExitCode::Ok;
}

ExitCode validate(const SettingsSource& source)
{
    const SettingsSource::Reading reading = source.read();
    for (const Problem& problem : reading.resolved.problems)
        printError(printable(problem.text()) + "\n");
    for (const Problem& warning : reading.resolved.warnings)
        printError("note: " + printable(warning.text()) + "\n");
    if (reading.file == SettingsSource::File::Unreadable)
        return ExitCode::Unreadable;
    if (!reading.resolved.problems.empty())
        return ExitCode::BadConfig;
    print(source.file()
        + (reading.file == SettingsSource::File::Missing ? ": not there, the defaults count\n" : ": all is well\n"));
    return ExitCode::Ok;
}

/// The program and arguments that edit a text here; empty when there is none.
QStringList editorCommand(const Environment& environment)
{
    for (const char* name : {"VISUAL", "EDITOR"}) {
        const auto found = environment.find(name);
        if (found != environment.end() && !found->second.empty())
            return QProcess::splitCommand(QString::fromStdString(found->second));
    }
    for (const char* usual : {"sensible-editor", "nano", "vi", "notepad"}) {
        const QString program = QStandardPaths::findExecutable(QLatin1String(usual));
        if (!program.isEmpty())
            return {program};
    }
    return {};
}

/// `config edit`. A file that is not there is begun with every default explained.
ExitCode edit(const SettingsSource& source, const Environment& environment)
{
    QStringList command = editorCommand(environment);
    if (command.isEmpty()) {
        complain("there is no editor: name one in the variable EDITOR; the file is " + source.file());
        return ExitCode::Failed;
    }
    if (!QFileInfo::exists(QString::fromStdString(source.file()))) {
        const auto asItIs = [](const std::string& text) -> Result<std::string> { return text; };
        if (const auto trouble = editSettings(source, asItIs))
            return endWith(*trouble);
    }
    QProcess editor;
    editor.setProcessChannelMode(QProcess::ForwardedChannels);
    editor.setInputChannelMode(QProcess::ForwardedInputChannel);
    const QString program = command.takeFirst();
    editor.start(program, command << QString::fromStdString(source.file()));
    const bool ended = editor.waitForFinished(-1);
    if (!ended || editor.exitStatus() != QProcess::NormalExit || editor.exitCode() != 0) {
        complain(printable(program.toStdString()) + (ended ? " ended with an error" : ": it cannot be started"));
        return ExitCode::Failed;
    }
    const ExitCode code = validate(source);
    if (code != ExitCode::Ok)
        complain("a running Drover keeps the settings it has until this is mended: drover config edit");
    return code;
}

} // namespace

ExitCode endWith(const EditTrouble& trouble)
{
    const bool together = trouble.cause == EditTrouble::Cause::BadTogether;
    complain((together ? "nothing was changed. " : "") + printable(trouble.sentence));
    switch (trouble.cause) {
    case EditTrouble::Cause::Unreadable:
        return ExitCode::Unreadable;
    case EditTrouble::Cause::FileIsBroken:
    case EditTrouble::Cause::BadTogether:
        return ExitCode::BadConfig;
    case EditTrouble::Cause::BadValue:
        return ExitCode::Usage;
    case EditTrouble::Cause::Unwritable:
        return ExitCode::CannotWrite;
    }
    return ExitCode::Failed;
}

ExitCode config(const Invocation& invocation, const Environment& environment, const Places& places)
{
    const bool checksFile = invocation.command == "config validate" && !invocation.words.empty();
    const SettingsSource source(
        places, environment, {}, checksFile ? invocation.words.front() : invocation.settingsFile);
    if (invocation.command == "config path") {
        print(source.file() + "\n");
        return ExitCode::Ok;
    }
    if (invocation.command == "config default") {
        print(defaultFileText());
        return ExitCode::Ok;
    }
    if (invocation.command == "config set" || invocation.command == "config reset")
        return change(invocation, source);
    if (invocation.command == "config validate")
        return validate(source);
    if (invocation.command == "config edit")
        return edit(source, environment);
    const SettingsSource::Reading reading = source.read();
    for (const Problem& problem : reading.resolved.problems)
        complain(printable(problem.text()));
    const bool all = invocation.command == "config list" || invocation.all;
    const ExitCode code = all ? list(invocation, reading.resolved) : get(invocation, reading.resolved);
    return code == ExitCode::Ok && !reading.resolved.problems.empty() ? ExitCode::BadConfig : code;
}

} // namespace drover::app
