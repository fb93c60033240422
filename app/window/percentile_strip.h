// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/card.h"

#include "core/api/history.h"

namespace drover::app {

/// The middle and the slow end of what the shown requests took: wait, first token, speed. One line of figures.
class PercentileStrip : public Card {
    Q_OBJECT

public:
    explicit PercentileStrip(QWidget* parent = nullptr);

    void show(const drover::HistorySummary& summary);

private:
    struct Cell {
        QLabel* figure = nullptr;
        ElidedLabel* below = nullptr;
    };

    Cell addCell(const QString& title);
    static void fill(const Cell& cell, const QString& figure, const QString& below);

    QHBoxLayout* m_cells = nullptr;
    Cell m_requests;
    Cell m_waited;
    Cell m_toFirstToken;
    Cell m_rate;
};

} // namespace drover::app
