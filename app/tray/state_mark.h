// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QColor>
#include <QIcon>
#include <QPixmap>

class QPainter;
class QRectF;

namespace drover::app {

/// What the whole program does, as the mark shows it by shape; precedence is the order (first that is true).
enum class Face {
    Error, ///< bars and an exclamation mark: something needs a person
    Off, ///< outlined bars, struck through: no backend answers
    Starting, ///< broken bars
    Finishing, ///< bars and a down arrow: no new jobs, the others finish
    Paused, ///< two upright bars
    Asleep, ///< a crescent moon: a rule keeps this machine from working for its pools
    Busy, ///< as many filled bars as jobs run, up to three
    Ready ///< outlined bars
};

/// Drover's mark, three stacked bars, in one of its states. A value.
struct StateMark {
    Face face = Face::Starting;
    int filled = 0; ///< bars, 0..3
    bool demo = false; ///< a small ring: answers are made up
    bool sharing = false; ///< a small dot: a pool has this machine, and nothing runs
    bool operator==(const StateMark&) const = default;
};

/// The first pool that does not take this machine; nothing when there is none.
const drover::PoolView* refusingPool(const drover::Snapshot& snapshot);

/// The first pool that is not connected, and may be again; nothing when there is none.
const drover::PoolView* connectingPool(const drover::Snapshot& snapshot);

StateMark markOf(const drover::Snapshot& snapshot);

/// Paints the mark into the square `area`, whose corners should lie on whole pixels.
void paintMark(QPainter& painter, const QRect& area, const StateMark& mark, const QColor& color);

/// The mark on nothing, `pixels` wide and high.
QPixmap markPixmap(const StateMark& mark, int pixels, const QColor& color);

/// The mark in every size that panels ask for.
QIcon markIcon(const StateMark& mark, const QColor& color);

} // namespace drover::app
