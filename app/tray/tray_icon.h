// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"
#include "app/tray/tray_status.h"

#include <QSystemTrayIcon>

namespace drover::app {

class SystemColors;
enum class ColorScheme;

/// How a mark is coloured.
struct MarkColor {
    QColor color = {};
    bool isMask = false; ///< the system may colour it as it likes (macOS' menu bar does)
    bool operator==(const MarkColor&) const = default;
};

/// The colour of a mark in a panel. In the style `Colour` it tells the state, which its shape tells too.
MarkColor markColor(TrayIconStyle style, ColorScheme panel, Face face);

/// Draws a TrayStatus into the panel. Holds no state but what is drawn.
class TrayIcon : public QSystemTrayIcon {
    Q_OBJECT

public:
    /// `status` and `colors` are borrowed and live longer.
    TrayIcon(const TrayStatus& status, const SystemColors& colors, TrayIconStyle style, QObject* parent = nullptr);

    void setStyle(TrayIconStyle style);

private:
    void redraw();

    const TrayStatus& m_status;
    const SystemColors& m_colors;
    TrayIconStyle m_style;
    StateMark m_drawn = {};
    MarkColor m_drawnColor = {};
};

} // namespace drover::app
