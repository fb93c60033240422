// SPDX-License-Identifier: MIT
#include "app/desktop/color_scheme.h"

#include "app/desktop/qt_versions.h"

#include <QGuiApplication>
#include <QPalette>

namespace drover::app {

namespace {

ColorScheme ofPalette(const QPalette& palette)
{
    const bool textIsLighter =
        palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
    return textIsLighter ? ColorScheme::Dark : ColorScheme::Light;
}

ColorScheme schemeOr(ColorScheme otherwise)
{
    if (const auto dark = qtSaysDark())
        return *dark ? ColorScheme::Dark : ColorScheme::Light;
    return systemWindowColors().value_or(otherwise);
}

} // namespace

SystemColors::SystemColors(QObject* parent)
    : QObject(parent)
    , m_ofPalette(ofPalette(QGuiApplication::palette()))
    , m_windows(schemeOr(m_ofPalette))
    , m_contrast(systemContrast())
{
    onQtColorsChanged(this, [this] { readAgain(); });
    listenToSystemColors(this);
}

ColorScheme SystemColors::panel() const
{
    return systemPanelColors().value_or(m_windows);
}

void SystemColors::readAgain()
{
    m_windows = schemeOr(m_ofPalette);
    m_contrast = systemContrast();
    Q_EMIT changed();
}

void SystemColors::settingChanged(const QString& group, const QString& key)
{
    const bool colors = key == QLatin1String("color-scheme") || key == QLatin1String("contrast");
    const bool gnome = group == QLatin1String("org.gnome.desktop.a11y.interface");
    if ((group == QLatin1String("org.freedesktop.appearance") && colors)
        || (gnome && key == QLatin1String("high-contrast")))
        readAgain();
}

} // namespace drover::app
