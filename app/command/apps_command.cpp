// SPDX-License-Identifier: MIT
#include "app/command/apps_command.h"

#include "app/apps/app_rules.h"
#include "app/command/config_command.h"
#include "app/command/print.h"
#include "app/command/view/status_text.h"
#include "app/command/view/table_text.h"
#include "app/command/view/text_width.h"
#include "app/settings/settings_edit.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace drover::app {

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QJsonObject ruleJson(const drover::UserRule& rule)
{
    QJsonArray models;
    for (const std::string& model : rule.models)
        models.append(text(model));
    return {{QStringLiteral("weight"), rule.weight}, {QStringLiteral("running_max"), qint64(rule.runningMax)},
        {QStringLiteral("waiting_max"), qint64(rule.waitingMax)},
        {QStringLiteral("tokens_per_day"), qint64(rule.tokensPerDay)},
        {QStringLiteral("lane"), text(drover::name(rule.lane))}, {QStringLiteral("models"), models},
        {QStringLiteral("blocked"), rule.blocked}, {QStringLiteral("text"), text(ruleText(rule))}};
}

QJsonObject appJson(const drover::UserView& user)
{
    QJsonObject json{{QStringLiteral("name"), text(user.name)}, {QStringLiteral("rule"), ruleJson(user.rule)}};
    if (user.lastSeen == drover::UserView::neverSeen)
        return json;
    json[QStringLiteral("source")] = text(drover::name(user.source));
    json[QStringLiteral("dialect")] = text(drover::name(user.dialect));
    json[QStringLiteral("last_seen_ms")] = qint64(user.lastSeen.count());
    json[QStringLiteral("share")] = user.share;
    json[QStringLiteral("running")] = qint64(user.running);
    json[QStringLiteral("waiting")] = qint64(user.waiting);
    json[QStringLiteral("requests")] = qint64(user.requests);
    json[QStringLiteral("refused")] = qint64(user.refused);
    json[QStringLiteral("tokens_today")] = qint64(user.tokensToday);
    return json;
}

/// Of a running Drover; else of the settings file.
std::vector<drover::UserView> findApps(const Target& target, const SettingsSource& source)
{
    const auto called = target.client().snapshot();
    if (const auto* snapshot = std::get_if<drover::Snapshot>(&called))
        return snapshot->users;
    complain("Drover is not running; these are only the rules of its settings");
    std::vector<drover::UserView> users;
    for (const drover::UserRule& rule : source.read().resolved.settings.config.users)
        users.push_back({.name = rule.name, .rule = rule, .lastSeen = drover::UserView::neverSeen});
    return users;
}

std::string todayText(const drover::UserView& user)
{
    const std::string used = countText(user.tokensToday);
    return user.rule.tokensPerDay > 0 ? used + "/" + countText(user.rule.tokensPerDay) : used;
}

std::string sinceText(const drover::UserView& user)
{
    if (user.lastSeen == drover::UserView::neverSeen)
        return "-";
    return user.running + user.waiting > 0 ? "now" : durationText(user.lastSeen) + " ago";
}

/// Names are told apart by their letters' case too; a rule for a name that nobody has is most often a slip.
void noteUnknown(const std::string& app, const Target& target)
{
    const auto called = target.client().snapshot();
    const auto* snapshot = std::get_if<drover::Snapshot>(&called);
    if (!snapshot)
        return;
    const auto& users = snapshot->users;
    const auto seen = [&](const drover::UserView& user) { return user.lastSeen != drover::UserView::neverSeen; };
    if (std::ranges::any_of(users, [&](const auto& user) { return user.name == app && seen(user); }))
        return;
    const auto alike = std::ranges::find_if(users, [&](const drover::UserView& user) {
        return seen(user) && text(user.name).compare(text(app), Qt::CaseInsensitive) == 0;
    });
    if (alike != users.end())
        complain("there is no app " + printable(app) + "; did you mean " + printable(alike->name) + "?");
    else
        complain("no app called " + printable(app) + " has asked since Drover's start; the rule waits for it");
}

} // namespace

std::string appsText(const std::vector<drover::UserView>& users)
{
    std::vector<std::vector<std::string>> rows;
    for (const drover::UserView& user : users) {
        const bool seen = user.lastSeen != drover::UserView::neverSeen;
        rows.push_back({user.name, seen ? std::string(drover::name(user.source)) : "-",
            seen ? std::string(drover::name(user.dialect)) : "-", sinceText(user),
            std::to_string(std::lround(user.share * 100)) + "%", std::to_string(user.running),
            std::to_string(user.waiting), todayText(user), countText(user.requests), ruleText(user.rule)});
    }
    if (rows.empty())
        return "No app has asked yet. How to connect one: drover connect\n";
    return tableText({{"APP"}, {"KNOWN BY"}, {"API"}, {"SEEN"}, {"SHARE", Align::Right}, {"RUNNING", Align::Right},
                         {"WAITING", Align::Right}, {"TODAY", Align::Right}, {"REQUESTS", Align::Right}, {"RULE"}},
        rows);
}

ExitCode listApps(const Invocation& invocation, const Target& target, const SettingsSource& source)
{
    const std::vector<drover::UserView> users = findApps(target, source);
    if (!invocation.json) {
        print(appsText(users));
        return ExitCode::Ok;
    }
    QJsonArray rows;
    for (const drover::UserView& user : users)
        rows.append(appJson(user));
    print(QJsonDocument(rows).toJson().toStdString());
    return ExitCode::Ok;
}

ExitCode changeApp(const Invocation& invocation, const Target& target, const SettingsSource& source)
{
    const std::string& app = invocation.words.front();
    if (invocation.command == "apps reset") {
        const auto trouble = editSettings(source, [&](const std::string& file) { return resetRule(file, app); });
        return trouble ? endWith(*trouble) : ExitCode::Ok;
    }
    const auto fields = parseRuleWords({invocation.words.begin() + 1, invocation.words.end()});
    if (!fields) {
        complain(printable(fields.error().detail));
        return ExitCode::Usage;
    }
    const auto trouble = editSettings(source, [&](const std::string& file) { return setRule(file, app, *fields); });
    if (trouble)
        return endWith(*trouble);
    noteUnknown(app, target);
    return ExitCode::Ok;
}

} // namespace drover::app
