// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <memory>

namespace drover::app {

/// Whether the desktop shows tray icons. That may begin late, as at login, and end, as when a panel is restarted.
///
/// On Linux a tray is a host of the StatusNotifierItem protocol or, on X11, an owner of the "system tray" selection
/// (freedesktop.org's System Tray Protocol). Qt looks for the first kind once in a process and never again, when the
/// first QSystemTrayIcon is made, so make none before `present`. GUI thread.
class TrayHost : public QObject {
    Q_OBJECT

public:
    explicit TrayHost(QObject* parent = nullptr);
    ~TrayHost() override;

    bool present() const { return m_present; }

    /// False where there will never be one.
    bool mayCome() const;

Q_SIGNALS:
    /// `present` is another.
    void changed();

private Q_SLOTS:
    void lookAgain();

private:
    struct Watch;

    void set(bool present);

    std::unique_ptr<Watch> m_watch; ///< one definition per operating system
    bool m_present = false;
};

} // namespace drover::app
