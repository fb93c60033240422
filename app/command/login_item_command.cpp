// SPDX-License-Identifier: MIT
#include "app/command/login_item_command.h"

#include "app/command/print.h"
#include "app/command/view/text_width.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace drover::app {

namespace {

using State = LoginItemStatus::State;

/// As somebody would type it, near enough to recognise it.
std::string commandText(const std::vector<std::string>& command)
{
    std::string text;
    for (const std::string& word : command)
        text += (text.empty() ? "" : " ") + word;
    return printable(text);
}

QJsonArray jsonOf(const std::vector<std::string>& command)
{
    QJsonArray words;
    for (const std::string& word : command)
        words.append(QString::fromStdString(word));
    return words;
}

void printJson(const LoginItemStatus& status, const LoginItem& item)
{
    const auto name = codeName(status.state);
    const QJsonObject json{{QStringLiteral("state"), QString::fromUtf8(name.data(), qsizetype(name.size()))},
        {QStringLiteral("place"), QString::fromStdString(item.place())},
        {QStringLiteral("command"), jsonOf(status.command)}, {QStringLiteral("own_command"), jsonOf(item.command())},
        {QStringLiteral("program_gone"), status.programGone},
        {QStringLiteral("sentence"), QString::fromStdString(loginItemText(status, item))}};
    print(QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString() + "\n");
}

ExitCode report(const Invocation& invocation, const LoginItem& item)
{
    const auto status = item.status();
    if (!status) {
        complain(printable(status.error().detail));
        return ExitCode::Failed;
    }
    if (invocation.json)
        printJson(*status, item);
    else
        print(loginItemText(*status, item) + "\n");
    if (status->state == State::SwitchedOffBySystem && invocation.command == "login-item on")
        return ExitCode::Refused;
    return status->state == State::On && status->programGone ? ExitCode::Unhealthy : ExitCode::Ok;
}

} // namespace

std::string loginItemText(const LoginItemStatus& status, const LoginItem& item)
{
    const std::string command = commandText(status.command);
    switch (status.state) {
    case State::Off:
        return "Drover does not start at login; drover login-item on switches it on.";
    case State::SwitchedOffBySystem:
        return "Drover does not start at login: it is switched off in " + std::string(LoginItem::heldBackIn())
            + ", where it can be switched on again.";
    case State::On:
        break;
    }
    if (status.programGone)
        return "Drover should start at login, but the entry's program is not there: "
            + (command.empty() ? "it names none" : command) + "; drover login-item on renews it.";
    if (status.command != item.command() && !item.command().empty())
        return "Drover starts at login, but not this one: " + command + "; drover login-item on changes that.";
    return "Drover starts at login: " + command;
}

ExitCode loginItem(const Invocation& invocation, const LoginItem& item)
{
    Result<> done;
    if (invocation.command == "login-item on") {
        if (item.command().empty()) {
            complain("there is no drover-tray beside this program or in PATH that could start at login");
            return ExitCode::Failed;
        }
        done = item.switchOn();
    } else if (invocation.command == "login-item off") {
        done = item.switchOff();
    }
    if (!done) {
        complain(printable(done.error().detail));
        return ExitCode::Failed;
    }
    return report(invocation, item);
}

} // namespace drover::app
