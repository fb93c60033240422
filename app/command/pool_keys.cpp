// SPDX-License-Identifier: MIT
#include "app/command/pool_keys.h"

#include "app/command/print.h"
#include "app/command/view/table_text.h"
#include "app/command/view/text_width.h"

#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds lifetimeMost = 24h * 3650;
constexpr std::chrono::seconds graceMost = 24h * 31;

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Prints a new key, the only time that anybody sees it.
ExitCode show(const Invocation& invocation, const drover::NewKey& made, const std::string& sentence)
{
    const drover::KeyRecord& record = made.record;
    if (invocation.json) {
        const QJsonObject row{{QStringLiteral("name"), text(record.name)},
            {QStringLiteral("kind"), text(record.role == drover::KeyRole::Worker ? "worker" : "pool")},
            {QStringLiteral("key"), text(made.key)}, {QStringLiteral("prefix"), text(record.prefix)},
            {QStringLiteral("expires_ms"), qint64(record.expiresAt)}};
        print(QJsonDocument(row).toJson(QJsonDocument::Compact).toStdString() + "\n");
    } else {
        print(made.key + "\n");
        complain(sentence);
    }
    return ExitCode::Ok;
}

ExitCode told(const Invocation& invocation, const std::string& did, const std::string& sentence)
{
    if (invocation.json) {
        const QJsonObject row{
            {QStringLiteral("name"), text(invocation.words.front())}, {QStringLiteral("done"), text(did)}};
        print(QJsonDocument(row).toJson(QJsonDocument::Compact).toStdString() + "\n");
    } else {
        complain(sentence);
    }
    return ExitCode::Ok;
}

} // namespace

drover::Result<std::unique_ptr<drover::KeyFile>> openPoolKeys(
    const SettingsSource& source, const Places& places, WhenMissing missing)
{
    const std::string path = keysFileOf(source.read().resolved.settings, places);
    if (path.empty())
        return drover::fail(drover::Errc::BadConfig, "host.keys_file is off, so there are no keys of the pool");
    const QString file = text(path);
    if (missing == WhenMissing::Leave && !QFileInfo::exists(file) && !QFileInfo::exists(file + QLatin1String("-wal")))
        return std::unique_ptr<drover::KeyFile>();
    return drover::openKeyFile(path);
}

ExitCode endWith(const drover::Error& error)
{
    complain(printable(error.detail));
    switch (error.code) {
    case drover::Errc::BadRequest:
        return ExitCode::Usage;
    case drover::Errc::NotFound:
        return ExitCode::Refused;
    default:
        return ExitCode::Failed;
    }
}

std::string timeText(std::int64_t since1970)
{
    return since1970 == 0
        ? "-"
        : QDateTime::fromMSecsSinceEpoch(since1970).toString(QStringLiteral("yyyy-MM-dd HH:mm")).toStdString();
}

KeyState stateOf(const drover::KeyRecord& key, const std::vector<drover::KeyRecord>& all)
{
    if (key.revokedAt != 0)
        return KeyState::Revoked;
    if (key.expiresAt != 0 && key.expiresAt <= QDateTime::currentMSecsSinceEpoch())
        return KeyState::Expired;
    const bool hasNext = std::ranges::any_of(all, [&key](const drover::KeyRecord& each) {
        return each.role == key.role && each.name == key.name && each.revokedAt == 0 && each.number > key.number;
    });
    return hasNext ? KeyState::Rotated : KeyState::Good;
}

std::string_view name(KeyState state)
{
    switch (state) {
    case KeyState::Good:
        return "good";
    case KeyState::Rotated:
        return "rotated";
    case KeyState::Expired:
        return "expired";
    case KeyState::Revoked:
        return "revoked";
    }
    return {};
}

drover::KeyRole roleOf(KeyKind kind)
{
    return kind == KeyKind::Worker ? drover::KeyRole::Worker : drover::KeyRole::Client;
}

ExitCode addPoolKey(const Invocation& invocation, drover::KeyFile& keys)
{
    const KeyWords& words = invocation.keys;
    drover::KeyOrder order{.role = roleOf(*words.kind), .name = invocation.words.front(), .note = words.note};
    auto allowance = allowanceOf(words);
    if (!allowance)
        return endWith(allowance.error());
    order.allowance = std::move(*allowance);
    if (!words.expires.empty()) {
        const auto lifetime = secondsOf(words.expires, "--expires", 1s, lifetimeMost);
        if (!lifetime)
            return endWith(lifetime.error());
        order.lifetime = *lifetime;
    }
    const auto made = keys.create(order, byTheCommand);
    if (!made)
        return endWith(made.error());
    const bool worker = order.role == drover::KeyRole::Worker;
    return show(invocation, *made,
        worker ? "this key is shown only now; the machine that has it may join the pool as " + printable(order.name)
               : "this key is shown only now; whoever sends it to the pool counts as " + printable(order.name));
}

ExitCode rotatePoolKey(const Invocation& invocation, drover::KeyFile& keys)
{
    std::chrono::seconds grace{0};
    if (!invocation.keys.grace.empty()) {
        const auto parsed = secondsOf(invocation.keys.grace, "--grace", 0s, graceMost);
        if (!parsed)
            return endWith(parsed.error());
        grace = *parsed;
    }
    const auto made = keys.rotate(roleOf(*invocation.keys.kind), invocation.words.front(), grace, byTheCommand);
    if (!made)
        return endWith(made.error());
    return show(invocation, *made,
        "this key is shown only now; the one before counts "
            + (grace.count() == 0 ? std::string("no more") : "for " + printable(invocation.keys.grace) + " more"));
}

ExitCode setPoolKey(const Invocation& invocation, drover::KeyFile& keys)
{
    const drover::KeyRole role = roleOf(*invocation.keys.kind);
    const std::string& wanted = invocation.words.front();
    const auto known = keys.keys();
    if (!known)
        return endWith(known.error());
    drover::KeyAllowance before;
    for (const drover::KeyRecord& each : *known)
        if (each.role == role && each.name == wanted && each.revokedAt == 0)
            before = each.allowance;
    const auto allowance = allowanceOf(invocation.keys, before);
    if (!allowance)
        return endWith(allowance.error());
    if (const auto changed = keys.allow(role, wanted, *allowance, byTheCommand); !changed)
        return endWith(changed.error());
    const std::string limits = allowanceText(*allowance);
    return told(invocation, "changed",
        "the key of " + printable(wanted) + (limits.empty() ? " has no limits" : " has " + printable(limits)));
}

ExitCode revokePoolKey(const Invocation& invocation, drover::KeyFile& keys)
{
    const std::string& wanted = invocation.words.front();
    if (const auto done = keys.revoke(roleOf(*invocation.keys.kind), wanted, byTheCommand); !done)
        return endWith(done.error());
    const bool worker = invocation.keys.kind == KeyKind::Worker;
    return told(invocation, "revoked",
        "the key of " + printable(wanted) + " is revoked"
            + (worker ? "; the machine that has it is out of the pool" : " and counts no more"));
}

ExitCode auditPoolKeys(const Invocation& invocation, drover::KeyFile* keys)
{
    std::vector<drover::AuditRow> rows;
    if (keys != nullptr) {
        auto found = keys->audit(static_cast<std::size_t>(std::max(1, invocation.keys.limit)));
        if (!found)
            return endWith(found.error());
        rows = std::move(*found);
    }
    if (invocation.json) {
        QJsonArray all;
        for (const drover::AuditRow& row : rows)
            all.append(
                QJsonObject{{QStringLiteral("number"), qint64(row.number)}, {QStringLiteral("at_ms"), qint64(row.at)},
                    {QStringLiteral("event"), text(row.event)}, {QStringLiteral("subject"), text(row.subject)},
                    {QStringLiteral("from"), text(row.from)}, {QStringLiteral("detail"), text(row.detail)}});
        print(QJsonDocument(all).toJson().toStdString());
        return ExitCode::Ok;
    }
    if (rows.empty()) {
        print("Nothing was done about keys of the pool yet.\n");
        return ExitCode::Ok;
    }
    std::vector<std::vector<std::string>> cells;
    for (const drover::AuditRow& row : rows)
        cells.push_back({timeText(row.at), row.event, row.subject, row.from, row.detail});
    print(tableText({{"WHEN"}, {"EVENT"}, {"WHOSE"}, {"FROM"}, {"DETAIL", Align::Left, 60}}, cells));
    return ExitCode::Ok;
}

} // namespace drover::app
