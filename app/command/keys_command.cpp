// SPDX-License-Identifier: MIT
#include "app/apps/app_keys.h"
#include "app/apps/app_rules.h"
#include "app/command/apps_command.h"
#include "app/command/config_command.h"
#include "app/command/print.h"
#include "app/command/view/table_text.h"
#include "app/command/view/text_width.h"
#include "app/settings/settings_edit.h"

#include <QDate>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iostream>

namespace drover::app {

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

void printJson(const QJsonObject& object)
{
    print(QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + "\n");
}

/// The keys of the settings, with what a running Drover knows of their use.
std::vector<drover::KeyView> findKeys(const Target& target, const SettingsSource& source)
{
    std::vector<drover::KeyView> keys;
    for (const drover::KeyConfig& key : source.read().resolved.settings.config.keys)
        keys.push_back({key.name, key.prefix, key.created, 0});
    const auto called = target.client().snapshot();
    if (const auto* snapshot = std::get_if<drover::Snapshot>(&called))
        for (drover::KeyView& key : keys) {
            const auto used = std::ranges::find(snapshot->keys, key.name, &drover::KeyView::name);
            key.lastUsed = used == snapshot->keys.end() ? 0 : used->lastUsed;
        }
    return keys;
}

std::string timeText(std::int64_t since1970)
{
    return since1970 == 0
        ? "-"
        : QDateTime::fromMSecsSinceEpoch(since1970).toString(QStringLiteral("yyyy-MM-dd HH:mm")).toStdString();
}

ExitCode list(const Invocation& invocation, const std::vector<drover::KeyView>& keys)
{
    if (invocation.json) {
        QJsonArray rows;
        for (const drover::KeyView& key : keys)
            rows.append(QJsonObject{{QStringLiteral("name"), text(key.name)},
                {QStringLiteral("prefix"), text(key.prefix)}, {QStringLiteral("created"), text(key.created)},
                {QStringLiteral("last_used_ms"), qint64(key.lastUsed)}});
        print(QJsonDocument(rows).toJson().toStdString());
        return ExitCode::Ok;
    }
    if (keys.empty()) {
        print("There are no keys. Make one: drover keys add NAME\n");
        return ExitCode::Ok;
    }
    std::vector<std::vector<std::string>> rows;
    for (const drover::KeyView& key : keys)
        rows.push_back({key.name, key.prefix.empty() ? "-" : key.prefix + "...",
            key.created.empty() ? "-" : key.created, timeText(key.lastUsed)});
    print(tableText({{"APP"}, {"KEY"}, {"MADE"}, {"LAST USED"}}, rows));
    return ExitCode::Ok;
}

ExitCode add(const Invocation& invocation, const SettingsSource& source)
{
    BlockFields fields;
    if (!invocation.weight.empty()) {
        const auto parsed = parseRuleWords({"weight=" + invocation.weight});
        if (!parsed) {
            complain(printable(parsed.error().detail));
            return ExitCode::Usage;
        }
        fields = *parsed;
    }
    const std::string key = makeKey();
    const std::string& name = invocation.words.front();
    const auto config = describeKey(key, name, QDate::currentDate().toString(Qt::ISODate).toStdString());
    const auto trouble = editSettings(source, [&](const std::string& file) {
        auto changed = addKey(file, config);
        return changed && !fields.empty() ? setRule(*changed, name, fields) : changed;
    });
    if (trouble)
        return endWith(*trouble);
    if (invocation.json) {
        printJson({{QStringLiteral("name"), text(name)}, {QStringLiteral("key"), text(key)},
            {QStringLiteral("prefix"), text(config.prefix)}, {QStringLiteral("created"), text(config.created)}});
    } else {
        print(key + "\n");
        complain("this key is shown only now; whoever sends it counts as " + printable(name));
    }
    return ExitCode::Ok;
}

bool isSure(const std::string& name)
{
    printError("Revoke the key of " + printable(name) + "? What uses it must then find another way. [y/N] ");
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

} // namespace

ExitCode keys(const Invocation& invocation, const Target& target, const SettingsSource& source)
{
    if (invocation.command == "keys" || invocation.command == "keys list")
        return list(invocation, findKeys(target, source));
    if (invocation.command == "keys add")
        return add(invocation, source);
    const std::string& name = invocation.words.front();
    std::optional<EditTrouble> trouble;
    if (invocation.command == "keys rename") {
        trouble =
            editSettings(source, [&](const std::string& file) { return renameKey(file, name, invocation.words[1]); });
    } else {
        const std::vector<drover::KeyView> known = findKeys(target, source);
        const bool there = std::ranges::find(known, name, &drover::KeyView::name) != known.end();
        if (there && !invocation.yes && !isSure(name)) {
            complain("nothing was changed; --yes asks no question");
            return ExitCode::Failed;
        }
        trouble = editSettings(source, [&](const std::string& file) { return revokeKey(file, name); });
    }
    if (trouble)
        return endWith(*trouble);
    complain(invocation.command == "keys rename"
            ? "the key of " + printable(name) + " now stands for " + printable(invocation.words[1])
            : "the key of " + printable(name) + " is revoked and counts no more");
    return ExitCode::Ok;
}

} // namespace drover::app
