// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/card.h"

#include "core/api/snapshot.h"

class QPushButton;
class QStackedLayout;
class QTableWidget;

namespace drover::app {

class TimeChart;

/// Tokens per second over ten minutes, as a picture or, for who cannot see it, as a table of minutes.
class ChartCard : public Card {
    Q_OBJECT

public:
    explicit ChartCard(QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot);

protected:
    void changeEvent(QEvent* event) override;

private:
    void toggle();
    void draw();
    void fillTable();

    std::vector<float> m_values;
    QLabel* m_rate = nullptr;
    QPushButton* m_toggle = nullptr;
    QStackedLayout* m_views = nullptr;
    TimeChart* m_chart = nullptr;
    QTableWidget* m_table = nullptr;
};

} // namespace drover::app
