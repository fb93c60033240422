// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QString>
#include <QTemporaryDir>

#include <chrono>

namespace drover::test {

/// A D-Bus session bus and, where it is wanted, an X display of the test's own: nothing of the person's session is seen
/// or touched. Both end with the object. Made before any Qt application or bus connection.
class PrivateSession {
public:
    enum class Display { None, X11 };

    explicit PrivateSession(Display display)
    {
        qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_folder.filePath(QStringLiteral("config")).toUtf8());
        qputenv("XDG_DATA_HOME", m_folder.filePath(QStringLiteral("share")).toUtf8());
        qputenv("XDG_CACHE_HOME", m_folder.filePath(QStringLiteral("cache")).toUtf8());
        qputenv("XDG_CURRENT_DESKTOP", "X-Test");
        m_bus.start(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--config-file"), writtenConfig(), QStringLiteral("--nofork"),
                QStringLiteral("--print-address")});
        m_address = firstLine(m_bus);
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toUtf8());
        if (display == Display::None)
            return;
        m_x11.start(QStringLiteral("Xvfb"),
            {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                QStringLiteral("1280x800x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
        m_display = firstLine(m_x11);
        qputenv("DISPLAY", (QStringLiteral(":") + m_display).toUtf8());
        qputenv("QT_QPA_PLATFORM", "xcb");
        qunsetenv("WAYLAND_DISPLAY");
    }
    ~PrivateSession()
    {
        for (auto* program : {&m_x11, &m_bus}) {
            program->terminate();
            if (!program->waitForFinished(patienceMs))
                program->kill();
        }
    }
    Q_DISABLE_COPY_MOVE(PrivateSession)

    bool works(Display display) const
    {
        return !m_address.isEmpty() && (display == Display::None || !m_display.isEmpty());
    }
    QString address() const { return m_address; }
    QString folder() const { return m_folder.path(); }

private:
    static constexpr int patienceMs = 10'000;

    /// No folders of services: nothing is started that the test did not start.
    QString writtenConfig() const
    {
        QFile file(m_folder.filePath(QStringLiteral("bus.conf")));
        const bool open = file.open(QIODevice::WriteOnly);
        file.write("<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
                   "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
                   "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\">"
                   "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>"
                   "</policy></busconfig>\n");
        return open ? file.fileName() : QString();
    }

    static QString firstLine(QProcess& program)
    {
        while (program.state() != QProcess::NotRunning && !program.canReadLine()) {
            if (!program.waitForReadyRead(patienceMs))
                return {};
        }
        return QString::fromUtf8(program.readLine()).trimmed();
    }

    QTemporaryDir m_folder;
    QProcess m_bus;
    QProcess m_x11;
    QString m_address;
    QString m_display;
};

} // namespace drover::test
