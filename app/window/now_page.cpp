// SPDX-License-Identifier: MIT
#include "app/window/now_page.h"

#include "app/window/card.h"
#include "app/window/chart_card.h"
#include "app/window/copy_address.h"
#include "app/window/facet_cards.h"
#include "app/window/headline.h"
#include "app/window/job_list.h"
#include "app/window/pause_button.h"
#include "app/window/share_bars.h"
#include "app/window/style.h"
#include "app/window/why_panel.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace drover::app {

NowPage::NowPage(QueueControl& control, QWidget* parent)
    : Page({PageId::Now, tr("Now"), Symbol::Now}, parent)
{
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("pageScroll"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(makeContent(control));
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
}

QWidget* NowPage::makeContent(QueueControl& control)
{
    m_headline = new Headline;
    connect(m_headline, &Headline::fixAsked, this, &Page::fixAsked);
    connect(m_headline, &Headline::whyAsked, this, &NowPage::openWhy);
    m_copy = new CopyAddressButton;
    m_pause = new PauseButton(control);
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addWidget(m_headline, 1);
    top->addWidget(m_copy, 0, Qt::AlignVCenter);
    top->addWidget(m_pause, 0, Qt::AlignVCenter);

    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("pageContent"));
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(space::page, space::page, space::page, space::page);
    rows->setSpacing(space::medium);
    rows->addLayout(top);
    m_details = makeDetails(control);
    rows->addWidget(m_details, 1);
    rows->addStretch();
    return content;
}

QWidget* NowPage::makeDetails(QueueControl& control)
{
    m_facets = new FacetCards(control);
    m_chart = new ChartCard;
    auto* details = new QWidget;
    auto* rows = new QVBoxLayout(details);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::medium);
    rows->addWidget(m_facets);
    rows->addWidget(m_chart, 1);
    rows->addLayout(makeLists());
    return details;
}

QLayout* NowPage::makeLists()
{
    m_running = new JobList(drover::JobState::Running, tr("Nothing runs."));
    m_waiting = new JobList(drover::JobState::Waiting, tr("Nobody waits."));
    m_shares = new ShareBars;
    auto* cards = new QHBoxLayout;
    cards->setSpacing(space::medium);
    const auto add = [cards](const QString& title, QWidget* list) {
        auto* card = new Card(title);
        card->body()->addWidget(list);
        cards->addWidget(card, 1);
        return card;
    };
    add(tr("Running"), m_running)->corner()->addWidget(m_running->more());
    add(tr("Waiting"), m_waiting)->corner()->addWidget(m_waiting->more());
    add(tr("Who used it, last ten minutes"), m_shares);
    return cards;
}

void NowPage::openWhy()
{
    if (m_why == nullptr) {
        m_why = new WhyPanel(this);
        connect(m_why, &WhyPanel::fixAsked, this, &Page::fixAsked);
    }
    m_why->show(m_snapshot);
    m_why->QDialog::show();
    m_why->raise();
    m_why->activateWindow();
}

void NowPage::show(const drover::Snapshot& snapshot)
{
    m_snapshot = snapshot;
    if (m_why != nullptr && m_why->isVisible())
        m_why->show(snapshot);
    m_headline->show(snapshot);
    const bool listens = !snapshot.address.empty();
    m_details->setVisible(listens);
    m_copy->setVisible(listens);
    m_pause->setVisible(listens);
    m_copy->show(addressesOf(snapshot));
    m_pause->show(snapshot);
    m_facets->show(snapshot);
    m_chart->show(snapshot);
    m_running->show(snapshot);
    m_waiting->show(snapshot);
    m_shares->show(snapshot);
}

} // namespace drover::app
