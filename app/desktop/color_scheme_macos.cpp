// SPDX-License-Identifier: MIT
#include "app/desktop/color_scheme.h"

#include <QDir>
#include <QSettings>

namespace drover::app {

// Qt's Cocoa plugin gives the palette of the system, and tray icons are masks that macOS colours itself.

std::optional<ColorScheme> systemWindowColors()
{
    return std::nullopt;
}

std::optional<ColorScheme> systemPanelColors()
{
    return std::nullopt;
}

Contrast systemContrast()
{
    const QSettings access(QDir::homePath() + QStringLiteral("/Library/Preferences/com.apple.universalaccess.plist"),
        QSettings::NativeFormat);
    return access.value(QStringLiteral("increaseContrast")).toBool() ? Contrast::High : Contrast::Normal;
}

void listenToSystemColors(QObject*)
{
    // Qt tells of it.
}

} // namespace drover::app
