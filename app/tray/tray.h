// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/tray_host.h"
#include "app/tray/notice_board.h"
#include "app/tray/tray_icon.h"
#include "app/tray/tray_menu.h"

namespace drover::app {

/// Everything of the tray: the icon for as long as the desktop shows tray icons, its menu, the notices. GUI thread.
class Tray : public QObject {
    Q_OBJECT

public:
    /// `control` and `colors` are borrowed and live longer.
    Tray(QueueControl& control, const SystemColors& colors, QObject* parent = nullptr);
    ~Tray() override;

    /// Shows the icon, at once or as soon as there is a panel for it.
    void begin();

    /// The icon can be seen.
    bool isThere() const { return m_icon != nullptr; }

    /// A panel may still come, as shortly after login.
    bool mayCome() const { return m_host.mayCome(); }

    void show(const drover::Snapshot& snapshot);
    void setStyle(TrayIconStyle style);
    void setNotifications(const NotificationSettings& wanted) { m_notices.setWanted(wanted); }
    void tell(NoticeKind kind, const QString& subject = {}) { m_notices.tell(kind, subject); }
    void offerFreeMemory() { m_menu.offerFreeMemory(); }

    /// Takes the icon away for good.
    void end();

    const TrayStatus& status() const { return m_status; }

Q_SIGNALS:
    void windowAsked();
    void settingsAsked();
    void quitAsked();
    void freeMemoryAsked();
    void snoozeAsked(const drover::Snooze& snooze);
    void joinAsked();
    void poolsAsked();
    void hostAsked();
    void leaveAsked(const QString& pool);
    void fixAsked(drover::FixAction action, const QString& setting);
    void chosen(NoticeAct act);
    /// Another answer of `isThere`.
    void cameOrWent();

private:
    void followHost();

    const SystemColors& m_colors;
    TrayIconStyle m_style = TrayIconStyle::Auto;
    TrayHost m_host;
    TrayStatus m_status;
    TrayMenu m_menu;
    std::unique_ptr<Notifier> m_notifier;
    NoticeBoard m_notices;
    std::unique_ptr<TrayIcon> m_icon; ///< none while no panel would show it
    bool m_begun = false;
};

} // namespace drover::app
