// SPDX-License-Identifier: MIT
#include "app/window/chart_card.h"

#include "app/window/chart_series.h"
#include "app/window/style.h"
#include "app/window/symbol.h"
#include "app/window/time_chart.h"
#include "app/window/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableWidget>
#include <QVBoxLayout>

namespace drover::app {

ChartCard::ChartCard(QWidget* parent)
    : Card(tr("Tokens per second, last ten minutes"), parent)
    , m_rate(new QLabel)
    , m_toggle(new QPushButton)
    , m_views(new QStackedLayout)
    , m_chart(new TimeChart)
    , m_table(new QTableWidget(0, 3))
{
    m_rate->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_toggle->setProperty("flat", true);
    connect(m_toggle, &QPushButton::clicked, this, &ChartCard::toggle);
    corner()->addWidget(m_rate);
    corner()->addWidget(m_toggle);

    m_table->setHorizontalHeaderLabels({tr("Time"), tr("Average"), tr("Peak")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAccessibleName(accessibleName());
    m_table->setTabKeyNavigation(false);
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // as high as the chart
    m_table->setMinimumHeight(0);
    m_views->addWidget(m_chart);
    m_views->addWidget(m_table);
    body()->addLayout(m_views, 1);
    draw();
}

void ChartCard::show(const drover::Snapshot& snapshot)
{
    setTextOf(m_rate, wording::rate(snapshot.tokensPerSecond));
    if (snapshot.tokensHistory == m_values)
        return;
    m_values = snapshot.tokensHistory;
    m_chart->show(m_values);
    m_table->setAccessibleDescription(TimeChart::summary(m_values)); // the same sentence as the picture's
    if (m_views->currentWidget() == m_table)
        fillTable();
}

void ChartCard::toggle()
{
    m_views->setCurrentWidget(m_views->currentWidget() == m_chart ? static_cast<QWidget*>(m_table) : m_chart);
    fillTable();
    draw();
    if (m_toggle->hasFocus() && m_views->currentWidget() == m_table && m_table->currentRow() < 0)
        m_table->setCurrentCell(0, 0); // so that a screen reader finds its place
}

void ChartCard::draw()
{
    const bool isChart = m_views->currentWidget() == m_chart;
    m_toggle->setText(isChart ? tr("Show as table") : tr("Show as chart"));
    m_toggle->setAccessibleDescription(accessibleName());
    setSymbol(*m_toggle, isChart ? Symbol::Table : Symbol::Chart, currentTheme().accent);
}

void ChartCard::fillTable()
{
    const auto minutes = chart::minutes(m_values);
    m_table->setRowCount(static_cast<int>(minutes.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto& minute = minutes[static_cast<std::size_t>(row)];
        const auto when =
            minute.minutesAgo == 0 ? tr("last minute") : tr("%n minute(s) ago", nullptr, minute.minutesAgo);
        const QString texts[] = {when, wording::rate(minute.average), wording::rate(minute.peak)};
        for (int column = 0; column < 3; ++column) {
            if (m_table->item(row, column) == nullptr)
                m_table->setItem(row, column, new QTableWidgetItem);
            m_table->item(row, column)->setText(texts[column]);
        }
    }
}

void ChartCard::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_toggle != nullptr)
        draw();
}

} // namespace drover::app
