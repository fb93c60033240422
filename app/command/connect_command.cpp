// SPDX-License-Identifier: MIT
#include "app/apps/connect_cards.h"
#include "app/apps/first_request.h"
#include "app/apps/zed_setup.h"
#include "app/command/apps_command.h"
#include "app/command/control_commands.h"
#include "app/command/print.h"
#include "app/command/view/text_width.h"
#include "app/settings/value_text.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <algorithm>

namespace drover::app {

using namespace std::chrono_literals;

namespace {

QJsonObject jsonOf(const ConnectCard& card)
{
    QJsonArray steps;
    for (const std::string& step : card.steps)
        steps.append(QString::fromStdString(step));
    QJsonArray snippets;
    for (const auto& [where, text] : card.snippets)
        snippets.append(QJsonObject{{QStringLiteral("where"), QString::fromStdString(where)},
            {QStringLiteral("text"), QString::fromStdString(text)}});
    return {{QStringLiteral("id"), QString::fromStdString(card.id)},
        {QStringLiteral("name"), QString::fromStdString(card.name)}, {QStringLiteral("steps"), steps},
        {QStringLiteral("snippets"), snippets}};
}

std::string textOf(const ConnectCard& card)
{
    std::string all = card.name + "\n";
    for (const std::string& step : card.steps)
        all += "  " + step + "\n";
    for (const auto& [where, text] : card.snippets) {
        all += "\n  " + where + ":\n";
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.size(), text.find('\n', at));
            all += "    " + text.substr(at, end - at) + "\n";
            at = end + 1;
        }
    }
    return all;
}

void report(const Invocation& invocation, const FirstRequest::Seen& seen, std::chrono::seconds waited)
{
    if (invocation.json)
        print(QJsonDocument(QJsonObject{{QStringLiteral("user"), QString::fromStdString(seen.user)},
                                {QStringLiteral("model"), QString::fromStdString(seen.model)},
                                {QStringLiteral("dialect"), QString::fromUtf8(drover::name(seen.dialect).data())},
                                {QStringLiteral("waited_s"), qint64(waited.count())}})
                  .toJson(QJsonDocument::Compact)
                  .toStdString()
            + "\n");
    else
        print(printable(seen.user) + " asked" + (seen.model.empty() ? "" : " for " + printable(seen.model)) + " after "
            + std::to_string(waited.count()) + " s. It is connected.\n");
}

/// Until the app asks, the time is over, or somebody interrupts.
ExitCode test(const Invocation& invocation, const Target& target, const ConnectCard& card)
{
    constexpr auto pollEvery = 250ms;
    const auto now = [] { return std::chrono::steady_clock::now(); };
    const StatusClient client = target.client();
    auto called = client.snapshot();
    if (const auto* trouble = std::get_if<CallTrouble>(&called))
        return endWith(*trouble);
    FirstRequest request(card.id, std::get<drover::Snapshot>(called), now());
    complain("waiting for the first request of " + card.name + "; ask it something (Ctrl+C ends)");
    const QDeadlineTimer deadline(
        invocation.timeout > 0ms ? QDeadlineTimer(invocation.timeout) : QDeadlineTimer(QDeadlineTimer::Forever));
    bool hinted = false;
    while (!deadline.hasExpired()) {
        called = client.snapshot();
        if (const auto* trouble = std::get_if<CallTrouble>(&called))
            return endWith(*trouble);
        request.see(std::get<drover::Snapshot>(called), now());
        if (request.found()) {
            report(invocation, *request.found(), request.waited(now()));
            return ExitCode::Ok;
        }
        if (request.needsHint(now()) && !std::exchange(hinted, true))
            complain(
                "nothing has come for a minute. Is the address right, and was the app started again after the change?"
                + (request.other() ? " " + printable(request.other()->user) + " asked meanwhile." : std::string()));
        QThread::msleep(static_cast<unsigned long>(pollEvery.count()));
    }
    complain("no request of " + card.name + " came in time");
    return ExitCode::TimedOut;
}

/// Of the apps that Drover can set up itself.
ExitCode change(const Invocation& invocation, const Environment& environment, const ConnectFacts& facts)
{
    if (invocation.words.front() != "zed") {
        complain("only zed can be set up by Drover; the others need the text of: drover connect "
            + printable(invocation.words.front()));
        return ExitCode::Usage;
    }
    const std::string file = zedSettingsFile(environment);
    const auto result = invocation.undo ? undoZed(file) : setUpZed(file, baseUrl(facts.address));
    if (!result) {
        complain(printable(result.error().detail));
        return ExitCode::Failed;
    }
    print(invocation.undo ? "Zed's settings are what they were: " + printable(file) + "\n"
                          : "Zed uses Drover: " + printable(file) + ". Back: drover connect zed --undo\n");
    return ExitCode::Ok;
}

} // namespace

ExitCode connectApp(const Invocation& invocation, const Target& target, const Environment& environment)
{
    ConnectFacts facts;
    if (!target.proxy.empty())
        facts.address = target.proxy;
    const auto called = target.client().snapshot();
    if (const auto* snapshot = std::get_if<drover::Snapshot>(&called))
        facts = connectFacts(*snapshot);
    const std::vector<ConnectCard> cards = connectCards(facts);
    if (invocation.words.empty()) {
        QJsonArray rows;
        for (const ConnectCard& card : cards) {
            if (invocation.json)
                rows.append(jsonOf(card));
            else
                print("  " + fitted(card.id, 14) + card.name + "\n");
        }
        print(invocation.json ? QJsonDocument(rows).toJson().toStdString()
                              : "\nEvery app: " + baseUrl(facts.address) + " (Ollama, Anthropic), "
                    + baseUrl(facts.address) + "/v1 (OpenAI). Exact text: drover connect APP\n");
        return ExitCode::Ok;
    }
    const QString wanted = QString::fromStdString(invocation.words.front());
    const auto card = std::ranges::find_if(cards, [&wanted](const ConnectCard& each) {
        return wanted.compare(QString::fromStdString(each.id), Qt::CaseInsensitive) == 0
            || wanted.compare(QString::fromStdString(each.name), Qt::CaseInsensitive) == 0;
    });
    if (card == cards.end()) {
        complain("there is no card " + tomlQuoted(printable(invocation.words.front())) + "; drover connect lists all");
        return ExitCode::Usage;
    }
    if (invocation.setUp || invocation.undo)
        return change(invocation, environment, facts);
    if (!invocation.test)
        print(invocation.json ? QJsonDocument(jsonOf(*card)).toJson().toStdString() : textOf(*card));
    return invocation.test ? test(invocation, target, *card) : ExitCode::Ok;
}

} // namespace drover::app
