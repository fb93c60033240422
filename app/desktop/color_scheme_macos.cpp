// SPDX-License-Identifier: MIT
#include "app/desktop/color_scheme.h"

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

void listenToSystemColors(QObject*)
{
    // Qt tells of it.
}

} // namespace drover::app
