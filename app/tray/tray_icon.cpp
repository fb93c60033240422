// SPDX-License-Identifier: MIT
#include "app/tray/tray_icon.h"

#include "app/desktop/color_scheme.h"

namespace drover::app {

namespace {

const QColor lightMark(0xf4f6f8);
const QColor darkMark(0x1b2026);

/// Each has a contrast of at least 3 on black and on white, so that it can be seen on every panel.
QColor colorOf(Face face)
{
    switch (face) {
    case Face::Error:
        return QColor(0xe5484d);
    case Face::Finishing:
    case Face::Paused:
        return QColor(0xc27400);
    case Face::Busy:
        return QColor(0x1e8e4e);
    case Face::Ready:
        return QColor(0x2f7de1);
    case Face::Asleep:
        return QColor(0x8e5bd6);
    case Face::Off:
    case Face::Starting:
        break;
    }
    return QColor(0x7d8590);
}

} // namespace

MarkColor markColor(TrayIconStyle style, ColorScheme panel, Face face)
{
    switch (style) {
    case TrayIconStyle::Auto:
        return {.color = panel == ColorScheme::Dark ? lightMark : darkMark, .isMask = true};
    case TrayIconStyle::Light:
        return {.color = lightMark};
    case TrayIconStyle::Dark:
        return {.color = darkMark};
    case TrayIconStyle::Colour:
        return {.color = colorOf(face)};
    }
    return {};
}

TrayIcon::TrayIcon(const TrayStatus& status, const SystemColors& colors, TrayIconStyle style, QObject* parent)
    : QSystemTrayIcon(parent)
    , m_status(status)
    , m_colors(colors)
    , m_style(style)
{
    connect(&m_status, &TrayStatus::changed, this, &TrayIcon::redraw);
    connect(&m_colors, &SystemColors::changed, this, &TrayIcon::redraw);
    redraw();
}

void TrayIcon::setStyle(TrayIconStyle style)
{
    m_style = style;
    redraw();
}

void TrayIcon::redraw()
{
    const auto& look = m_status.look();
    const auto color = markColor(m_style, m_colors.panel(), look.mark.face);
    if (icon().isNull() || look.mark != m_drawn || color != m_drawnColor) {
        auto drawn = markIcon(look.mark, color.color);
        drawn.setIsMask(color.isMask);
        setIcon(drawn);
        m_drawn = look.mark;
        m_drawnColor = color;
    }
    if (look.tooltip != toolTip())
        setToolTip(look.tooltip);
}

} // namespace drover::app
