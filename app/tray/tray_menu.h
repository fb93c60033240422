// SPDX-License-Identifier: MIT
#pragma once

#include "app/tray/tray_status.h"

#include <QMenu>

#include <memory>

namespace drover::app {

class QueueControl;

/// The tray icon's menu, twelve rows at most. They are made once and changed in place, so that it is true even while it
/// is open, and nothing has to be made when it opens.
class TrayMenu : public QObject {
    Q_OBJECT

public:
    /// `status` and `control` are borrowed and live longer.
    TrayMenu(const TrayStatus& status, QueueControl& control, QObject* parent = nullptr);
    ~TrayMenu() override;

    QMenu* menu() { return m_menu.get(); }

    /// Somebody answers `freeMemoryAsked`; before, its row is hidden.
    void offerFreeMemory();

Q_SIGNALS:
    void windowAsked();
    void settingsAsked();
    void quitAsked();
    void freeMemoryAsked();
    /// Pools shall get nothing for so long; kind None shares again.
    void snoozeAsked(const drover::Snooze& snooze);
    void joinAsked();
    void poolsAsked();
    void hostAsked(); ///< the page of the pool that is hosted
    void leaveAsked(const QString& pool);
    /// `setting` is the key for FixAction::OpenSetting.
    void fixAsked(drover::FixAction action, const QString& setting);
    /// `address` is in the clipboard.
    void addressCopied(const QString& address);

private:
    void fillAddresses();
    void update();

    const TrayStatus& m_status;
    QueueControl& m_control;
    bool m_offersFreeMemory = false;
    std::unique_ptr<QMenu> m_menu; ///< a menu of the tray has no widget that could be its parent
    QMenu* m_addresses = nullptr;
    QAction* m_statusLine = nullptr;
    QAction* m_backendsLine = nullptr;
    QAction* m_fix = nullptr; ///< what the trouble's reason offers
    QAction* m_pause = nullptr;
    QAction* m_resume = nullptr;
    QAction* m_sharingLine = nullptr;
    QAction* m_hostLine = nullptr;
    QAction* m_snooze = nullptr;
    QAction* m_wake = nullptr;
    QAction* m_freeMemory = nullptr;
    QAction* m_join = nullptr; ///< while there is no pool
    QMenu* m_pool = nullptr; ///< then
    QAction* m_leave = nullptr;
    QAction* m_ollama = nullptr;
    QAction* m_openAi = nullptr;
    QAction* m_anthropic = nullptr;
};

} // namespace drover::app
