// SPDX-License-Identifier: MIT
#include "app/desktop/login_item.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace drover::app {

namespace {

constexpr const char* hiddenOption = "--hidden";

std::string textOf(const Environment& environment, const std::string& name)
{
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

/// The AppImage that this program runs from; not one that a program around it, such as a terminal, was started from.
/// https://docs.appimage.org/packaging-guide/environment-variables.html
std::string ownAppImage(const Environment& environment, const std::string& programFolder)
{
    const std::string image = textOf(environment, "APPIMAGE");
    const std::string folder = textOf(environment, "APPDIR");
    const bool ours = !folder.empty() && (programFolder + "/").starts_with(folder + "/");
    return ours && image.starts_with('/') ? image : std::string();
}

} // namespace

LoginItem::LoginItem(Environment environment, std::vector<std::string> command)
    : m_environment(std::move(environment))
    , m_command(std::move(command))
{
}

std::string_view codeName(LoginItemStatus::State state)
{
    switch (state) {
    case LoginItemStatus::State::Off:
        return "off";
    case LoginItemStatus::State::On:
        return "on";
    case LoginItemStatus::State::SwitchedOffBySystem:
        return "switched_off_by_system";
    }
    return {};
}

Result<> renewLoginItem(const LoginItem& item)
{
    const auto status = item.status();
    if (!status)
        return status.error();
    const bool stale = status->state == LoginItemStatus::State::On && status->programGone;
    return stale && !item.command().empty() ? item.switchOn() : Result<>();
}

std::vector<std::string> loginCommand(const Environment& environment, const std::string& programFolder)
{
    const auto started = [&environment](std::string program) {
        std::vector<std::string> command{std::move(program), hiddenOption};
        if (const std::string home = textOf(environment, "DROVER_HOME"); !home.empty()) {
            command.emplace_back(homeOption);
            command.push_back(QDir(QString::fromStdString(home)).absolutePath().toStdString());
        }
        return command;
    };
    if (const std::string image = ownAppImage(environment, programFolder); !image.empty())
        return started(image);
    const QString folder = QString::fromStdString(programFolder);
    const auto name = QStringLiteral("drover-tray");
    QString found = QStandardPaths::findExecutable(
        name, {folder, folder + QStringLiteral("/drover-tray.app/Contents/MacOS")}); // the latter on macOS
    if (found.isEmpty())
        found = QStandardPaths::findExecutable(name);
    if (found.isEmpty())
        return {};
    return started(QFileInfo(found).absoluteFilePath().toStdString());
}

} // namespace drover::app
