// SPDX-License-Identifier: MIT
#include "app/apps/app_keys.h"
#include "app/apps/app_rules.h"
#include "app/command/apps_command.h"
#include "app/command/config_command.h"
#include "app/command/pool_keys.h"
#include "app/command/print.h"
#include "app/command/view/table_text.h"
#include "app/command/view/text_width.h"
#include "app/settings/settings_edit.h"

#include <QDate>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iostream>

namespace drover::app {

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
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

/// One key of any kind, as it is listed.
struct Listed {
    KeyKind kind = KeyKind::App;
    std::string name = {};
    std::string prefix = {};
    std::string created = {}; ///< a day
    std::int64_t lastUsed = 0; ///< milliseconds since 1970, as the next
    std::int64_t expiresAt = 0;
    std::string state = "good";
    std::string allowance = {};
    std::string note = {};
};

std::vector<Listed> listPoolKeys(const std::vector<drover::KeyRecord>& keys, bool withThoseThatAreOver)
{
    std::vector<Listed> rows;
    for (const drover::KeyRecord& key : keys) {
        const KeyState state = stateOf(key, keys);
        if (!withThoseThatAreOver && (state == KeyState::Revoked || state == KeyState::Expired))
            continue;
        rows.push_back({.kind = key.role == drover::KeyRole::Worker ? KeyKind::Worker : KeyKind::Pool,
            .name = key.name,
            .prefix = key.prefix,
            .created = timeText(key.createdAt).substr(0, std::string_view("2026-11-21").size()),
            .lastUsed = key.lastUsedAt,
            .expiresAt = key.expiresAt,
            .state = std::string(name(state)),
            .allowance = allowanceText(key.allowance),
            .note = key.note});
    }
    return rows;
}

QJsonObject jsonOf(const Listed& row)
{
    return {{QStringLiteral("kind"), text(name(row.kind))}, {QStringLiteral("name"), text(row.name)},
        {QStringLiteral("prefix"), text(row.prefix)}, {QStringLiteral("created"), text(row.created)},
        {QStringLiteral("last_used_ms"), qint64(row.lastUsed)}, {QStringLiteral("expires_ms"), qint64(row.expiresAt)},
        {QStringLiteral("state"), text(row.state)}, {QStringLiteral("allowance"), text(row.allowance)},
        {QStringLiteral("note"), text(row.note)}};
}

ExitCode show(const Invocation& invocation, const std::vector<Listed>& keys)
{
    if (invocation.json) {
        QJsonArray rows;
        for (const Listed& key : keys)
            rows.append(jsonOf(key));
        print(QJsonDocument(rows).toJson().toStdString());
        return ExitCode::Ok;
    }
    if (invocation.names) {
        for (const Listed& key : keys)
            print(printable(key.name) + "\n");
        return ExitCode::Ok;
    }
    if (keys.empty()) {
        print("There are no keys. Make one: drover keys add NAME\n");
        return ExitCode::Ok;
    }
    std::vector<std::vector<std::string>> rows;
    for (const Listed& key : keys)
        rows.push_back({std::string(name(key.kind)), key.name, key.prefix.empty() ? "-" : key.prefix + "...",
            key.created.empty() ? "-" : key.created, timeText(key.lastUsed), timeText(key.expiresAt), key.state,
            key.allowance.empty() ? "-" : key.allowance});
    print(tableText({{"KIND"}, {"NAME"}, {"KEY"}, {"MADE"}, {"LAST USED"}, {"EXPIRES"}, {"STATE"}, {"MAY"}}, rows));
    return ExitCode::Ok;
}

ExitCode add(const Invocation& invocation, const SettingsSource& source)
{
    KeyWords others = invocation.keys;
    others.weight.clear();
    if (others.allowsAnything() || !others.expires.empty() || !others.note.empty()) {
        complain(
            "a key of an app has only a --weight; --pool makes one of the hosted pool, and drover apps set makes a "
            "rule for an app");
        return ExitCode::Usage;
    }
    BlockFields fields;
    if (!invocation.keys.weight.empty()) {
        const auto parsed = parseRuleWords({"weight=" + invocation.keys.weight});
        if (!parsed) {
            complain(printable(parsed.error().detail));
            return ExitCode::Usage;
        }
        fields = *parsed;
    }
    const std::string key = makeKey();
    const std::string& wanted = invocation.words.front();
    const auto config = describeKey(key, wanted, QDate::currentDate().toString(Qt::ISODate).toStdString());
    const auto trouble = editSettings(source, [&](const std::string& file) {
        auto changed = addKey(file, config);
        return changed && !fields.empty() ? setRule(*changed, wanted, fields) : changed;
    });
    if (trouble)
        return endWith(*trouble);
    if (invocation.json) {
        printJson({{QStringLiteral("name"), text(wanted)}, {QStringLiteral("kind"), QStringLiteral("app")},
            {QStringLiteral("key"), text(key)}, {QStringLiteral("prefix"), text(config.prefix)},
            {QStringLiteral("created"), text(config.created)}});
    } else {
        print(key + "\n");
        complain("this key is shown only now; whoever sends it counts as " + printable(wanted));
    }
    return ExitCode::Ok;
}

bool isSure(const std::string& wanted)
{
    printError("Revoke the key of " + printable(wanted) + "? What uses it must then find another way. [y/N] ");
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

/// `drover keys rename|revoke` of a key of an app.
ExitCode changeAppKey(const Invocation& invocation, const SettingsSource& source)
{
    const std::string& wanted = invocation.words.front();
    const bool renames = invocation.command == "keys rename";
    const auto trouble = editSettings(source, [&](const std::string& file) {
        return renames ? renameKey(file, wanted, invocation.words[1]) : revokeKey(file, wanted);
    });
    if (trouble)
        return endWith(*trouble);
    if (invocation.json)
        printJson({{QStringLiteral("name"), text(wanted)}, {QStringLiteral("done"), QStringLiteral("revoked")}});
    else
        complain(renames ? "the key of " + printable(wanted) + " now stands for " + printable(invocation.words[1])
                         : "the key of " + printable(wanted) + " is revoked and counts no more");
    return ExitCode::Ok;
}

/// All kinds of which there is a key with this name.
std::vector<KeyKind> kindsOf(
    const std::string& wanted, const SettingsSource& source, const std::vector<drover::KeyRecord>& ofPool)
{
    std::vector<KeyKind> kinds;
    const auto config = source.read().resolved.settings.config;
    if (std::ranges::find(config.keys, wanted, &drover::KeyConfig::name) != config.keys.end())
        kinds.push_back(KeyKind::App);
    for (const KeyKind kind : {KeyKind::Pool, KeyKind::Worker})
        if (std::ranges::any_of(ofPool, [&](const drover::KeyRecord& key) {
                return key.role == roleOf(kind) && key.name == wanted && key.revokedAt == 0;
            }))
            kinds.push_back(kind);
    return kinds;
}

/// `drover keys set|rotate|revoke`: the kind is what was said, or the only one that has the name.
ExitCode changeNamed(Invocation invocation, const SettingsSource& source, drover::KeyFile* file)
{
    const std::string wanted = invocation.words.front();
    std::vector<drover::KeyRecord> ofPool;
    if (file != nullptr) {
        auto read = file->keys();
        if (!read)
            return endWith(read.error());
        ofPool = std::move(*read);
    }
    const std::vector<KeyKind> kinds = kindsOf(wanted, source, ofPool);
    if (!invocation.keys.kind && kinds.size() > 1) {
        complain("there are several keys called " + printable(wanted) + "; say which with --app, --pool or --worker");
        return ExitCode::Usage;
    }
    if (!invocation.keys.kind)
        invocation.keys.kind = kinds.empty() ? KeyKind::App : kinds.front();
    const bool there = std::ranges::find(kinds, *invocation.keys.kind) != kinds.end();
    const bool revokes = invocation.command == "keys revoke";
    if (revokes && there && !invocation.yes && !isSure(wanted)) {
        complain("nothing was changed; --yes asks no question");
        return ExitCode::Failed;
    }
    if (invocation.keys.kind == KeyKind::App) {
        if (revokes)
            return changeAppKey(invocation, source);
        complain(there ? printable(wanted) + " is a key of an app: revoke it and add another, and see drover apps set"
                       : "there is no key for " + printable(wanted));
        return there ? ExitCode::Usage : ExitCode::Refused;
    }
    if (file == nullptr)
        return endWith(drover::fail(drover::Errc::NotFound, "there is no key of the pool for " + wanted));
    if (revokes)
        return revokePoolKey(invocation, *file);
    return invocation.command == "keys rotate" ? rotatePoolKey(invocation, *file) : setPoolKey(invocation, *file);
}

ExitCode list(const Invocation& invocation, const Target& target, const SettingsSource& source, drover::KeyFile* file)
{
    const auto wants = [&invocation](KeyKind kind) { return !invocation.keys.kind || invocation.keys.kind == kind; };
    std::vector<Listed> rows;
    if (wants(KeyKind::App))
        for (const drover::KeyView& key : findKeys(target, source))
            rows.push_back({.name = key.name, .prefix = key.prefix, .created = key.created, .lastUsed = key.lastUsed});
    if (file != nullptr) {
        const auto ofPool = file->keys();
        if (!ofPool)
            return endWith(ofPool.error());
        for (Listed& row : listPoolKeys(*ofPool, invocation.all))
            if (wants(row.kind))
                rows.push_back(std::move(row));
    }
    return show(invocation, rows);
}

} // namespace

ExitCode keys(const Invocation& invocation, const Target& target, const SettingsSource& source, const Places& places)
{
    const std::string& command = invocation.command;
    const bool ofPool = invocation.keys.kind && invocation.keys.kind != KeyKind::App;
    if (command == "keys add" && !ofPool)
        return add(invocation, source);
    if (command == "keys rename")
        return changeAppKey(invocation, source);
    auto file = openPoolKeys(source, places, command == "keys add" ? WhenMissing::Make : WhenMissing::Leave);
    if (!file && (ofPool || command == "keys audit" || file.error().code != drover::Errc::BadConfig))
        return endWith(file.error());
    drover::KeyFile* const open = file ? file->get() : nullptr;
    if (command == "keys add")
        return addPoolKey(invocation, *open);
    if (command == "keys audit")
        return auditPoolKeys(invocation, open);
    if (command == "keys" || command == "keys list")
        return list(invocation, target, source, open);
    return changeNamed(invocation, source, open);
}

} // namespace drover::app
