// SPDX-License-Identifier: MIT
// A LaunchAgent of this person: launchd.plist(5), launchctl(1).
#include "app/desktop/login_item.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSaveFile>
#include <QXmlStreamReader>

#include <unistd.h>

namespace drover::app {

namespace {

constexpr auto label = "io.github.drover.Drover";
constexpr int launchctlTimeMaxMs = 2000;

QString path(const std::string& text)
{
    return QString::fromStdString(text);
}

QString agentText(const std::vector<std::string>& command)
{
    QString words;
    for (const std::string& word : command)
        words += QStringLiteral("        <string>%1</string>\n").arg(QString::fromStdString(word).toHtmlEscaped());
    return QStringLiteral("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
                          "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
                          "<plist version=\"1.0\">\n"
                          "<dict>\n"
                          "    <key>Label</key>\n"
                          "    <string>%1</string>\n"
                          "    <key>LimitLoadToSessionType</key>\n"
                          "    <string>Aqua</string>\n"
                          "    <key>ProcessType</key>\n"
                          "    <string>Interactive</string>\n"
                          "    <key>ProgramArguments</key>\n"
                          "    <array>\n"
                          "%2"
                          "    </array>\n"
                          "    <key>RunAtLoad</key>\n"
                          "    <true/>\n"
                          "</dict>\n"
                          "</plist>\n")
        .arg(QString::fromLatin1(label), words);
}

/// What an agent's file says; a command that is empty when it cannot be understood.
LoginItemStatus readAgent(QIODevice& file)
{
    LoginItemStatus status{.state = LoginItemStatus::State::On};
    QXmlStreamReader xml(&file);
    QString key;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("key"))
            key = xml.readElementText();
        else if (xml.name() == QLatin1String("string") && key == QLatin1String("ProgramArguments"))
            status.command.push_back(xml.readElementText().toStdString());
        else if (xml.name() == QLatin1String("true") && key == QLatin1String("Disabled"))
            status.state = LoginItemStatus::State::SwitchedOffBySystem;
    }
    if (xml.hasError())
        status.command.clear();
    return status;
}

/// Whether launchd keeps a note that holds the agent back.
bool heldBack()
{
    QProcess launchctl;
    launchctl.start(
        QStringLiteral("/bin/launchctl"), {QStringLiteral("print-disabled"), QStringLiteral("gui/%1").arg(::getuid())});
    if (!launchctl.waitForFinished(launchctlTimeMaxMs))
        return false;
    const auto lines = launchctl.readAllStandardOutput().split('\n');
    for (const QByteArray& line : lines)
        if (line.contains('"' + QByteArray(label) + '"'))
            return line.contains("=> disabled") || line.contains("=> true");
    return false;
}

} // namespace

std::string LoginItem::place() const
{
    const auto home = m_environment.find("HOME");
    return (home == m_environment.end() ? QDir::homePath().toStdString() : home->second) + "/Library/LaunchAgents/"
        + label + ".plist";
}

std::string_view LoginItem::heldBackIn()
{
    return "System Settings, General, Login Items";
}

Result<LoginItemStatus> LoginItem::status() const
{
    QFile file(path(place()));
    if (!file.exists())
        return LoginItemStatus{};
    if (!file.open(QIODevice::ReadOnly))
        return fail(Errc::Io, place() + ": the file cannot be read: " + file.errorString().toStdString());
    LoginItemStatus status = readAgent(file);
    status.programGone = status.command.empty() || !QFileInfo(path(status.command.front())).isExecutable();
    if (heldBack())
        status.state = LoginItemStatus::State::SwitchedOffBySystem;
    return status;
}

Result<> LoginItem::switchOn() const
{
    QDir().mkpath(QFileInfo(path(place())).absolutePath());
    const QByteArray text = agentText(m_command).toUtf8();
    QSaveFile file(path(place()));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return fail(Errc::Io, place() + ": the file cannot be written: " + file.errorString().toStdString());
    return {};
}

Result<> LoginItem::switchOff() const
{
    QFile file(path(place()));
    if (!file.remove() && file.exists())
        return fail(Errc::Io, place() + ": the file cannot be removed: " + file.errorString().toStdString());
    return {};
}

} // namespace drover::app
