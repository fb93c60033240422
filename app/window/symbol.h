// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QPixmap>

class QAbstractButton;

namespace drover::app {

/// The small line drawings of buttons and rows, in resources/icons/symbols.
enum class Symbol {
    Now,
    Queue,
    History,
    Apps,
    Models,
    Machine,
    Pools,
    Host,
    Logs,
    Settings,
    Copy,
    Pause,
    Resume,
    Cancel,
    Running,
    Waiting,
    Next,
    Sort,
    Table,
    Chart,
    Doctor
};

/// The drawing in one colour, `size` device-independent pixels wide and high.
QPixmap symbolPixmap(Symbol symbol, const QColor& color, int size, qreal devicePixelRatio);

/// The drawing as an icon for menus and tables, sharp at any scale.
QIcon symbolIcon(Symbol symbol, const QColor& color);

/// Puts the drawing before a button's text, at a little distance from it.
void setSymbol(QAbstractButton& button, Symbol symbol, const QColor& color);

} // namespace drover::app
