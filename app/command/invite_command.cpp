// SPDX-License-Identifier: MIT
#include "app/command/invite_command.h"

#include "app/command/pool_keys.h"
#include "app/command/print.h"
#include "app/command/view/qr_text.h"
#include "app/command/view/table_text.h"
#include "app/command/view/text_width.h"
#include "app/joining/invitation_link.h"
#include "app/settings/address.h"
#include "app/settings/number_text.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t usesMost = 1'000;
constexpr std::chrono::seconds lifetimeLeast = 1min;
constexpr std::chrono::seconds lifetimeMost = 24h * 31;

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string_view stateOf(const drover::InvitationRecord& invitation)
{
    if (invitation.withdrawnAt != 0)
        return "withdrawn";
    if (invitation.uses >= invitation.usesMax)
        return "used up";
    return invitation.expiresAt <= QDateTime::currentMSecsSinceEpoch() ? "over" : "good";
}

QJsonObject jsonOf(const drover::InvitationRecord& invitation)
{
    return {{QStringLiteral("number"), qint64(invitation.number)}, {QStringLiteral("prefix"), text(invitation.prefix)},
        {QStringLiteral("uses"), qint64(invitation.uses)}, {QStringLiteral("uses_max"), qint64(invitation.usesMax)},
        {QStringLiteral("created_ms"), qint64(invitation.createdAt)},
        {QStringLiteral("expires_ms"), qint64(invitation.expiresAt)},
        {QStringLiteral("state"), text(stateOf(invitation))},
        {QStringLiteral("allowance"), text(allowanceText(invitation.allowance))},
        {QStringLiteral("note"), text(invitation.note)}};
}

/// Fails with BadRequest and a sentence.
drover::Result<drover::InvitationOrder> orderOf(const KeyWords& words)
{
    drover::InvitationOrder order{.note = words.note};
    if (!words.uses.empty()) {
        const auto uses = countOf(words.uses, "--uses", usesMost);
        if (!uses)
            return uses.error();
        order.usesMax = *uses;
    }
    if (!words.expires.empty()) {
        const auto lifetime = secondsOf(words.expires, "--expires", lifetimeLeast, lifetimeMost);
        if (!lifetime)
            return lifetime.error();
        order.lifetime = *lifetime;
    }
    auto allowance = allowanceOf(words);
    if (!allowance)
        return allowance.error();
    order.allowance = std::move(*allowance);
    return order;
}

/// Where the link leads. Fails with BadRequest for an address that is none.
drover::Result<std::string> findBase(const Invocation& invocation, const Target& target, const SettingsSource& source)
{
    const std::string& url = invocation.keys.url;
    if (!url.empty()) {
        if (!parseUrl(url) || (!url.starts_with("http://") && !url.starts_with("https://")))
            return drover::fail(drover::Errc::BadRequest, "--url must be an address such as https://pool.example.org");
        return url.substr(0, url.find_last_not_of('/') + 1);
    }
    drover::HostView running;
    if (const auto called = target.client().snapshot(); const auto* snapshot = std::get_if<drover::Snapshot>(&called))
        running = snapshot->hosting;
    return poolBase(source.read().resolved.settings.config.hosting, running, ownAddress());
}

std::string lifetimeText(const drover::InvitationRecord& invitation)
{
    const std::string uses =
        invitation.usesMax == 1 ? std::string("once") : std::to_string(invitation.usesMax) + " times";
    return "Good " + uses + ", until " + timeText(invitation.expiresAt) + ".";
}

void warnAbout(const std::string& base)
{
    const auto url = parseUrl(base);
    if (url && isLoopback(url->host))
        complain("only this machine can reach " + printable(base)
            + "; set host.public_url, or host.listen to an address of your network");
    else if (base.starts_with("http://"))
        complain("the connection to " + printable(base)
            + " is not encrypted: who joins is told that the key and every prompt can be read on the way");
}

ExitCode make(const Invocation& invocation, const std::string& base, drover::KeyFile& keys)
{
    const auto order = orderOf(invocation.keys);
    if (!order)
        return endWith(order.error());
    const auto made = keys.invite(*order, byTheCommand);
    if (!made)
        return endWith(made.error());
    const std::string link = invitationLink(base, made->code);
    if (invocation.json) {
        QJsonObject row = jsonOf(made->record);
        row.insert(QStringLiteral("code"), text(made->code));
        row.insert(QStringLiteral("link"), text(link));
        print(QJsonDocument(row).toJson(QJsonDocument::Compact).toStdString() + "\n");
        return ExitCode::Ok;
    }
    warnAbout(base);
    print("Link     " + link + "\nCode     " + made->code + "\nCommand  drover join '" + link + "'\n"
        + lifetimeText(made->record) + " Withdraw it with: drover invite withdraw "
        + std::to_string(made->record.number) + "\n");
    const auto code = invocation.keys.qr.value_or(isTerminal()) ? qrModules(link) : std::nullopt;
    if (code)
        print("\n" + qrText(*code, isTerminal() ? QrColors::Terminal : QrColors::None));
    return ExitCode::Ok;
}

ExitCode list(const Invocation& invocation, drover::KeyFile* keys)
{
    std::vector<drover::InvitationRecord> rows;
    if (keys != nullptr) {
        auto found = keys->invitations();
        if (!found)
            return endWith(found.error());
        rows = std::move(*found);
    }
    if (invocation.json) {
        QJsonArray all;
        for (const drover::InvitationRecord& row : rows)
            all.append(jsonOf(row));
        print(QJsonDocument(all).toJson().toStdString());
        return ExitCode::Ok;
    }
    if (rows.empty()) {
        print("There are no invitations. Make one: drover invite\n");
        return ExitCode::Ok;
    }
    std::vector<std::vector<std::string>> cells;
    for (const drover::InvitationRecord& row : rows)
        cells.push_back({std::to_string(row.number), row.prefix + "...",
            std::to_string(row.uses) + " of " + std::to_string(row.usesMax), timeText(row.expiresAt),
            std::string(stateOf(row)), row.note.empty() ? "-" : row.note});
    print(tableText({{"NUMBER", Align::Right}, {"CODE"}, {"USED"}, {"GOOD UNTIL"}, {"STATE"}, {"NOTE"}}, cells));
    return ExitCode::Ok;
}

ExitCode withdraw(const Invocation& invocation, drover::KeyFile* keys)
{
    const auto number = parseWhole(invocation.words.front());
    if (!number || *number < 1)
        return endWith(
            drover::fail(drover::Errc::BadRequest, "an invitation is named by its number, see drover invite list"));
    if (keys == nullptr)
        return endWith(drover::fail(drover::Errc::NotFound, "there is no invitation " + std::to_string(*number)));
    if (const auto done = keys->withdraw(*number, byTheCommand); !done)
        return endWith(done.error());
    if (invocation.json)
        print("{\"number\":" + std::to_string(*number) + ",\"done\":\"withdrawn\"}\n");
    else
        complain("invitation " + std::to_string(*number) + " counts no more; who joined by it stays");
    return ExitCode::Ok;
}

} // namespace

ExitCode invite(const Invocation& invocation, const Target& target, const SettingsSource& source, const Places& places)
{
    const bool makes = invocation.command == "invite";
    const auto base = makes ? findBase(invocation, target, source) : drover::Result<std::string>(std::string());
    if (!base)
        return endWith(base.error());
    if (makes) // before a file is made for a command that cannot be understood
        if (const auto order = orderOf(invocation.keys); !order)
            return endWith(order.error());
    auto file = openPoolKeys(source, places, makes ? WhenMissing::Make : WhenMissing::Leave);
    if (!file)
        return endWith(file.error());
    if (makes)
        return make(invocation, *base, **file);
    return invocation.command == "invite list" ? list(invocation, file->get()) : withdraw(invocation, file->get());
}

} // namespace drover::app
