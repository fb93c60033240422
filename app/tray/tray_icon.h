// SPDX-License-Identifier: MIT
#pragma once

#include "app/tray/tray_status.h"

#include <QElapsedTimer>
#include <QSystemTrayIcon>
#include <QTimer>

namespace drover::app {

class SystemColors;

/// Draws a TrayStatus, at most once a second. Holds no state of its own but when it drew.
class TrayIcon : public QSystemTrayIcon {
    Q_OBJECT

public:
    /// Both are borrowed and live longer.
    TrayIcon(const TrayStatus& status, const SystemColors& colors, QObject* parent = nullptr);

private:
    void redrawSoon();
    void redraw();

    const TrayStatus& m_status;
    const SystemColors& m_colors;
    QTimer m_redraw;
    QElapsedTimer m_sinceRedraw;
    StateMark m_drawn = {};
    QColor m_drawnColor = {};
};

/// The colour of marks on a panel that is light or dark. On macOS the mark is a mask and the system colours it.
QColor markColor(const SystemColors& colors);

} // namespace drover::app
