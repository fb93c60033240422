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
    Q_EMIT changed();
}

void SystemColors::settingChanged(const QString& group, const QString& key)
{
    if (group == QLatin1String("org.freedesktop.appearance") && key == QLatin1String("color-scheme"))
        readAgain();
}

} // namespace drover::app
