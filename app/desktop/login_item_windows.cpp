// SPDX-License-Identifier: MIT
// "Run and RunOnce Registry Keys" on learn.microsoft.com; what Task Manager's page "Startup apps" keeps is a binary
// value whose first byte is odd when the program is switched off.
#include "app/desktop/login_item.h"

#include <QDir>
#include <QFileInfo>

#include <windows.h>

#include <array>

namespace drover::app {

namespace {

constexpr auto runKey = L"Software\\Microsoft\\Windows\\CurrentVersion\\Run";
constexpr auto approvedKey = L"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run";
constexpr auto valueName = L"Drover";
constexpr std::size_t commandLettersMax = 2048;

std::string reasonOf(LSTATUS code)
{
    return "Windows error " + std::to_string(code);
}

/// In quotes, as CommandLineToArgvW reads them; a path has no quotes itself.
std::wstring commandText(const std::vector<std::string>& command)
{
    QString text;
    for (const std::string& word : command) {
        const QString argument = QString::fromStdString(word);
        text += text.isEmpty() ? QLatin1Char('"') + QDir::toNativeSeparators(argument) + QLatin1Char('"')
                               : QLatin1Char(' ') + argument;
    }
    return text.toStdWString();
}

std::vector<std::string> commandOf(const QString& text)
{
    const QString line = text.trimmed();
    const bool quotes = line.startsWith(QLatin1Char('"'));
    qsizetype end = quotes ? line.indexOf(QLatin1Char('"'), 1) : line.indexOf(QLatin1Char(' '));
    if (end < 0)
        end = line.size();
    std::vector<std::string> command{QDir::fromNativeSeparators(line.mid(quotes, end - quotes)).toStdString()};
    const auto rest = line.mid(end + 1).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& word : rest)
        command.push_back(word.toStdString());
    return command;
}

bool switchedOffInTaskManager()
{
    std::array<BYTE, 32> value{};
    DWORD size = value.size();
    const LSTATUS code =
        RegGetValueW(HKEY_CURRENT_USER, approvedKey, valueName, RRF_RT_REG_BINARY, nullptr, value.data(), &size);
    return code == ERROR_SUCCESS && size > 0 && (value[0] & 1) != 0;
}

} // namespace

std::string LoginItem::place() const
{
    return "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Drover";
}

std::string_view LoginItem::heldBackIn()
{
    return "Task Manager, Startup apps";
}

Result<LoginItemStatus> LoginItem::status() const
{
    std::array<wchar_t, commandLettersMax> text{};
    DWORD size = sizeof text;
    const LSTATUS code = RegGetValueW(HKEY_CURRENT_USER, runKey, valueName, RRF_RT_REG_SZ, nullptr, text.data(), &size);
    if (code == ERROR_FILE_NOT_FOUND)
        return LoginItemStatus{};
    if (code != ERROR_SUCCESS)
        return fail(Errc::Io, place() + ": it cannot be read: " + reasonOf(code));
    LoginItemStatus status{.state = LoginItemStatus::State::On};
    status.command = commandOf(QString::fromWCharArray(text.data()));
    status.programGone = !QFileInfo(QString::fromStdString(status.command.front())).isFile();
    if (switchedOffInTaskManager())
        status.state = LoginItemStatus::State::SwitchedOffBySystem;
    return status;
}

Result<> LoginItem::switchOn() const
{
    const std::wstring text = commandText(m_command);
    const LSTATUS code = RegSetKeyValueW(HKEY_CURRENT_USER, runKey, valueName, REG_SZ, text.c_str(),
        static_cast<DWORD>((text.size() + 1) * sizeof(wchar_t)));
    if (code != ERROR_SUCCESS)
        return fail(Errc::Io, place() + ": it cannot be written: " + reasonOf(code));
    return {};
}

Result<> LoginItem::switchOff() const
{
    const LSTATUS code = RegDeleteKeyValueW(HKEY_CURRENT_USER, runKey, valueName);
    if (code != ERROR_SUCCESS && code != ERROR_FILE_NOT_FOUND)
        return fail(Errc::Io, place() + ": it cannot be removed: " + reasonOf(code));
    return {};
}

} // namespace drover::app
