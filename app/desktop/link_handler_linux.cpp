// SPDX-License-Identifier: MIT
// freedesktop.org: Desktop Entry Specification 1.5, "Registering MIME Types"; XDG Base Directory Specification 0.8.
#include "app/desktop/desktop_entry.h"
#include "app/desktop/link_handler.h"

#include "app/settings/settings_source.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QSaveFile>
#include <QStandardPaths>

namespace drover::app {

namespace {

constexpr auto linkType = "x-scheme-handler/drover";
constexpr auto installedEntry = "/applications/io.github.drover.Drover.desktop";
constexpr auto ownEntry = "/applications/io.github.drover.Drover.Links.desktop";

std::string textOf(const Environment& environment, const std::string& name)
{
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

std::string ownFolder(const Environment& environment)
{
    if (const std::string folder = textOf(environment, "XDG_DATA_HOME"); folder.starts_with('/'))
        return folder;
    const std::string home = textOf(environment, "HOME");
    return (home.empty() ? QDir::homePath().toStdString() : home) + "/.local/share";
}

/// Whether this entry takes the links, with a program that is there.
bool opensLinks(const std::string& file)
{
    const auto text = readTextFile(file);
    if (!text || entryValue(*text, "MimeType").value_or(std::string()).find(linkType) == std::string::npos)
        return false;
    const auto command = commandOfExec(entryValue(*text, "Exec").value_or(std::string()));
    return !command.empty() && !QStandardPaths::findExecutable(QString::fromStdString(command.front())).isEmpty();
}

bool installed(const Environment& environment)
{
    std::string folders = textOf(environment, "XDG_DATA_DIRS");
    if (folders.empty())
        folders = "/usr/local/share:/usr/share";
    const auto all = QString::fromStdString(ownFolder(environment) + ":" + folders).split(QLatin1Char(':'));
    for (const QString& folder : all)
        if (opensLinks(folder.toStdString() + installedEntry))
            return true;
    return false;
}

std::string entryText(const std::string& exec)
{
    return "[Desktop Entry]\n"
           "Type=Application\n"
           "Version=1.5\n"
           "Name=Drover\n"
           "Icon=io.github.drover.Drover\n"
           "NoDisplay=true\n"
           "Terminal=false\n"
           "Exec="
        + exec + " %u\nMimeType=" + linkType + ";\n";
}

} // namespace

Result<> registerLinks(const Environment& environment, const std::string& program)
{
    const std::string file = ownFolder(environment) + ownEntry;
    if (installed(environment) || opensLinks(file))
        return {};
    const auto exec = execText({program});
    if (!exec)
        return exec.error();
    const QString folder = QFileInfo(QString::fromStdString(file)).absolutePath();
    QDir().mkpath(folder);
    const std::string text = entryText(*exec);
    QSaveFile entry(QString::fromStdString(file));
    const bool written = entry.open(QIODevice::WriteOnly)
        && entry.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size())
        && entry.commit();
    if (!written)
        return fail(Errc::Io, file + ": the file cannot be written: " + entry.errorString().toStdString());
    // Desktops look types up in what this makes of the folder; KDE's does so by itself.
    const QString refresh = QStandardPaths::findExecutable(QStringLiteral("update-desktop-database"));
    if (!refresh.isEmpty())
        QProcess::startDetached(refresh, {folder});
    return {};
}

} // namespace drover::app
