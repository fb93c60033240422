// SPDX-License-Identifier: MIT
#include "app/window/why_panel.h"

#include "app/window/advice_row.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QDialogButtonBox>
#include <QScrollArea>
#include <QVBoxLayout>

namespace drover::app {

namespace {

constexpr QSize panelSize(560, 380);

AdviceRow::Mark markOf(const WhyRow& row, bool isState, drover::EngineState state)
{
    if (isState && state == drover::EngineState::Error)
        return AdviceRow::Mark::Bad;
    if (row.action != drover::FixAction::None || !row.fix.isEmpty())
        return AdviceRow::Mark::Odd;
    return isState ? AdviceRow::Mark::Good : AdviceRow::Mark::None;
}

} // namespace

WhyPanel::WhyPanel(QWidget* parent)
    : QDialog(parent)
    , m_list(new QVBoxLayout)
{
    setWindowTitle(tr("Why?"));
    resize(panelSize);
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("pageContent"));
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(space::large, space::large, space::large, space::large);
    m_list->setSpacing(space::small);
    rows->addLayout(m_list);
    rows->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("pageScroll"));
    scroll->setAccessibleName(tr("Reasons"));
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* whole = new QVBoxLayout(this);
    whole->addWidget(scroll, 1);
    whole->addWidget(buttons);
}

AdviceRow* WhyPanel::rowAt(std::size_t at)
{
    while (m_widgets.size() <= at) {
        auto* row = new AdviceRow;
        const auto number = m_widgets.size();
        connect(row->button(), &QPushButton::clicked, this, [this, number] {
            if (number < m_rows.size())
                Q_EMIT fixAsked(m_rows[number].action, m_rows[number].setting);
        });
        m_list->addWidget(row);
        m_widgets.push_back(row);
    }
    return m_widgets[at];
}

void WhyPanel::show(const drover::Snapshot& snapshot)
{
    auto rows = whyRows(snapshot);
    if (rows == m_rows && snapshot.state == m_state)
        return;
    m_rows = std::move(rows);
    m_state = snapshot.state;
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        const WhyRow& row = m_rows[at];
        const bool isState = at == 0;
        rowAt(at)->show(markOf(row, isState, m_state),
            isState ? row.sentence : tr("%1: %2").arg(row.subject, row.sentence), row.fix, wording::button(row.action));
        m_widgets[at]->setVisible(true);
    }
    for (std::size_t at = m_rows.size(); at < m_widgets.size(); ++at)
        m_widgets[at]->setVisible(false);
}

} // namespace drover::app
