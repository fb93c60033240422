// SPDX-License-Identifier: MIT
#include "app/tray/tray_icon.h"

#include "app/desktop/color_scheme.h"

#include <algorithm>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds redrawEvery = 1s;

} // namespace

TrayIcon::TrayIcon(const TrayStatus& status, const SystemColors& colors, QObject* parent)
    : QSystemTrayIcon(parent)
    , m_status(status)
    , m_colors(colors)
{
    m_redraw.setSingleShot(true);
    connect(&m_redraw, &QTimer::timeout, this, &TrayIcon::redraw);
    connect(&m_status, &TrayStatus::changed, this, &TrayIcon::redrawSoon);
    connect(&m_colors, &SystemColors::changed, this, &TrayIcon::redrawSoon);
    redraw();
}

void TrayIcon::redrawSoon()
{
    if (m_redraw.isActive())
        return;
    const auto wait = redrawEvery - std::chrono::milliseconds(m_sinceRedraw.elapsed());
    m_redraw.start(std::max<std::chrono::milliseconds>(wait, 0ms));
}

void TrayIcon::redraw()
{
    const auto& look = m_status.look();
    const auto color = markColor(m_colors);
    if (icon().isNull() || look.mark != m_drawn || color != m_drawnColor) {
        auto drawn = markIcon(look.mark, color);
        drawn.setIsMask(true);
        setIcon(drawn);
        m_drawn = look.mark;
        m_drawnColor = color;
    }
    if (look.tooltip != toolTip())
        setToolTip(look.tooltip);
    m_sinceRedraw.start();
}

QColor markColor(const SystemColors& colors)
{
    return colors.panel() == ColorScheme::Dark ? QColor(0xf4f6f8) : QColor(0x1b2026);
}

} // namespace drover::app
