// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/color_scheme.h"

#include <QColor>
#include <QFont>
#include <QVariant>

#include <array>

class QApplication;

namespace drover::app {

/// The colours of the window, by what they are for. Every pair of text and ground has a contrast of at least 4.5, with
/// high contrast of at least 7, and lines one of 3.
struct Theme {
    QColor ground; ///< behind everything
    QColor sidebar;
    QColor card;
    QColor cardRaised; ///< on a card: hovered rows, bars' troughs
    QColor line; ///< borders and rules
    QColor text;
    QColor quietText;
    QColor accent;
    QColor accentHover;
    QColor onAccent;
    QColor accentSoft; ///< a ground that hints at the accent
    QColor warning;
    QColor warningSoft;
    QColor danger;
    QColor dangerSoft;
    std::array<QColor, 6> series; ///< for parts of a whole; neighbours differ in lightness too
};

const Theme& theme(ColorScheme scheme, Contrast contrast = Contrast::Normal);

/// The theme that `applyTheme` gave last. A widget's own palette does not tell, since style sheets change it.
const Theme& currentTheme();

enum class TextSize { Caption, Body, Title, Sentence, Figure, Headline };

/// A font of the type scale, made from the application's own font.
QFont textFont(TextSize size, QFont::Weight weight = QFont::Normal);

/// Gives the whole application its palette, style and style sheet. Cheap enough to call at each change of the system.
void applyTheme(QApplication& application, ColorScheme scheme, Contrast contrast = Contrast::Normal);

/// Distances between things, in device-independent pixels.
namespace space {
inline constexpr int tight = 4;
inline constexpr int small = 8;
inline constexpr int medium = 12;
inline constexpr int large = 16;
inline constexpr int page = 20;
} // namespace space

/// Of a table's cell: numbers at the end of the line, words at its begin.
QVariant cellAlignment(bool isNumber);

} // namespace drover::app
