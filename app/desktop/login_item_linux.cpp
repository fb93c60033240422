// SPDX-License-Identifier: MIT
// freedesktop.org, Desktop Application Autostart Specification 0.5.
#include "app/desktop/desktop_entry.h"
#include "app/desktop/login_item.h"

#include "app/settings/settings_source.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace drover::app {

namespace {

QString path(const std::string& text)
{
    return QString::fromStdString(text);
}

std::string entryText(const std::string& exec)
{
    return "[Desktop Entry]\n"
           "Type=Application\n"
           "Version=1.5\n"
           "Name=Drover\n"
           "Comment=Lets apps share the local Ollama fairly\n"
           "Comment[de]=Lässt Apps das lokale Ollama gerecht teilen\n"
           "Exec="
        + exec
        + "\n"
          "Icon=io.github.drover.Drover\n"
          "Terminal=false\n"
          "StartupNotify=false\n";
}

bool programThere(const std::string& program)
{
    const QFileInfo file(path(program));
    return file.isFile() && file.isExecutable();
}

} // namespace

std::string LoginItem::place() const
{
    const auto valueOf = [this](const char* name) {
        const auto found = m_environment.find(name);
        return found == m_environment.end() ? std::string() : found->second;
    };
    std::string folder = valueOf("XDG_CONFIG_HOME");
    if (!folder.starts_with('/')) // the specification has relative ones ignored
        folder = (valueOf("HOME").empty() ? QDir::homePath().toStdString() : valueOf("HOME")) + "/.config";
    return folder + "/autostart/io.github.drover.Drover.desktop";
}

std::string_view LoginItem::heldBackIn()
{
    return "the desktop's settings for programs that start at login";
}

Result<LoginItemStatus> LoginItem::status() const
{
    if (!QFileInfo::exists(path(place())))
        return LoginItemStatus{};
    const auto text = readTextFile(place());
    if (!text)
        return fail(Errc::Io, place() + ": the file cannot be read");
    LoginItemStatus status{.state = LoginItemStatus::State::On};
    status.command = commandOfExec(entryValue(*text, "Exec").value_or(std::string()));
    status.programGone = status.command.empty() || !programThere(status.command.front());
    if (entrySays(*text, "Hidden") || entryValue(*text, "X-GNOME-Autostart-enabled") == "false")
        status.state = LoginItemStatus::State::SwitchedOffBySystem;
    return status;
}

Result<> LoginItem::switchOn() const
{
    const auto exec = execText(m_command);
    if (!exec)
        return exec.error();
    QDir().mkpath(QFileInfo(path(place())).absolutePath());
    const std::string text = entryText(*exec);
    QSaveFile file(path(place()));
    const bool written = file.open(QIODevice::WriteOnly)
        && file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size())
        && file.commit();
    if (!written)
        return fail(Errc::Io, place() + ": the file cannot be written: " + file.errorString().toStdString());
    return {};
}

Result<> LoginItem::switchOff() const
{
    QFile file(path(place()));
    if (!file.remove() && (QFileInfo::exists(path(place())) || QFileInfo(path(place())).isSymLink()))
        return fail(Errc::Io, place() + ": the file cannot be removed: " + file.errorString().toStdString());
    return {};
}

} // namespace drover::app
